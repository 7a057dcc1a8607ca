import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { KioskError } from '../../contract/error-codes.ts'
import { createAttemptReports } from '../kiosk/host/attempt-reports.ts'
import { type HostLog, hostReport } from '../kiosk/host/host-log.ts'
import { keepRunning, type Life } from '../kiosk/host/keep-running.ts'
import { type KioskHandle, kioskHandle } from '../kiosk/host/kiosk-handle.ts'
import { createScreenWatchdog } from '../kiosk/host/screen-watchdog.ts'
import { type KioskArguments, writeKioskArguments } from '../kiosk/kiosk-arguments.ts'
import { readConfig } from '../kiosk/read-config.ts'
import type { Devtools } from './devtools-pipe.ts'
import { forkKiosk } from './fork-kiosk.ts'
import { installedBrowser } from './installed-browser.ts'
import { guardKioskPage, type KioskPage } from './kiosk-page.ts'
import { launchBrowser } from './launch-browser.ts'

export type ChromiumHostOptions = {
  kiosk: KioskArguments
  /** Without a window, for tests. */
  headless: boolean
  environment: NodeJS.ProcessEnv
  log: HostLog
  /** The kiosk process's own log goes nowhere. */
  quietKiosk?: boolean
}

type BrowserLife = Life & { pid: number; page: KioskPage; devtools: Devtools }

/** A page that was opened may take so long to say that it paints. */
const openPatienceMs = 45_000
/** So long the page on screen may take to find the kiosk process that was started again. */
const returnPatienceMs = 5_000

/** One kiosk process and one browser that shows its screen, each begun again when it ends. */
export function createChromiumHost(options: ChromiumHostOptions) {
  const { log } = options
  const uptimeMs = () => performance.now()
  const up = Promise.withResolvers<void>()
  // Nobody may be waiting for it yet.
  up.promise.catch(() => undefined)
  let isUp = false
  let port = options.kiosk.port
  let session: string | null = null
  /** The page on screen may still find its way back by itself. */
  let returning = false

  const kiosk = keepRunning<KioskHandle>({ begin: beginKiosk, onLost: kioskLost, onBack: kioskBack, uptimeMs })
  const browser = keepRunning<BrowserLife>({ begin: beginBrowser, onLost: browserLost, onBack: () => {}, uptimeMs })
  const report = hostReport(log, kiosk.current)
  const attempted = createAttemptReports(uptimeMs, (detail) => report('breakout-attempt', 'warning', detail))
  const watchdog = createScreenWatchdog({ uptimeMs, onUp: screenUp, onLost: screenSilent })

  async function beginKiosk(signal: AbortSignal): Promise<KioskHandle> {
    try {
      const begun = await kioskHandle(
        forkKiosk(writeKioskArguments({ ...options.kiosk, port }), options.quietKiosk ?? false),
        {
          onScreen: (sign) => watchdog.heard(sign.silentMs),
          onSession: (digest) => {
            session = digest
          },
          signal,
        },
      )
      port = Number(new URL(begun.url).port)
      return begun
    } catch (error) {
      // Somebody took the port meanwhile: the one that was asked for, or any.
      port = options.kiosk.port
      throw error
    }
  }

  function kioskLost(reason: string, failures: number): void {
    watchdog.closed()
    log({ level: 'error', event: 'kiosk-process-lost', detail: { reason, failures } })
  }

  /** The page holds what it could not say; under the same address and session it says it now, and the visitor keeps the place. */
  function kioskBack(begun: KioskHandle): void {
    log({ level: 'info', event: 'kiosk-process-back', detail: { pid: begun.pid ?? 0 } })
    const page = browser.current()?.page
    if (page === undefined) return
    if (session === null || !page.isAt(begun.url)) {
      openScreen(page).catch(noScreen)
      return
    }
    begun.send({ ask: 'session', digest: session })
    returning = true
    watchdog.opened(returnPatienceMs)
  }

  async function beginBrowser(): Promise<BrowserLife> {
    const config = readConfig(options.kiosk.config)
    const launched = await launchBrowser({
      program: requireBrowser(options.environment),
      profileDir: join(options.kiosk.data, 'browser'),
      headless: options.headless,
      environment: options.environment,
      size: config.screen,
    })
    try {
      const page = await guardKioskPage({
        devtools: launched.devtools,
        onAttempt: attempted,
        onStray: () => openScreen(page).catch(noScreen),
      })
      await openScreen(page)
      const lost = page.lost.then(async (reason) => {
        await launched.end()
        return reason
      })
      return { ...launched, page, ended: Promise.race([lost, launched.ended]) }
    } catch (error) {
      await launched.end()
      throw error
    }
  }

  function browserLost(reason: string, failures: number): void {
    watchdog.closed()
    report('screen-lost', 'error', { reason, failures })
  }

  /** Without a kiosk process nothing is opened: it will be when that is back. */
  async function openScreen(page: KioskPage): Promise<void> {
    const from = kiosk.current()
    if (from === null) return
    returning = false
    const url = await from.freshUrl()
    watchdog.opened(openPatienceMs)
    await page.open(url)
  }

  function noScreen(error: unknown): void {
    // Browser or kiosk process ended meanwhile; whichever comes back opens the screen.
    log({ level: 'warning', event: 'screen-not-opened', detail: { reason: String(error).slice(0, 300) } })
  }

  function screenUp(): void {
    if (isUp) log({ level: 'info', event: 'screen-back', detail: {} })
    isUp = true
    up.resolve()
  }

  function screenSilent(): void {
    if (!isUp)
      up.reject(new KioskError('internal', 'The screen did not come up: the browser runs, the page says nothing.'))
    const current = browser.current()
    if (current === null) return
    if (returning) openScreen(current.page).catch(noScreen)
    else {
      report('screen-lost', 'error', { reason: 'the screen says nothing any more' })
      void current.end()
    }
  }

  async function stop(): Promise<void> {
    up.reject(new Error('stopped'))
    // The screen first: what it still has to say, the kiosk process takes.
    await browser.stop()
    await kiosk.stop()
  }

  return {
    /** Resolves when a visitor can use the screen. @throws KioskError in one sentence what is missing */
    async start(): Promise<{ url: string }> {
      requireBrowser(options.environment)
      if (!options.headless) requireDisplay(options.environment)
      readConfig(options.kiosk.config)
      if (process.getuid?.() === 0) {
        const why = 'Chromium has no sandbox as root; on a kiosk, start as a user of its own'
        log({ level: 'warning', event: 'no-sandbox', detail: { why } })
      }
      try {
        const { url } = await kiosk.start()
        await browser.start()
        await up.promise
        return { url: new URL('/', url).href }
      } catch (error) {
        await stop()
        throw error
      }
    },
    stop,
    page: (): KioskPage | null => browser.current()?.page ?? null,
    targets: async () => browser.current()?.devtools.send('Target.getTargets'),
    pids: () => ({ kiosk: kiosk.current()?.pid ?? null, browser: browser.current()?.pid ?? null }),
  }
}

function requireBrowser(environment: NodeJS.ProcessEnv): string {
  const named = environment.CHROMIUM_PATH
  if (named && !existsSync(named))
    throw new KioskError('not-found', `CHROMIUM_PATH names ${named}, which is not there.`)
  const program = installedBrowser(environment)
  if (program === null)
    throw new KioskError('not-found', 'No Chromium is installed; install the package "chromium" or set CHROMIUM_PATH.')
  return program
}

function requireDisplay(environment: NodeJS.ProcessEnv): void {
  if (process.platform !== 'linux' || environment.DISPLAY || environment.WAYLAND_DISPLAY) return
  throw new KioskError('not-found', 'There is no display (DISPLAY or WAYLAND_DISPLAY); start with --headless instead.')
}
