import type { HealthCode } from '../../../contract/health.ts'

/** When each code was let through lately (uptime, ms), and how often it was not. */
export type ReportMemory = ReadonlyMap<HealthCode, { toldAtMs: readonly number[]; suppressed: number }>

const windowMs = 600_000
const perWindow = 5

/** Five of a kind in ten minutes; the next one let through says how many were not. */
export function decideReport(memory: ReportMemory, code: HealthCode, uptimeMs: number) {
  const known = memory.get(code) ?? { toldAtMs: [], suppressed: 0 }
  const recent = known.toldAtMs.filter((atMs) => uptimeMs >= atMs && uptimeMs - atMs < windowMs)
  const told = recent.length < perWindow
  const next = told
    ? { toldAtMs: [...recent, uptimeMs], suppressed: 0 }
    : { toldAtMs: recent, suppressed: known.suppressed + 1 }
  return { told, suppressedBefore: told ? known.suppressed : 0, memory: new Map(memory).set(code, next) }
}
