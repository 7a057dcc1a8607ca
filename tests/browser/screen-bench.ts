import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { release0Dir } from '../../build/release0.ts'
import { rendererDir } from '../../build/screens.ts'
import type { FacilityConfig } from '../../contract/facility-config.ts'
import type { KioskLogEntry, KioskOptions } from '../../electron/kiosk/kiosk.ts'
import { createKiosk } from '../../electron/kiosk/kiosk.ts'
import type { Departure } from '../../electron/kiosk/maintenance/maintenance.ts'
import { setPin } from '../../electron/kiosk/maintenance/pin-store.ts'
import { readConfig } from '../../electron/kiosk/read-config.ts'
import { serveScreen } from '../../electron/kiosk/screen-server/screen-server.ts'
import { playedClock } from '../../electron/kiosk/testing/test-kiosk.ts'

/** A Wednesday at nine in Memuro; the sample town has something on. */
export const wednesdayMs = Date.UTC(2026, 10, 25)
/** Open at whatever hour a test plays. */
export const facility: FacilityConfig = {
  ...readConfig(join(import.meta.dirname, '..', '..', 'kiosk-config', 'chuo-kominkan.json')),
  opening: undefined,
}

/** So patient that a slow machine can look at every screen, the idle warning too, before anything happens by itself. */
export const patientFacility: FacilityConfig = { ...facility, idle: { warnAfterMs: 600_000, warningMs: 120_000 } }

export const stages = { portrait: { width: 1080, height: 1920 }, landscape: { width: 1920, height: 1080 } }
export type StageName = keyof typeof stages

/** As long as a poll: the machine may be slow, and what is waited for is in the message. Playwright's own is thirty seconds. */
export const patienceMs = 120_000

type Options = {
  nowMs?: number
  stage?: StageName
  config?: FacilityConfig
  /** The guarded browser and its network; without them there is no 体験インターネット. */
  web?: Pick<KioskOptions, 'guardedBrowser' | 'outside'>
  /** In place of the thread that searches the library. */
  startSearchWorker?: KioskOptions['startSearchWorker']
  /** Of the service screen; without one there is none. */
  pin?: string
}

/** A kiosk that never saw a hub, with its real disk, its real bridge and the sample town on its screen. */
export async function startKioskScreen({
  nowMs = wednesdayMs,
  stage = 'portrait',
  config = facility,
  web = {},
  startSearchWorker,
  pin,
}: Options = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'kiosk-screen-'))
  const logged: KioskLogEntry[] = []
  const clock = playedClock({ wallMs: nowMs })
  const departures: Departure[] = []
  if (pin !== undefined) await setPin(dataDir, pin)
  const kiosk = await createKiosk({
    hostKind: 'headless',
    dataDir,
    release0Dir,
    config: { ...config, screen: { ...config.screen, widthPx: stages[stage].width, heightPx: stages[stage].height } },
    clock,
    log: (entry) => logged.push(entry),
    ...web,
    startSearchWorker,
    onDeparture: (how) => departures.push(how),
  })
  kiosk.start()
  const screen = await serveScreen({ kiosk, screenDir: rendererDir, port: 0, hostKind: 'headless' })
  return {
    url: screen.url,
    stage,
    logged,
    departures,
    report: kiosk.report,
    /** Time in the kiosk; the screen's own goes on by itself. */
    pass: clock.pass,
    /** Accesses on the disk, committed. */
    accesses: () => kiosk.status().lastSequence,
    async close() {
      await screen.close()
      await kiosk.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
export type KioskScreen = Awaited<ReturnType<typeof startKioskScreen>>

/** A finger in front of the screen. Errors of the page fail whoever closes it. */
export async function openVisitor(browser: Browser, kiosk: Pick<KioskScreen, 'url' | 'stage'>) {
  const context: BrowserContext = await browser.newContext({ viewport: stages[kiosk.stage], hasTouch: true })
  context.setDefaultTimeout(patienceMs)
  const page: Page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  await page.clock.install()
  await page.goto(kiosk.url)
  await at(page, 'begin').waitFor()

  return {
    page,
    errors,
    at: (name: string) => at(page, name),
    /** A touch of something that is there; so much later than the one before that it is no double strike. */
    async touch(name: string) {
      await page.clock.runFor(600)
      await at(page, name).tap()
      await acted(page)
    },
    /** Two strikes of a shaking finger at the same place. */
    async strikeTwice(name: string) {
      await page.clock.runFor(600)
      const box = await at(page, name).boundingBox()
      if (!box) throw new Error(`${name} is not on the screen`)
      for (const _ of ['first', 'second']) await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2)
    },
    /** So much time and not a moment more, however slow the machine is; it stands still until `goOn`. */
    async passExactly(ms: number) {
      const from = await page.evaluate(() => Date.now())
      // Its time goes on while we ask for it, and none can be stopped at a moment that is over: at one far ahead it can.
      await page.clock.pauseAt(from + ms / 2)
      await page.clock.runFor(ms / 2)
    },
    goOn: () => page.clock.resume(),
    async begin() {
      await at(page, 'begin').tap()
      await at(page, 'menu-tourism').waitFor()
    },
    see: (text: string | RegExp) => page.getByText(text).first().waitFor(),
    async close() {
      await context.close()
      if (errors.length > 0) throw new Error(`the page reported: ${errors.join(' | ')}`)
    },
  }
}
export type Visitor = Awaited<ReturnType<typeof openVisitor>>

const at = (page: Page, name: string) => page.locator(`[data-name="${name}"]`).first()

/** What was touched shows it for a frame before it acts. */
const acted = (page: Page) => page.locator('[data-accepted]').waitFor({ state: 'detached' })
