import type { KioskLogEntry, Report } from '../health/health-log.ts'
import type { HubFailure } from './hub-failure.ts'

/** Tells the log when the line's trouble changes, not at every try; a certificate that is not the hub's also goes to the hub, once it is back. */
export function createHubTrouble(report: Report, log: (entry: KioskLogEntry) => void, nowMs: () => number) {
  let current: HubFailure['kind'] | null = null
  return {
    failed(failure: HubFailure, error: unknown): void {
      if (failure.kind === 'certificate') {
        report('hub-certificate-refused', 'error', { fingerprint: failure.fingerprint })
      }
      if (failure.kind === current) return
      current = failure.kind
      const level = failure.kind === 'offline' || failure.kind === 'busy' ? 'info' : 'error'
      const message = error instanceof Error ? error.message : 'unknown'
      log({ atMs: nowMs(), level, code: `hub-${failure.kind}`, detail: { message: message.slice(0, 300) } })
    },
    heard(): void {
      if (current !== null) log({ atMs: nowMs(), level: 'info', code: 'hub-heard', detail: { after: current } })
      current = null
    },
  }
}
