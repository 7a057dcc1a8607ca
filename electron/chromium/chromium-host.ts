import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KioskError } from '../../contract/error-codes.ts'
import { freeDiskBytes } from '../kiosk/device/free-disk.ts'
import { createAttemptReports } from '../kiosk/host/attempt-reports.ts'
import type { ScreenTrouble } from '../kiosk/host/decide-recovery.ts'
import { decideWell } from '../kiosk/host/decide-well.ts'
import { createEndMarker } from '../kiosk/host/end-marker.ts'
import { type HostLog, hostReport } from '../kiosk/host/host-log.ts'
import { keepRunning, type Life } from '../kiosk/host/keep-running.ts'
import { type KioskHandle, kioskHandle } from '../kiosk/host/kiosk-handle.ts'
import { createRecoveries } from '../kiosk/host/recoveries.ts'
import type { ScreenOrgans } from '../kiosk/host/screen-care.ts'
import { createScreenKeeper } from '../kiosk/host/screen-keeper.ts'
import { createUpkeep } from '../kiosk/host/upkeep.ts'
import { type KioskArguments, writeKioskArguments } from '../kiosk/kiosk-arguments.ts'
import type { Departure } from '../kiosk/maintenance/maintenance.ts'
import { readConfig } from '../kiosk/read-config.ts'
import { type BrowserProcesses, createBrowserProcesses } from './browser-processes.ts'
import { decideProfile } from './decide-profile.ts'
import type { Devtools } from './devtools-pipe.ts'
import { forkKiosk } from './fork-kiosk.ts'
import { watchGpu } from './gpu-watch.ts'
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

type BrowserLife = Life & { pid: number; page: KioskPage; devtools: Devtools; processes: BrowserProcesses }

/** A page that was opened may take so long to say that it paints. */
const openPatienceMs = 45_000
/** One that is only shown anew comes soon, or a new browser is better. */
const renewPatienceMs = 8_000
const crashPatienceMs = 2_000
/** So long the page on screen may take to find the kiosk process that was started again. */
const returnPatienceMs = 5_000

/** One kiosk process and one browser that shows its screen, each begun again when it ends. */
export function createChromiumHost(options: ChromiumHostOptions) {
  const { log } = options
  const uptimeMs = () => performance.now()
  const wantedForService = Promise.withResolvers<void>()
  let port = options.kiosk.port
  let session: string | null = null
  /** The page on screen may still find its way back by itself. */
  let returning = false
  /** There is a browser, and nothing of ours in it. */
  let blank = false
  let shown: Pick<BrowserLife, 'page' | 'processes'> | null = null
  /** Waits for the page that is ended by us. */
  let whenCrashed: (() => void) | null = null

  const kiosk = keepRunning<KioskHandle>({ begin: beginKiosk, onLost: kioskLost, onBack: kioskBack, uptimeMs })
  const browser = keepRunning<BrowserLife>({ begin: beginBrowser, onLost: browserLost, onBack: () => {}, uptimeMs })
  const { report, handOver } = hostReport(log, kiosk.current)
  const attempted = createAttemptReports(uptimeMs, (detail) => report('breakout-attempt', 'warning', detail))
  const recoveries = createRecoveries({ uptimeMs, report })
  const marker = createEndMarker({ dataDir: options.kiosk.data, report })
  const keeper = createScreenKeeper({
    uptimeMs,
    report,
    recoveries,
    organs,
    remedies: { page: renewPage, gpu: () => void shown?.processes.kill('GPU').catch(noScreen), browser: renewBrowser },
  })

  const upkeep = createUpkeep({
    uptimeMs,
    environment: options.environment,
    report,
    kiosk: kiosk.current,
    browserPids: () => shown?.processes.all() ?? [],
    restartScreen: renewBrowser,
    onPanel: keeper.setLight,
  })

  async function beginKiosk(signal: AbortSignal): Promise<KioskHandle> {
    try {
      const begun = await kioskHandle(
        forkKiosk(writeKioskArguments({ ...options.kiosk, port }), options.quietKiosk ?? false),
        {
          onScreen(sign) {
            keeper.heard(sign.silentMs)
            upkeep.heard(sign)
          },
          onSession: (digest) => {
            session = digest
          },
          onDeparture,
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

  /** Staff at the service screen. What begins anew is the two that run; this process has nothing that could wear out. */
  function onDeparture(how: Departure): void {
    log({ level: 'info', event: 'departure', detail: { how } })
    if (how === 'service') wantedForService.resolve()
    else upkeep.restartByStaff()
  }

  function kioskLost(reason: string, failures: number): void {
    keeper.closed()
    if (upkeep.tookDown('kiosk-process')) return
    recoveries.lost('kiosk-process', reason)
    report('kiosk-process-lost', 'error', { reason, failures })
  }

  /** The page holds what it could not say; under the same address and session it says it now, and the visitor keeps the place. */
  function kioskBack(begun: KioskHandle): void {
    log({ level: 'info', event: 'kiosk-process-back', detail: { pid: begun.pid ?? 0 } })
    handOver()
    const page = browser.current()?.page
    if (page === undefined) return
    if (blank || session === null || !page.isAt(begun.url)) {
      openScreen(page).catch(noScreen)
      return
    }
    begun.send({ ask: 'session', digest: session })
    returning = true
    keeper.opened(returnPatienceMs)
  }

  async function beginBrowser(): Promise<BrowserLife> {
    const config = readConfig(options.kiosk.config)
    const launched = await launchBrowser({
      program: requireBrowser(options.environment),
      profileDir: profilePlace(options.kiosk.data),
      headless: options.headless,
      environment: options.environment,
      size: config.screen,
    })
    try {
      const page = await guardKioskPage({
        devtools: launched.devtools,
        onAttempt: attempted,
        onStray: () => openScreen(page).catch(noScreen),
        onCrashed: () => {
          blank = true
          if (whenCrashed === null) keeper.trouble('crashed')
          else whenCrashed()
        },
      })
      const processes = createBrowserProcesses(launched.devtools)
      shown = { page, processes }
      await openScreen(page)
      const lost = page.lost.then(async (reason) => {
        await launched.end()
        return reason
      })
      const ended = Promise.race([lost, launched.ended])
      void ended.then(watchGpu({ processes, look: page.look, recoveries }))
      return { ...launched, page, processes, ended }
    } catch (error) {
      await launched.end()
      throw error
    }
  }

  function browserLost(reason: string, failures: number): void {
    shown = null
    if (upkeep.tookDown('screen')) keeper.closed()
    else keeper.lost(reason, { failures })
  }

  /** Without a kiosk process nothing is opened: it will be when that is back. */
  async function openScreen(page: KioskPage, patienceMs = openPatienceMs): Promise<void> {
    const from = kiosk.current()
    if (from === null) return
    returning = false
    const url = await from.freshUrl()
    keeper.opened(patienceMs)
    blank = false
    await page.open(url)
  }

  function noScreen(error: unknown): void {
    // Browser or kiosk process ended meanwhile; whichever comes back opens the screen.
    log({ level: 'warning', event: 'screen-not-opened', detail: { reason: String(error).slice(0, 300) } })
  }

  function organs(): ScreenOrgans | null {
    if (shown === null) return null
    const { page, processes } = shown
    return { ping: page.ping, pids: processes.drawing, look: page.look }
  }

  function renewPage(trouble: ScreenTrouble): void {
    const opened = returning || trouble === 'crashed' ? Promise.resolve() : endPage()
    opened.then(() => shown && openScreen(shown.page, renewPatienceMs)).catch(noScreen)
  }

  /** Nothing can be opened in the place of a page that does not answer: it must go first. */
  async function endPage(): Promise<void> {
    const crashed = new Promise<void>((resolve) => {
      whenCrashed = resolve
      setTimeout(resolve, crashPatienceMs)
    })
    await shown?.processes.kill('renderer')
    await crashed
    whenCrashed = null
  }

  function renewBrowser(): void {
    void browser.current()?.end()
  }

  async function stop(): Promise<void> {
    keeper.giveUp(new Error('stopped'))
    // The screen first: what it still has to say, the kiosk process takes.
    await browser.stop()
    await kiosk.stop()
    upkeep.end()
    marker.end()
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
        marker.begin()
        const { url } = await kiosk.start()
        await browser.start()
        await keeper.up
        marker.usable()
        return { url: new URL('/', url).href }
      } catch (error) {
        await stop()
        throw error
      }
    },
    stop,
    upkeep,
    isWell: () => decideWell(keeper.lostForMs()),
    /** Settles when staff want the machine for service; whoever runs the host then ends it. */
    wantedForService: wantedForService.promise,
    page: (): KioskPage | null => browser.current()?.page ?? null,
    screenProcesses: async (kind: 'renderer' | 'GPU') => (await browser.current()?.processes.find(kind)) ?? [],
    processes: async () => browser.current()?.devtools.send('SystemInfo.getProcessInfo'),
    targets: async () => browser.current()?.devtools.send('Target.getTargets'),
    pids: () => ({ kiosk: kiosk.current()?.pid ?? null, browser: browser.current()?.pid ?? null }),
  }
}

function profilePlace(data: string): string {
  const name = createHash('sha256').update(data).digest('hex').slice(0, 12)
  const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
  return decideProfile({
    onDisk: join(data, 'browser'),
    inMemory: join(memory, `kiosk-browser-${name}`),
    freeBytes: freeDiskBytes(data),
  })
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
