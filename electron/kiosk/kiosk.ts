import { KioskError } from '../../contract/error-codes.ts'
import type { FacilityConfig } from '../../contract/facility-config.ts'
import type { HealthCode, HealthEntry, KioskStatus } from '../../contract/health.ts'
import type { BridgeRouter } from './bridge/bridge-router.ts'
import type { Clock } from './clock.ts'
import type { KioskTiming } from './timing.ts'

export type KioskLogEntry = { atMs: number; level: HealthEntry['level']; code: string; detail: HealthEntry['detail'] }

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
  /** In place of the pinned fetch, so that a test can cut, repeat and reorder what is sent. */
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

export async function createKiosk(options: KioskOptions): Promise<Kiosk> {
  throw new KioskError('internal', 'not built yet', { dataDir: options.dataDir })
}
