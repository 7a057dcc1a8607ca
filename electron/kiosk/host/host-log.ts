import type { HealthCode, HealthEntry } from '../../../contract/health.ts'
import type { KioskHandle } from './kiosk-handle.ts'

export type HostLogEntry = { level: HealthEntry['level']; event: string; detail: Record<string, string | number> }
export type HostLog = (entry: HostLogEntry) => void

/** As the kiosk process logs: one JSON line per entry. */
export const logToStandardError: HostLog = (entry) =>
  console.error(JSON.stringify({ atMs: Date.now(), level: entry.level, code: entry.event, detail: entry.detail }))

/** What concerns the town hall too goes into the kiosk's health log, when there is a kiosk to take it. */
export function hostReport(log: HostLog, kiosk: () => KioskHandle | null) {
  return (code: HealthCode, level: HealthEntry['level'], detail: Record<string, string | number>): void => {
    log({ level, event: code, detail })
    kiosk()?.send({ ask: 'report', code, level, detail })
  }
}
