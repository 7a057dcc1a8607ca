export type Asked = { kind: 'text'; text: string } | { kind: 'failed'; reason: string; waitMs: number | null }
/** `signal`: the hub closes. */
export type Outside = { fetch: typeof fetch; wait(ms: number): Promise<void>; signal: AbortSignal }

const mostWaitMs = 3_600_000

/**
 * One question to a system that is not ours: bounded in time and size, never led elsewhere by a redirect. Reasons are for staff and name
 * no address, for an address may hold a key.
 */
export async function askSafely(
  url: URL,
  { fetch: call, signal }: Outside,
  { withinMs, mostBytes }: { withinMs: number; mostBytes: number },
): Promise<Asked> {
  const failed = (reason: string, waitMs: number | null = null): Asked => ({ kind: 'failed', reason, waitMs })
  try {
    const within = AbortSignal.any([signal, AbortSignal.timeout(withinMs)])
    const answer = await call(url, { signal: within, redirect: 'manual' })
    if (answer.status !== 200) {
      await answer.body?.cancel()
      if (answer.status >= 300 && answer.status < 400) return failed('相手が別のアドレスに送ろうとします。')
      const seconds = Number(answer.headers.get('retry-after'))
      const waitMs = seconds > 0 ? Math.min(mostWaitMs, seconds * 1_000) : null
      return failed(`相手のシステムが答えません（${answer.status}）。`, waitMs)
    }
    const text = await boundedText(answer, mostBytes)
    return text === null ? failed('相手の答えが大きすぎます。') : { kind: 'text', text }
  } catch {
    return failed('相手のシステムにつながらないか、時間内に答えません。')
  }
}

async function boundedText(answer: Response, mostBytes: number): Promise<string | null> {
  if (answer.body === null) return ''
  const parts: Uint8Array[] = []
  let bytes = 0
  const body: AsyncIterable<Uint8Array> = answer.body
  // Leaving the loop ends the line: what is too long is not read to its end.
  for await (const part of body) {
    bytes += part.length
    if (bytes > mostBytes) return null
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}
