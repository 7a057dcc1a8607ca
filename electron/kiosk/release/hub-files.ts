import { createHash } from 'node:crypto'
import { KioskError } from '../../../contract/error-codes.ts'
import { OfflineError } from './release-failure.ts'

export type ReleaseSource = { baseUrl: string; fetch: typeof fetch; tufRoot: string }

export type HubFiles = {
  /** null: the hub says that there is no such file. Reads no more than `maxBytes` (after unpacking). */
  get(address: string, maxBytes: number): Promise<Buffer | null>
  /** The same, and its absence makes the release incomplete. */
  need(address: string, maxBytes: number): Promise<Buffer>
  getIfChanged(address: string, etag: string | null, maxBytes: number): Promise<Fresh>
  /** Bytes `start` to `end` (inclusive) as they arrive; `start` is 0 when the host knows no ranges. null: no such file or no such range. */
  stream(address: string, range: { start: number; end: number } | null): Promise<HubStream | null>
}
export type Fresh = { kind: 'same' } | { kind: 'none' } | { kind: 'new'; bytes: Buffer; etag: string | null }
export type HubStream = { start: number; bytes: AsyncIterable<Uint8Array> }

export const sha256 = (data: Uint8Array | string) => createHash('sha256').update(data).digest('hex')

/** Reads the hub's `/releases/`. Every failure of the line is an `OfflineError`; a silent line counts as one after `silenceMs`. */
export function createHubFiles(source: ReleaseSource, silenceMs: number, ending: AbortSignal): HubFiles {
  async function ask(address: string, headers: Record<string, string>) {
    const silence = new AbortController()
    const timer = setTimeout(() => silence.abort(), silenceMs)
    timer.unref()
    const signal = AbortSignal.any([ending, silence.signal])
    try {
      const url = new URL(`/releases/${address}`, source.baseUrl)
      const answer = await source.fetch(url, { headers, signal, redirect: 'error' })
      const { status } = answer
      if (![200, 206, 304, 404, 416].includes(status)) throw new OfflineError(`the hub answers ${status} to ${address}`)
      return { answer, heard: () => timer.refresh(), done: () => clearTimeout(timer) }
    } catch (error) {
      clearTimeout(timer)
      throw offline(error, address)
    }
  }

  type Asked = Awaited<ReturnType<typeof ask>>

  async function* bodyOf({ answer, heard, done }: Asked, address: string): AsyncGenerator<Uint8Array> {
    try {
      for await (const part of answer.body ?? []) {
        heard()
        yield part
      }
    } catch (error) {
      throw offline(error, address)
    } finally {
      done()
    }
  }

  async function discard({ answer, done }: Asked): Promise<null> {
    await answer.arrayBuffer().catch(() => undefined)
    done()
    return null
  }

  async function whole(asked: Asked, address: string, maxBytes: number): Promise<Buffer> {
    const parts: Uint8Array[] = []
    let size = 0
    for await (const part of bodyOf(asked, address)) {
      size += part.length
      if (size > maxBytes) throw new KioskError('release-mixed', `${address} is larger than ${maxBytes} bytes`)
      parts.push(part)
    }
    return Buffer.concat(parts)
  }

  async function get(address: string, maxBytes: number): Promise<Buffer | null> {
    const asked = await ask(address, {})
    return asked.answer.status === 200 ? whole(asked, address, maxBytes) : discard(asked)
  }

  return {
    get,
    async need(address, maxBytes) {
      const bytes = await get(address, maxBytes)
      if (bytes === null) throw new KioskError('release-incomplete', `${address} is missing`)
      return bytes
    },
    async getIfChanged(address, etag, maxBytes) {
      const asked = await ask(address, etag === null ? {} : { 'if-none-match': etag })
      const { status, headers } = asked.answer
      if (status === 200)
        return { kind: 'new', bytes: await whole(asked, address, maxBytes), etag: headers.get('etag') }
      await discard(asked)
      return { kind: status === 304 && etag !== null ? 'same' : 'none' }
    },
    async stream(address, range) {
      const asked = await ask(address, range === null ? {} : { range: `bytes=${range.start}-${range.end}` })
      const { status, headers } = asked.answer
      if (status === 200) return { start: 0, bytes: bodyOf(asked, address) }
      if (status === 206 && range !== null && beginsAt(headers.get('content-range'), range.start))
        return { start: range.start, bytes: bodyOf(asked, address) }
      return discard(asked)
    },
  }
}

/** Whatever stands between may give another range than was asked for (RFC 9110 §15.3.7). */
const beginsAt = (contentRange: string | null, start: number) =>
  contentRange === null || contentRange.startsWith(`bytes ${start}-`)

function offline(error: unknown, address: string): unknown {
  if (error instanceof KioskError || error instanceof OfflineError) return error
  const reason =
    error instanceof Error
      ? `${error.message}${error.cause instanceof Error ? `: ${error.cause.message}` : ''}`
      : String(error)
  return new OfflineError(`${address}: ${reason}`, { cause: error })
}
