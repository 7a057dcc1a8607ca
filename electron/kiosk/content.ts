import type { AttractView } from '../../contract/menus/attract.ts'
import type { TourismView } from '../../contract/menus/tourism.ts'
import type { Clock } from './clock.ts'
import type { Report } from './health/health-log.ts'
import type { HubConnection } from './hub/hub-connection.ts'

/** What the kiosk shows: the release on screen and what the menus make of it. */
export type Content = {
  start(): void
  stop(): Promise<void>
  releaseNumber(): number
  pictureFile(sha256: string): string | null
  checkNow(): Promise<void>
  cameUp(releaseNumber: number): void
  onActivated(listener: () => void): void
  attractView(nowMs: number): AttractView
  tourismView(nowMs: number): TourismView
}

type ContentOptions = {
  dataDir: string
  release0Dir: string
  clock: Clock
  source: HubConnection['source']
  report: Report
}

export async function openContent(_options: ContentOptions): Promise<Content> {
  return {
    start: () => {},
    stop: async () => {},
    releaseNumber: () => 0,
    pictureFile: () => null,
    checkNow: async () => {},
    cameUp: () => {},
    onActivated: () => {},
    attractView: () => ({ releaseNumber: 0, slides: [] }),
    tourismView: () => ({ releaseNumber: 0, today: '2026-01-01', sights: [], occurrences: [] }),
  }
}
