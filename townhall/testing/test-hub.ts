import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { Agent, fetch } from 'undici'
import { createHub, type Hub, type HubOptions } from '../app.ts'

export type Answer = { status: number; headers: Headers; body: string; bytes: Uint8Array; json(): unknown }
type Ask = { method?: string; headers?: Record<string, string>; body?: unknown; raw?: string | Uint8Array }
export type TestHub = Awaited<ReturnType<typeof testHub>>

/** A clock that moves when told. */
export function playedClock(startMs: number) {
  let nowMs = startMs
  return {
    nowMs: () => nowMs,
    pass(ms: number) {
      nowMs += ms
    },
    set(ms: number) {
      nowMs = ms
    },
  }
}

/** The real hub on a free port of this machine, its log in memory; everything is asked over HTTP. */
export async function testHub(options: Partial<HubOptions> = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'hub-'))
  const clock = playedClock(Date.now())
  const logged: Record<string, unknown>[] = []
  const hub: Hub = await createHub({
    dataDir: join(dir, 'data'),
    host: '127.0.0.1',
    port: 0,
    tls: { kind: 'off' },
    clock,
    uptimeMs: clock.nowMs,
    log: pino({ level: 'info' }, { write: (line: string) => void logged.push(JSON.parse(line)) }),
    consoleDir: join(dir, 'no-console'),
    ...options,
  })
  const ca = hub.parts.certificates.current()?.certPem
  const agent = new Agent(ca === undefined ? {} : { connect: { ca, servername: 'localhost' } })

  async function ask(path: string, { method, headers, body, raw }: Ask = {}): Promise<Answer> {
    const response = await fetch(`${hub.url}${path}`, {
      method: method ?? (body === undefined && raw === undefined ? 'GET' : 'POST'),
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      body: raw ?? (body === undefined ? null : JSON.stringify(body)),
      dispatcher: agent,
      redirect: 'manual',
    })
    const bytes = new Uint8Array(await response.arrayBuffer())
    const text = new TextDecoder().decode(bytes)
    return {
      status: response.status,
      headers: new Headers([...response.headers]),
      body: text,
      bytes,
      json: (): unknown => JSON.parse(text),
    }
  }

  return {
    hub,
    dir,
    clock,
    logged,
    ask,
    async close() {
      await agent.close()
      await hub.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
