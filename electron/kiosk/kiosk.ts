import { softwareVersion } from '../../contract/version.ts'
import { createBridgeRouter } from './bridge/bridge-router.ts'
import { createContent } from './content.ts'
import { createDeviceNow } from './device/device-now.ts'
import { createScreenCalls } from './device/screen-calls.ts'
import { createScreenWatch } from './device/screen-watch.ts'
import { createTouchDays } from './device/touch-days.ts'
import { createTouchPanel } from './device/touch-panel.ts'
import { createHealthLog } from './health/health-log.ts'
import { createKioskStatus } from './health/kiosk-status.ts'
import { createRecentReports } from './health/recent-reports.ts'
import { createHubConnection } from './hub/hub-connection.ts'
import { createHubLink } from './hub/hub-link.ts'
import { createHubTrouble } from './hub/hub-trouble.ts'
import { testLine } from './hub/test-line.ts'
import { createEnrolment } from './identity/enrolment.ts'
import { createMembership } from './identity/membership.ts'
import { createInternetService } from './internet/internet-service.ts'
import { outsideLine } from './internet/outside-line.ts'
import type { Kiosk, KioskOptions } from './kiosk-options.ts'
import { createLibraryService } from './library/library-service.ts'
import { createMaintenance } from './maintenance/maintenance.ts'
import { createPinStore } from './maintenance/pin-store.ts'
import { programVersions } from './maintenance/program-versions.ts'
import { checkMenu } from './menus/check-menu.ts'
import { createSendQueue } from './outbox/send-queue.ts'
import { createSender, type Sender } from './outbox/sender.ts'
import { createReleaseService } from './release/release-service.ts'
import { createRounds } from './rounds.ts'
import { openStorage } from './storage.ts'
import { createStorageReports } from './storage-reports.ts'
import { createKioskTime, type KioskTime } from './time/kiosk-time.ts'
import { onceInBoot } from './time/once-in-boot.ts'
import { type KioskTiming, productTiming } from './timing.ts'
import { createUsageService } from './usage/usage-service.ts'

export type { KioskLogEntry } from './health/health-log.ts'
export type { Kiosk, KioskOptions } from './kiosk-options.ts'

/** Wires the kiosk. Throws `data-newer-than-program`, `disk-read-only`, `disk-full`, or `bad-arguments` when another process has the folder. */
export async function createKiosk(options: KioskOptions): Promise<Kiosk> {
  const { dataDir, release0Dir, config, clock, log, random = Math.random, fetchImpl = fetch } = options
  const timing: KioskTiming = { ...productTiming, ...options.timing }
  const ending = new AbortController()
  const storage = openStorage({ dataDir, wallMs: clock.wallMs, pageLimit: options.outboxPageLimit ?? (() => null) })
  const { identity, floor } = storage
  const { use } = storage.outbox

  // Three that speak of one another: what fails is reported with a time, and what is reported is sent.
  let time: KioskTime
  let sender: Sender | null = null
  const recent = createRecentReports(storage.text('recent-reports'))
  const health = createHealthLog({
    now: () => time.now(),
    use,
    log,
    onWritten: () => sender?.wake(),
    note: recent.note,
  })
  const { report } = health
  const storageReports = createStorageReports(storage, report)
  const enrolled = () => identity() !== null
  const device = createDeviceNow({
    config,
    nowMs: () => time.nowMs(),
    enrolled,
    releaseNumber: () => release.current().number,
  })
  const screen = createScreenWatch(clock.uptimeMs)
  // A process that a new beginning did not help is better kept: it shows the screen and counts.
  const onUptimeStopped = onceInBoot(storage.text('worn-in-boot'), clock.bootId, () => options.onWorn?.())
  time = createKioskTime({ clock, use, report, onChange: device.changed, onUptimeStopped })
  const { nowMs } = time
  const { uptimeMs } = clock
  const { every, guarded, unexpected, stop: endRounds } = createRounds(log, nowMs)
  const touchPanel = createTouchPanel({
    devicesFile: options.inputDevicesFile ?? '/proc/bus/input/devices',
    report,
    uptimeMs,
    keep: storage.text('touch-panel'),
  })
  const isOpen = () => device.opening().open
  const touchDays = createTouchDays({ nowMs, uptimeMs, isOpen, report, keep: storage.text('touch-days') })

  const usage = createUsageService({
    config,
    time,
    use,
    onCommitted(lastSequence) {
      storage.noteGiven(lastSequence)
      sender?.wake()
    },
    onDiskRefused: (reason) => report('disk-full', 'error', { reason }),
    onDiskTakesAgain: (heldAccesses) => report('disk-recovered', 'info', { heldAccesses }),
  })
  const connection = createHubConnection({ identity, fetchImpl, time, clock, timing })
  const membership = createMembership({ storage, connection, clock, time, timing, fetchImpl, report, log })
  const trouble = createHubTrouble(report, log, time.nowMs)
  const release = await createReleaseService({
    dataDir,
    release0Dir,
    source: connection.source,
    // A release's expiry is judged by the best time there is, not by a wall clock that may be years off.
    clock: time,
    report,
    checkMenu,
    screenWatching: () => device.watched() && screen.alive(),
  }).catch((error: unknown) => {
    storage.close()
    throw error
  })
  const content = createContent(release.current)
  const internet = createInternetService({
    content: content.internet,
    releaseNumber: () => release.current().number,
    reservePage: (title) => library.reservePage(title),
    browser: options.guardedBrowser ?? null,
    outside: options.outside ?? outsideLine,
    uptimeMs: clock.uptimeMs,
    report,
    onTurn: () => void link.beatNow(),
  })
  const library = createLibraryService({
    content: content.library,
    releaseNumber: () => release.current().number,
    file: release.pictureFile,
    timesDamaged: release.timesDamaged,
    onDamage: (hashes) => void release.suspect(hashes).catch(unexpected),
    hub: async () => (sending.revoked() ? null : connection.client()),
    connected: device.connected,
    nowMs: time.nowMs,
    uptimeMs,
    report,
    // A facility that does not offer 体験インターネット does not offer it by way of a book.
    guardedPolicy: () => (config.menus.includes('internet') ? internet.policy() : null),
    onReady: device.changed,
    startWorker: options.startSearchWorker,
  })
  const status = createKioskStatus({
    host: options.hostKind,
    dataDir,
    clock,
    releaseNumber: () => release.current().number,
    use,
    heldAccesses: usage.heldCount,
    clockOffsetMs: time.offsetMs,
    screenAlive: screen.alive,
    internet: internet.occupied,
  })
  const queue = createSendQueue({ use, time, floor, report, signal: ending.signal })
  const sending = createSender({
    queue,
    client: async () => (membership.adoptName() ? connection.client() : null),
    random,
    timing,
    onFailure: trouble.failed,
    signal: ending.signal,
  })
  sender = sending
  const link = createHubLink({
    client: async () => (sending.revoked() ? null : connection.client()),
    status,
    random,
    timing,
    onLine: setLine,
    onPush(push) {
      if (push.kind === 'hello' || push.kind === 'release-published') lookForRelease()
      if (push.kind === 'hello') sending.hubHeard()
      if (push.kind === 'end-internet') internet.endByStaff(push.turn).catch(unexpected)
    },
    onFailure(failure, error) {
      if (failure.kind === 'revoked') sending.noteRevoked()
      trouble.failed(failure, error)
    },
    onCertificates: membership.rollPins,
    signal: ending.signal,
  })
  release.subscribe(() => {
    device.changed()
    void link.beatNow()
  })

  const enrolment = createEnrolment({
    ...{ enrolled, membership, sending, queue },
    onName: device.changed,
    onHub: link.reconnect,
  })
  const maintenance = createMaintenance({
    clock,
    store: createPinStore(dataDir),
    idleMs: config.idle.warnAfterMs,
    report,
    view() {
      const known = identity()
      const hub = known === null ? null : { url: known.hubUrl, kioskId: known.kioskId }
      return { status: status(), versions: programVersions(), hub, recent: recent.list() }
    },
    testLine: () => testLine(connection, clock.uptimeMs),
    async sendNow() {
      lookAfter()
      await sending.flush()
      return { outboxDepth: status().outboxDepth }
    },
    enrol: enrolment.enrol,
    depart: options.onDeparture ?? null,
  })

  membership.adoptName()
  storageReports.atStart()

  function setLine(next: boolean): void {
    if (next) trouble.heard()
    if (device.setLine(next) && next) void library.lookForLoans()
  }

  function lookForRelease(): void {
    release.checkNow().catch(unexpected)
  }

  /** What waits for the disk is tried again, and what was found in passing is told. */
  function lookAfter(): void {
    guarded(() => usage.commitHeld())
    guarded(() => queue.remove())
    guarded(storageReports.rescue)
    health.write()
  }

  return {
    bridge: createBridgeRouter({
      watchDevice: device.watch,
      record: usage.record,
      ...createScreenCalls({ screen, touchDays, release, internet, maintenance, report }),
      attractView: () => content.attractView(time.nowMs()),
      tourismView: () => content.tourismView(time.nowMs()),
      internet,
      library,
      maintenance,
      unexpected,
    }),
    pictureFile: release.pictureFile,
    guardedPicture: internet.picture,
    ...enrolment,
    enrolled,

    start() {
      report('kiosk-started', 'info', { softwareVersion, host: options.hostKind })
      for (const look of [touchPanel.look, touchDays.look, library.look]) guarded(look)
      every(timing.heldRetryMs, lookAfter)
      every(timing.clockCheckMs, time.check)
      every(timing.serviceLookMs, maintenance.look)
      every(timing.panelLookMs, touchPanel.look)
      every(timing.touchDaysMs, touchDays.look)
      every(timing.deviceStateMs, device.changed)
      every(timing.releasePollMs, lookForRelease)
      every(timing.loansMs, () => void library.lookForLoans())
      every(timing.catalogueLookMs, library.look)
      release.start()
      link.start()
      sending.start()
    },

    async stop() {
      ending.abort()
      endRounds()
      device.close()
      await Promise.all([internet.close(), library.close(), sending.stop(), link.stop(), release.stop()])
      await connection.reset()
      guarded(() => usage.commitHeld())
      storage.close()
    },

    status,
    async flush() {
      lookAfter()
      await sending.flush()
    },
    report,
    screen: () => ({ ...screen.state(), ...device.opening() }),
    wantRestart: device.wantRestart,
  }
}
