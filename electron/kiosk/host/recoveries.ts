import type { HealthCode, HealthEntry } from '../../../contract/health.ts'

export type Part = 'screen' | 'kiosk-process' | 'gpu' | 'host'

type Options = {
  uptimeMs: () => number
  report: (code: HealthCode, level: HealthEntry['level'], detail: Record<string, string | number>) => void
}

/** The time from a loss until a visitor can use the screen again, one entry for each. */
export function createRecoveries({ uptimeMs, report }: Options) {
  const open = new Map<Part, { sinceMs: number; reason: string }>()
  return {
    /** A part that is lost again before it was back is still the same loss. */
    lost(part: Part, reason: string): void {
      if (!open.has(part)) open.set(part, { sinceMs: uptimeMs(), reason })
    },
    back(part: Part): void {
      const loss = open.get(part)
      if (loss === undefined) return
      open.delete(part)
      report('recovered', 'warning', { part, ms: Math.round(uptimeMs() - loss.sinceMs), reason: loss.reason })
    },
  }
}
export type Recoveries = ReturnType<typeof createRecoveries>
