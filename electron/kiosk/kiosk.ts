import type { DeviceState } from '../../contract/bridge.ts'
import type { FacilityConfig } from '../../contract/facility-config.ts'
import type { HealthCode, HealthEntry, KioskStatus } from '../../contract/health.ts'
import { contractVersion, softwareVersion } from '../../contract/version.ts'
import { type BridgeRouter, createBridgeRouter } from './bridge/bridge-router.ts'
import type { Clock } from './clock.ts'
import { createContent } from './content.ts'
import { createDeviceWatch } from './device/device-watch.ts'
import { freeDiskBytes } from './device/free-disk.ts'
import { createScreenWatch } from './device/screen-watch.ts'
import { createHealthLog, type KioskLogEntry } from './health/health-log.ts'
import { createHubConnection } from './hub/hub-connection.ts'
import { createHubLink } from './hub/hub-link.ts'
import { createHubTrouble } from './hub/hub-trouble.ts'
import { createMembership, type HubMove } from './identity/membership.ts'
import { checkMenu } from './menus/check-menu.ts'
import { createSendQueue } from './outbox/send-queue.ts'
import { createSender, type Sender } from './outbox/sender.ts'
import { createReleaseService } from './release/release-service.ts'
import { openStorage } from './storage.ts'
import { createKioskTime, type KioskTime } from './time/kiosk-time.ts'
import { type KioskTiming, productTiming } from './timing.ts'
import { createUsageService } from './usage/usage-service.ts'

export type { KioskLogEntry } from './health/health-log.ts'

export type KioskOptions = {
  hostKind: KioskStatus['host']
  /** Made if missing; holds `outbox.sqlite`, `cache.sqlite`, `identity/`, `releases/`. One process at a time. */
  dataDir: string
  /** The release the kiosk carries. */
  release0Dir: string
  config: FacilityConfig
  clock: Clock
  /** In [0, 1); spreads retries. */
  random?: () => number
  log: (entry: KioskLogEntry) => void
  /** In place of fetch on plain loopback, so that a test can cut, repeat and reorder what is sent. Over https the pinned fetch is used always. */
  fetchImpl?: typeof fetch
  timing?: Partial<KioskTiming>
  /** Asked before every write of the outbox: it may hold so many 4 KiB pages and no more; SQLite itself then says that it is full. */
  outboxPageLimit?: () => number | null
}

export type Kiosk = {
  /** oRPC router of `contract/bridge.ts`; a host serves it over its port or socket with the context `{}`. */
  bridge: BridgeRouter
  /** Absolute path of a picture of the release on screen, null if it has none of that name. */
  pictureFile(sha256: string): string | null
  enrol(input: { hubUrl: string; code: string }): Promise<{ kioskId: string }>
  enrolled(): boolean
  /** The same hub at another address. Throws `bad-arguments`. */
  moveHub(hubUrl: string): Promise<HubMove>
  /** Begins to talk to the hub and to look for releases. Counting works before. */
  start(): void
  /** Ends everything and closes the files; sends nothing more. */
  stop(): Promise<void>
  status(): KioskStatus
  /** Sends all that is queued now; resolves when the hub has acknowledged it or a try failed. */
  flush(): Promise<void>
  /** For the host: a window lost, a bridge refused, a way out tried. */
  report(code: HealthCode, level: HealthEntry['level'], detail: HealthEntry['detail']): void
  /** For the host's watchdog: ms since the screen last said that it paints (null: never yet), and whether a visitor is there. */
  screen(): { silentMs: number | null; visiting: boolean }
  /** Asks the screen to let the host restart at the next idle. */
  wantRestart(): void
}

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
  const health = createHealthLog({ now: () => time.now(), use, log, onWritten: () => sender?.wake() })
  const { report } = health
  const device = createDeviceWatch(deviceState)
  const screen = createScreenWatch(clock.uptimeMs)
  time = createKioskTime({ clock, use, report, onChange: device.changed })

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
      if (push.kind !== 'ping') lookForRelease()
      if (push.kind === 'hello') sending.hubHeard()
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

  let connected = false
  let restartWanted = false
  const timers: NodeJS.Timeout[] = []
  const startedAtMs = clock.uptimeMs()

  membership.adoptName()
  const { identityUnusable, cacheSetAside } = storage.found
  if (identityUnusable !== null) report('config-refused', 'error', { file: 'identity', reason: identityUnusable })
  if (cacheSetAside !== null) report('cache-rebuilt', 'warning', { setAside: cacheSetAside })
  reportRescue()

  function reportRescue(): void {
    const rescue = storage.outbox.takeRescue()
    if (rescue !== null) report('outbox-salvaged', 'error', { ...rescue })
  }

  function setLine(next: boolean): void {
    if (next) trouble.heard()
    if (next === connected) return
    connected = next
    device.changed()
  }

  function deviceState(): DeviceState {
    return {
      config,
      softwareVersion,
      releaseNumber: release.current().number,
      line: identity() === null ? 'not-enrolled' : connected ? 'connected' : 'cut',
      nowMs: time.nowMs(),
      restartWanted,
    }
  }

  function status(): KioskStatus {
    const { lastSequence, depth, oldestAtMs } = use((outbox) => outbox.state())
    return {
      softwareVersion,
      contractVersion,
      host: options.hostKind,
      releaseNumber: release.current().number,
      lastSequence,
      outboxDepth: depth + usage.heldCount(),
      oldestUnsentAtMs: oldestAtMs,
      clockOffsetMs: time.offsetMs(),
      freeDiskBytes: freeDiskBytes(dataDir),
      uptimeMs: Math.max(0, Math.round(clock.uptimeMs() - startedAtMs)),
      screenAlive: screen.alive(),
    }
  }

  function lookForRelease(): void {
    release.checkNow().catch(unexpected)
  }

  /** What waits for the disk is tried again, and what was found in passing is told. */
  function lookAfter(): void {
    guarded(() => usage.commitHeld())
    guarded(() => queue.remove())
    guarded(reportRescue)
    health.write()
  }

  function guarded(act: () => unknown): void {
    try {
      act()
    } catch (error) {
      unexpected(error)
    }
  }

  function unexpected(error: unknown): void {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
    log({ atMs: time.nowMs(), level: 'error', code: 'internal', detail: { error: message.slice(0, 2_000) } })
  }

  function every(intervalMs: number, act: () => void): void {
    const timer = setInterval(() => guarded(act), intervalMs)
    timer.unref()
    timers.push(timer)
  }

  return {
    bridge: createBridgeRouter({
      watchDevice: device.watch,
      record: usage.record,
      cameUp(releaseNumber) {
        screen.drew()
        release.cameUp(releaseNumber)
      },
      screenAlive: screen.said,
      screenFailed(message) {
        report('screen-failed', 'error', { message })
        release.screenFailed()
      },
      attractView: () => content.attractView(time.nowMs()),
      tourismView: () => content.tourismView(time.nowMs()),
      unexpected,
    }),
    pictureFile: release.pictureFile,

    async enrol(input) {
      // Under a new name the queue is numbered anew: what the old name can still deliver is delivered first.
      if (identity() !== null) await sending.flush()
      const name = await membership.enrol(input, (work) =>
        sending.switchName(async () => {
          await work()
          queue.startOver()
        }),
      )
      device.changed()
      link.reconnect()
      return name
    },
    enrolled: () => identity() !== null,
    async moveHub(hubUrl) {
      const outcome = await membership.moveHub(hubUrl)
      if (outcome === 'moved') link.reconnect()
      return outcome
    },

    start() {
      report('kiosk-started', 'info', { softwareVersion, host: options.hostKind })
      every(timing.heldRetryMs, lookAfter)
      every(timing.clockCheckMs, time.check)
      every(timing.deviceStateMs, device.changed)
      every(timing.releasePollMs, lookForRelease)
      release.start()
      link.start()
      sending.start()
    },

    async stop() {
      ending.abort()
      for (const timer of timers) clearInterval(timer)
      device.close()
      await Promise.all([sending.stop(), link.stop(), release.stop()])
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
    screen: screen.state,
    wantRestart() {
      restartWanted = true
      device.changed()
    },
  }
}
