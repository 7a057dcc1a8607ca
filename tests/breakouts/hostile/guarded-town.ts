import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer as createSecureServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect } from 'vitest'
import type { InternetPolicy } from '../../../contract/internet-policy.ts'
import type { InternetContent, InternetState } from '../../../contract/menus/internet.ts'
import { createGuardedBrowser } from '../../../electron/chromium/guarded/guarded-browser.ts'
import { installedBrowser } from '../../../electron/chromium/installed-browser.ts'
import { createInternetService } from '../../../electron/kiosk/internet/internet-service.ts'
import { madeCertificate } from '../../../electron/kiosk/testing/made-certificate.ts'
import { playedNet } from '../../../electron/kiosk/testing/played-net.ts'
import { startHostileSite } from './hostile-site.ts'

export const browserMissing = installedBrowser(process.env) === null ? 'no Chromium on this machine' : null

export const hostilePolicy: InternetPolicy = {
  mode: 'listed',
  pages: [
    { host: 'hostile.example', paths: ['/'], plain: true },
    { host: 'friend.example', paths: ['/open'], plain: true },
    { host: '*.wide.example', paths: ['/'], plain: true },
    { host: 'secure.example', paths: ['/'], plain: false },
    { host: 'rebinding.example', paths: ['/'], plain: true },
  ],
  parts: ['parts.example'],
  denied: ['denied.wide.example'],
  filter: null,
}

const place = { leftPx: 0, topPx: 0, widthPx: 800, heightPx: 600 }

/** The guarded browser with its service, before a site that means harm; as a visitor in front of the picture drives it. */
export async function startGuardedTown(
  options: { turn?: Partial<InternetContent['turn']>; furtherFlags?: string[] } = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'guarded-'))
  const site = await startHostileSite()
  const net = playedNet()
  const hostileAddress = net.host('hostile.example', { 80: site.port })
  const names = new Map<string, string>()
  for (const name of [
    'friend.example',
    'a.wide.example',
    'denied.wide.example',
    'stranger.example',
    'parts.example',
    'rebinding.example',
  ])
    names.set(net.host(name, { 80: site.port, 443: site.port }), name)
  // A certificate that nobody vouches for, to a name that it is not for.
  const unvouched = createSecureServer(
    await madeCertificate('someone.else.example', { from: 2020, to: 2090 }),
    (_request, response) => response.end('<title>behind a bad certificate</title>'),
  )
  unvouched.listen(0, '127.0.0.1')
  await once(unvouched, 'listening')
  const unvouchedAt = unvouched.address()
  net.host('secure.example', { 443: typeof unvouchedAt === 'object' && unvouchedAt ? unvouchedAt.port : 0 })
  const content: InternetContent = {
    tiles: [{ id: 'start', name: { ja: '入口' }, icon: 'web', url: 'http://hostile.example/' }],
    policy: hostilePolicy,
    turn: { limitMs: 600_000, extensionMs: 300_000, warnBeforeMs: 60_000, restMs: 0, ...options.turn },
  }
  let clockMs = 0
  const browser = createGuardedBrowser({
    program: installedBrowser(process.env) ?? '',
    folder: join(folder, 'profiles'),
    // A home of its own: what is carried off would be found there.
    environment: { ...process.env, HOME: folder },
    uptimeMs: () => performance.now(),
    furtherFlags: options.furtherFlags ?? [],
  })
  const reports: { code: string; detail: Record<string, string | number | boolean> }[] = []
  const service = createInternetService({
    content: () => content,
    releaseNumber: () => 1,
    reservePage: async () => null,
    browser,
    outside: net.outside,
    uptimeMs: () => performance.now() + clockMs,
    report: (code, _level, detail) => reports.push({ code, detail }),
  })

  function open(): Extract<InternetState, { kind: 'open' }> {
    const state = service.state()
    if (state.kind !== 'open') throw new Error(`the turn is ${state.kind}`)
    return state
  }

  let visitId = randomUUID()
  let jpeg: Uint8Array | null = null
  let stopPicture: () => void = () => undefined

  return {
    folder,
    site,
    net,
    service,
    hostileAddress: `${hostileAddress}:`,
    /** The name of a number that was connected to. */
    nameAt: (address: string) => names.get(address.replace(/:\d+$/, '')) ?? address,
    reports,
    content,
    open,
    /** Time passes for the turn, not for the browser. */
    pass: (ms: number) => {
      clockMs += ms
    },
    /** Goes to a page as by its start tile; resolves when it stands. */
    async visit(path: string, host = 'hostile.example', scheme = 'http'): Promise<void> {
      const title = `ready-${randomUUID()}`
      const address = `${scheme}://${host}${path}`
      content.tiles[0] = { id: 'start', name: { ja: title }, icon: 'web', url: address }
      await service.begin({ visitId, to: { tile: 'start' }, place, language: 'ja' })
      if (service.picture() !== null) this.look()
      await expect
        .poll(() => {
          const state = service.state()
          return state.kind === 'open' && (!state.loading || state.problem !== null)
        })
        .toBe(true)
      this.look()
    },
    look(): void {
      stopPicture()
      const picture = service.picture()
      stopPicture =
        picture?.watch((next) => {
          jpeg = next
          picture.drawn()
        }) ?? (() => undefined)
    },
    /** The colour that a visitor sees at a place of the picture, as `r,g,b` in steps of 64. */
    async colour(x: number, y: number): Promise<string> {
      if (jpeg === null) return 'none'
      const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true })
      const at = (Math.round(y) * info.width + Math.round(x)) * info.channels
      return [0, 1, 2].map((n) => Math.round((data[at + n] ?? 0) / 64)).join(',')
    },
    /** Pixels of a pure red, which no page that may be seen has. */
    async redPixels(): Promise<number> {
      if (jpeg === null) return 0
      const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true })
      let red = 0
      for (let at = 0; at < data.length; at += info.channels)
        if ((data[at] ?? 0) > 200 && (data[at + 1] ?? 255) < 60 && (data[at + 2] ?? 255) < 60) red += 1
      return red
    },
    async pictureSize() {
      const { width, height } = await sharp(jpeg ?? undefined).metadata()
      return { width, height }
    },
    tap(x: number, y: number): void {
      const picture = service.picture()
      picture?.touch({ phase: 'start', points: [{ x, y, id: 1 }] })
      picture?.touch({ phase: 'end', points: [] })
    },
    /** What is grey there (#ccc) is touched once it is drawn: before, the browser takes no finger for the page. */
    async tapGrey(x: number, y: number): Promise<void> {
      await expect.poll(() => this.colour(x, y)).toBe('3,3,3')
      this.tap(x, y)
    },
    /** The next visitor. */
    async leave(): Promise<void> {
      stopPicture()
      await service.leave('visitor')
      visitId = randomUUID()
      jpeg = null
    },
    refusedInAccount: () => reports.filter(({ code }) => code === 'internet-turn-ended').at(-1)?.detail ?? {},
    async close(): Promise<void> {
      stopPicture()
      await service.close()
      await site.close()
      unvouched.closeAllConnections()
      unvouched.close()
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    },
  }
}
export type GuardedTown = Awaited<ReturnType<typeof startGuardedTown>>
