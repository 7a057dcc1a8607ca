import { app, Menu, type MessagePortMain, session as sessions } from 'electron'
import { KioskError } from '../../contract/error-codes.ts'
import { createAttemptReports } from '../kiosk/host/attempt-reports.ts'
import { type HostLog, hostReport } from '../kiosk/host/host-log.ts'
import { keepRunning } from '../kiosk/host/keep-running.ts'
import { type KioskHandle, kioskHandle } from '../kiosk/host/kiosk-handle.ts'
import { createScreenWatchdog } from '../kiosk/host/screen-watchdog.ts'
import { type KioskArguments, writeKioskArguments } from '../kiosk/kiosk-arguments.ts'
import { readConfig } from '../kiosk/read-config.ts'
import { createBridgePorts } from './bridge-ports.ts'
import { createKioskWindow, type ScreenLife } from './kiosk-window.ts'
import { lockDownContents, lockDownSession } from './lock-down.ts'
import { screenAddress, serveScreenProtocol } from './screen-protocol.ts'
import { forkUtilityKiosk } from './utility-kiosk.ts'

export type ElectronHostOptions = {
  kiosk: KioskArguments
  /** Entries as built by build/electron.ts. */
  preload: string
  utility: string
  log: HostLog
}

type UtilityLife = KioskHandle & { sendPort(port: MessagePortMain): void }

/** A page that was opened, or whose kiosk process was started again, may take so long to say that it paints. */
const openPatienceMs = 45_000

/** One kiosk process and one window, each begun again when it ends. After Electron is ready. */
export function createElectronHost(options: ElectronHostOptions) {
  const { log } = options
  const uptimeMs = () => performance.now()
  const up = Promise.withResolvers<void>()
  // Nobody may be waiting for it yet.
  up.promise.catch(() => undefined)
  let isUp = false

  const kiosk = keepRunning<UtilityLife>({ begin: beginKiosk, onLost: kioskLost, onBack: kioskBack, uptimeMs })
  const report = hostReport(log, kiosk.current)
  const attempted = createAttemptReports(uptimeMs, (detail) => report('breakout-attempt', 'warning', detail))
  const watchdog = createScreenWatchdog({ uptimeMs, onUp: screenUp, onLost: screenSilent })
  const ports = createBridgePorts({
    sendPort: () => kiosk.current()?.sendPort ?? null,
    onRefused: () => report('bridge-refused', 'warning', { reason: 'a frame that is not the screen' }),
  })
  let screen: ReturnType<typeof keepRunning<ScreenLife>> | null = null

  async function beginKiosk(signal: AbortSignal): Promise<UtilityLife> {
    const channel = forkUtilityKiosk(options.utility, writeKioskArguments(options.kiosk))
    const handle = await kioskHandle(channel, {
      onScreen: (sign) => watchdog.heard(sign.silentMs),
      onSession: () => undefined,
      signal,
    })
    return { ...handle, sendPort: channel.sendPort }
  }

  function kioskLost(reason: string, failures: number): void {
    watchdog.closed()
    log({ level: 'error', event: 'kiosk-process-lost', detail: { reason, failures } })
  }

  /** The page noticed that its port is closed, and waits for another; it holds what it could not say. */
  function kioskBack(begun: UtilityLife): void {
    log({ level: 'info', event: 'kiosk-process-back', detail: { pid: begun.pid ?? 0 } })
    watchdog.opened(openPatienceMs)
    ports.serveWaiting()
  }

  function screenUp(): void {
    if (isUp) log({ level: 'info', event: 'screen-back', detail: {} })
    isUp = true
    up.resolve()
  }

  function screenSilent(): void {
    if (!isUp)
      up.reject(new KioskError('internal', 'The screen did not come up: the window is there, the page says nothing.'))
    screen?.current()?.renew('the screen says nothing any more')
  }

  function prepareScreen() {
    Menu.setApplicationMenu(null)
    // In memory only: nothing of a visitor outlives the program.
    const session = sessions.fromPartition('kiosk-screen')
    lockDownSession(session, attempted)
    app.on('web-contents-created', (_event, contents) => lockDownContents(contents, attempted))
    serveScreenProtocol(session, {
      screenDir: options.kiosk.screen,
      picture: async (sha256) => kiosk.current()?.picture(sha256) ?? null,
    })
    const { screen: size } = readConfig(options.kiosk.config)
    const window = createKioskWindow({ session, preload: options.preload, size })
    return keepRunning<ScreenLife>({
      async begin() {
        watchdog.opened(openPatienceMs)
        return window.begin()
      },
      onLost(reason, failures) {
        watchdog.closed()
        report('screen-lost', 'error', { reason, failures })
      },
      onBack: () => undefined,
      uptimeMs,
    })
  }

  async function stop(): Promise<void> {
    up.reject(new Error('stopped'))
    await screen?.stop()
    await kiosk.stop()
  }

  return {
    /** Resolves when a visitor can use the screen. @throws KioskError in one sentence what is missing */
    async start(): Promise<{ url: string }> {
      try {
        screen = prepareScreen()
        await kiosk.start()
        await screen.start()
        await up.promise
        return { url: screenAddress }
      } catch (error) {
        await stop()
        throw error
      }
    },
    stop,
  }
}
