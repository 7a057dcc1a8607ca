import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { WebSocket } from 'ws'
import { buildRelease0 } from '../../build/release0.ts'
import { buildVisitorScreen } from '../../build/screens.ts'
import { chromiumUnderTest } from '../town/hosts/chromium-under-test.ts'
import { healthCodesIn, processesOf, type RunningHost } from '../town/hosts/host-under-test.ts'
import { breakout } from './breakout.ts'

const { missing } = chromiumUnderTest
const soon = { interval: 100 }

describe.skipIf(missing !== null)(missing ?? 'the Chromium host', () => {
  let folder: string
  let host: RunningHost
  beforeAll(async () => {
    await buildVisitorScreen(() => undefined)
    await buildRelease0(() => undefined)
    folder = mkdtempSync(join(tmpdir(), 'chromium-bridge-'))
    host = await chromiumUnderTest.start(folder)
  })
  afterAll(async () => {
    await host.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  })

  breakout(
    'E1',
    'Chromium: of all its processes one listens, the kiosk at its own address; the browser at none',
    () => {
      const { port } = new URL(host.url)
      const places = processesOf(folder).flatMap((pid) => {
        try {
          const program = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ')
          return listeningOf(pid).map((place) => ({ place, browser: /chrom/i.test(program.split(' ')[0] ?? '') }))
        } catch {
          // It ended while it was looked at, as a browser's helpers do: it listens nowhere.
          return []
        }
      })
      expect(places).toEqual([{ place: `127.0.0.1:${port}`, browser: false }])
    },
  )

  /** @returns what the server said to the hand-shake */
  const knock = (options: { origin?: string; host?: string; path?: string }) =>
    new Promise<number | 'open'>((resolve, reject) => {
      const url = new URL(options.path ?? '/bridge', host.url)
      url.protocol = 'ws:'
      const headers = options.host === undefined ? {} : { host: options.host }
      const socket = new WebSocket(url, { origin: options.origin ?? new URL(host.url).origin, headers })
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
      socket.on('open', () => resolve('open'))
      socket.on('error', reject)
    })

  breakout(
    'E3',
    'Chromium: a call from a page of another origin, under another name, or without the session is refused and written down',
    async () => {
      const own = new URL(host.url).origin
      expect(await knock({ origin: 'https://town.example' })).toBe(403)
      expect(await knock({ origin: 'null' })).toBe(403)
      expect(await knock({ host: 'rebound.example', origin: 'http://rebound.example' })).toBe(403)
      expect(await knock({ origin: own })).toBe(403)
      expect(await knock({ origin: own, path: '/guarded' })).toBe(403)
      await expect.poll(() => healthCodesIn(folder), soon).toContain('bridge-refused')
    },
  )

  breakout('U15', 'Chromium: nothing of the screen is given to who has no session', async () => {
    for (const path of ['/', '/index.html', `/picture/${'0'.repeat(64)}`, '/?token=guessed'])
      expect((await fetch(new URL(path, host.url), { redirect: 'manual' })).status, path).toBe(401)
  })
})

/** Where a process listens, by the kernel's own list. */
function listeningOf(pid: number): string[] {
  const inodes = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? []
      } catch {
        return []
      }
    }),
  )
  return ['tcp', 'tcp6'].flatMap((kind) =>
    readFileSync(`/proc/${pid}/net/${kind}`, 'utf8')
      .split('\n')
      .slice(1)
      .flatMap((line) => {
        const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/)
        const [address = '', port = ''] = local.split(':')
        return state === '0A' && inodes.has(inode) ? [`${written(address)}:${Number.parseInt(port, 16)}`] : []
      }),
  )
}

/** The kernel writes IPv4 as one number, lowest byte first. */
const written = (hex: string) =>
  hex.length === 8
    ? (hex.match(/../g) ?? [])
        .reverse()
        .map((byte) => Number.parseInt(byte, 16))
        .join('.')
    : hex
