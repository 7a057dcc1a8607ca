import { app, Menu, type MessagePortMain, session as sessions } from 'electron'
import { createAttemptReports } from '../kiosk/host/attempt-reports.ts'
import { decideWell } from '../kiosk/host/decide-well.ts'
import { createEndMarker } from '../kiosk/host/end-marker.ts'
import { type HostLog, hostReport } from '../kiosk/host/host-log.ts'
import { keepRunning } from '../kiosk/host/keep-running.ts'
import { type KioskHandle, kioskHandle } from '../kiosk/host/kiosk-handle.ts'
import { createRecoveries } from '../kiosk/host/recoveries.ts'
import { createScreenKeeper } from '../kiosk/host/screen-keeper.ts'
import { createUpkeep } from '../kiosk/host/upkeep.ts'
import { type KioskArguments, writeKioskArguments } from '../kiosk/kiosk-arguments.ts'
import type { Departure } from '../kiosk/maintenance/maintenance.ts'
import { readConfig } from '../kiosk/read-config.ts'
import { createBridgePorts } from './bridge-ports.ts'
import { createGuardedHost } from './guarded/guarded-host.ts'
import { isGuarded } from './guarded/make-session.ts'
import { createKioskWindow, type ScreenLife } from './kiosk-window.ts'
import { lockDownApp, lockDownContents, lockDownSession } from './lock-down.ts'
import { killGpu } from './screen-organs.ts'
import { screenAddress, serveScreenProtocol } from './screen-protocol.ts'
import { forkUtilityKiosk } from './utility-kiosk.ts'

export type ElectronHostOptions = {
  kiosk: KioskArguments
  /** Entries as built by build/electron.ts. */
  preload: string
  utility: string
  log: HostLog
  /** Nothing smaller helped: the whole program must be begun again, by whoever began it. */
  onHopeless: (reason: string) => void
}

type UtilityLife = KioskHandle & { sendPort(port: MessagePortMain): void }

/** A page that was opened, or whose kiosk process was started again, may take so long to say that it paints. */
const openPatienceMs = 45_000
const hopelessFailures = 6
const gpuLookMs = 4_000

/** One kiosk process and one window, each begun again when it ends. After Electron is ready. */
export function createElectronHost(options: ElectronHostOptions) {
  const { log } = options
  const uptimeMs = () => performance.now()
  const wantedForService = Promise.withResolvers<void>()

  const kiosk = keepRunning<UtilityLife>({ begin: beginKiosk, onLost: kioskLost, onBack: kioskBack, uptimeMs })
  const { report, handOver } = hostReport(log, kiosk.current)
  const attempted = createAttemptReports(uptimeMs, (detail) => report('breakout-attempt', 'warning', detail))
  const recoveries = createRecoveries({ uptimeMs, report })
  const marker = createEndMarker({ dataDir: options.kiosk.data, report })
  const keeper = createScreenKeeper({
    uptimeMs,
    report,
    recoveries,
    organs: () => screen?.current()?.organs ?? null,
    // A page that crashed has ended its life, which begins again by itself.
    remedies: {
      page: (_trouble, reason) => screen?.current()?.renew(reason),
      gpu: killGpu,
      browser: (_trouble, reason) => options.onHopeless(reason),
    },
  })
  const ports = createBridgePorts({
    sendPort: () => kiosk.current()?.sendPort ?? null,
    onRefused: () => report('bridge-refused', 'warning', { reason: 'a frame that is not the screen' }),
  })
  const guarded = createGuardedHost({
    window: () => window?.current() ?? null,
    tell: (told) => kiosk.current()?.send({ ask: 'guarded', told }),
    uptimeMs,
  })
  let window: ReturnType<typeof createKioskWindow> | null = null
  let screen: ReturnType<typeof keepRunning<ScreenLife>> | null = null

  const upkeep = createUpkeep({
    uptimeMs,
    environment: process.env,
    report,
    kiosk: kiosk.current,
    browserPids: () => app.getAppMetrics().flatMap(({ name, pid }) => (name === 'kiosk' ? [] : [pid])),
    restartScreen: (reason) => screen?.current()?.renew(reason),
    onPanel: keeper.setLight,
  })

  async function beginKiosk(signal: AbortSignal): Promise<UtilityLife> {
    const channel = forkUtilityKiosk(options.utility, writeKioskArguments(options.kiosk))
    const handle = await kioskHandle(channel, {
      onScreen(sign) {
        keeper.heard(sign.silentMs)
        upkeep.heard(sign)
      },
      onSession: () => undefined,
      onGuarded: guarded.hear,
      onDeparture,
      signal,
    })
    return { ...handle, sendPort: channel.sendPort }
  }

  /** Staff at the service screen. What begins anew is the two that run; this process has nothing that could wear out. */
  function onDeparture(how: Departure): void {
    log({ level: 'info', event: 'departure', detail: { how } })
    if (how === 'service') wantedForService.resolve()
    else upkeep.restartByStaff()
  }

  function kioskLost(reason: string, failures: number): void {
    keeper.closed()
    guarded.dropAll()
    if (upkeep.tookDown('kiosk-process')) return
    recoveries.lost('kiosk-process', reason)
    report('kiosk-process-lost', 'error', { reason, failures })
  }

  /** The page noticed that its port is closed, and waits for another; it holds what it could not say. */
  function kioskBack(begun: UtilityLife): void {
    log({ level: 'info', event: 'kiosk-process-back', detail: { pid: begun.pid ?? 0 } })
    handOver()
    keeper.opened(openPatienceMs)
    ports.serveWaiting()
  }

  function gpuGone(): void {
    recoveries.lost('gpu', 'the GPU process ended')
    screen
      ?.current()
      ?.organs.look(gpuLookMs)
      .then((drawn) => drawn === 'changing' && recoveries.back('gpu'))
      .catch(() => undefined)
  }

  function prepareScreen() {
    Menu.setApplicationMenu(null)
    // In memory only: nothing of a visitor outlives the program.
    const session = sessions.fromPartition('kiosk-screen')
    for (const each of [session, sessions.defaultSession]) lockDownSession(each, attempted)
    app.on('web-contents-created', (_event, contents) => {
      if (!isGuarded(contents.session)) lockDownContents(contents, attempted)
    })
    app.on('child-process-gone', (_event, { type }) => {
      if (type === 'GPU') gpuGone()
    })
    lockDownApp()
    serveScreenProtocol(session, {
      screenDir: options.kiosk.screen,
      picture: async (sha256) => kiosk.current()?.picture(sha256) ?? null,
    })
    const { screen: size } = readConfig(options.kiosk.config)
    const shown = createKioskWindow({ session, preload: options.preload, size })
    window = shown
    return keepRunning<ScreenLife>({
      async begin() {
        keeper.opened(openPatienceMs)
        return shown.begin()
      },
      onLost(reason, failures) {
        guarded.failAll(reason)
        if (upkeep.tookDown('screen')) keeper.closed()
        else keeper.lost(reason, { failures })
        if (failures >= hopelessFailures) options.onHopeless(reason)
      },
      onBack: () => undefined,
      uptimeMs,
    })
  }

  async function stop(): Promise<void> {
    keeper.giveUp(new Error('stopped'))
    await screen?.stop()
    await kiosk.stop()
    upkeep.end()
    marker.end()
  }

  return {
    /** Resolves when a visitor can use the screen. @throws KioskError in one sentence what is missing */
    async start(): Promise<{ url: string }> {
      try {
        marker.begin()
        screen = prepareScreen()
        await kiosk.start()
        await screen.start()
        await keeper.up
        marker.usable()
        return { url: screenAddress }
      } catch (error) {
        await stop()
        throw error
      }
    },
    stop,
    isWell: () => decideWell(keeper.lostForMs()),
    /** Settles when staff want the machine for service; whoever runs the host then ends it. */
    wantedForService: wantedForService.promise,
  }
}
