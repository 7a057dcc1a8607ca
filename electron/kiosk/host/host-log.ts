import type { HealthCode, HealthEntry } from '../../../contract/health.ts'
import { limitLog } from '../health/limit-log.ts'
import type { ToKiosk } from './host-messages.ts'
import type { KioskHandle } from './kiosk-handle.ts'

export type HostLogEntry = { level: HealthEntry['level']; event: string; detail: Record<string, string | number> }
export type HostLog = (entry: HostLogEntry) => void

/** As the kiosk process logs: one JSON line per entry. */
export const logToStandardError: HostLog = limitLog<HostLogEntry>(
  ({ event }) => event,
  () => performance.now(),
  (entry) =>
    console.error(JSON.stringify({ atMs: Date.now(), level: entry.level, code: entry.event, detail: entry.detail })),
)

const mostWaiting = 50

/** What concerns the town hall too goes into the kiosk's health log; while there is no kiosk to take it, it waits for the next one. */
export function hostReport(log: HostLog, kiosk: () => KioskHandle | null) {
  let waiting: ToKiosk[] = []
  return {
    report(code: HealthCode, level: HealthEntry['level'], detail: Record<string, string | number>): void {
      log({ level, event: code, detail })
      const said: ToKiosk = { ask: 'report', code, level, detail }
      const taker = kiosk()
      if (taker === null) waiting = [...waiting, said].slice(-mostWaiting)
      else taker.send(said)
    },
    /** There is a kiosk again. */
    handOver(): void {
      for (const said of waiting.splice(0)) kiosk()?.send(said)
    },
  }
}
