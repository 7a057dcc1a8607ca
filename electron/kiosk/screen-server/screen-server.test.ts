import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { kioskBench } from '../testing/kiosk-bench.ts'
import { type ScreenServer, serveScreen } from './screen-server.ts'

const bench = kioskBench()
const uncaught: unknown[] = []
const note = (error: unknown) => uncaught.push(error)
let screen: ScreenServer
afterEach(() => screen.close())

/** Asks for a WebSocket as nobody of ours would, and pulls the plug as soon as the answer comes. @returns the answer */
async function askAndReset(port: number, path: string): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port })
  await once(socket, 'connect')
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n`,
  )
  const [answer] = await once(socket, 'data')
  socket.resetAndDestroy()
  return String(answer).split('\r\n')[0] ?? ''
}

it('whoever is refused and pulls the plug takes the kiosk process nowhere', async () => {
  const { kiosk } = await bench.begin()
  const screenDir = join(bench.data(), '..', 'screen')
  mkdirSync(screenDir)
  writeFileSync(join(screenDir, 'index.html'), '<title>screen</title>')
  screen = await serveScreen({ kiosk, screenDir, port: 0, hostKind: 'headless' })
  const { port, origin } = new URL(screen.url)
  process.prependListener('uncaughtException', note)
  try {
    for (const path of ['/bridge', '/guarded', '/elsewhere'])
      expect(await askAndReset(Number(port), path)).toBe('HTTP/1.1 403 Forbidden')
    // What a reset does is done before the next question is answered.
    for (const _ of 'abc') expect((await fetch(origin)).status).toBe(401)
  } finally {
    process.removeListener('uncaughtException', note)
  }
  expect(uncaught).toEqual([])
})
