import type { Worker } from 'node:worker_threads'
import type { FacilityConfig } from '../../contract/facility-config.ts'
import type { HealthCode, HealthEntry, KioskStatus } from '../../contract/health.ts'
import type { BridgeRouter } from './bridge/bridge-router.ts'
import type { Clock } from './clock.ts'
import type { KioskLogEntry } from './health/health-log.ts'
import type { HubMove } from './identity/membership.ts'
import type { GuardedBrowser, GuardedPicture } from './internet/guarded-browser.ts'
import type { OutsideLine } from './internet/outside-line.ts'
import type { Departure } from './maintenance/maintenance.ts'
import type { OpeningState } from './opening/decide-opening.ts'
import type { KioskTiming } from './timing.ts'

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
  /** The host's browser for strange pages; without one there is no 体験インターネット. */
  guardedBrowser?: GuardedBrowser | undefined
  /** In place of `/proc/bus/input/devices`. */
  inputDevicesFile?: string
  /** In place of the network, for its made-up names. */
  outside?: OutsideLine | undefined
  /** In place of the thread that searches the library's catalogue, so that it can be made to fail. */
  startSearchWorker?: (() => Worker) | undefined
  /** Staff at the service screen want it to begin anew, or to end for service. Without it neither can be had. */
  onDeparture?: (how: Departure) => void
  /** This process can do no more good and should end; whoever keeps it running begins another. At most once in a boot. */
  onWorn?: () => void
}

export type Kiosk = {
  /** oRPC router of `contract/bridge.ts`; a host serves it over its port or socket with the context `{}`. */
  bridge: BridgeRouter
  /** Absolute path of a picture of the release on screen, null if it has none of that name. */
  pictureFile(sha256: string): string | null
  /** The guarded page as pictures, while there is one. */
  guardedPicture(): GuardedPicture | null
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
  /** For the host: ms since the screen last said that it paints (null: never yet), whether a visitor is there, whether it waits for a restart, and the facility's hours. */
  screen(): { silentMs: number | null; visiting: boolean; resting: boolean } & OpeningState
  /** Asks the screen to let nobody begin as soon as nobody is there, until the host has restarted; or not to any more. */
  wantRestart(wanted: boolean): void
}
