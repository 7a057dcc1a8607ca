import type { HealthCode, HealthEntry } from '../../../contract/health.ts'

type Level = HealthEntry['level']
type Detail = HealthEntry['detail']

/** Each trouble is told once, until something else happens. */
export function createReleaseTeller(report: (code: HealthCode, level: Level, detail: Detail) => void) {
  let lastTold = ''
  return {
    report,
    tell(code: HealthCode, level: Level, error: string, detail: Detail): void {
      const same = JSON.stringify([code, error, detail])
      if (same === lastTold) return
      lastTold = same
      report(code, level, { ...detail, error })
    },
    somethingElse(): void {
      lastTold = ''
    },
  }
}
export type ReleaseTeller = ReturnType<typeof createReleaseTeller>
