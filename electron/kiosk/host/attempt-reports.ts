const againAfterMs = 60_000

/** One line per kind of attempt and minute, however often it is tried: a flood of windows must not become a flood of the log. */
export function createAttemptReports(
  uptimeMs: () => number,
  report: (detail: Record<string, string | number>) => void,
) {
  const kinds = new Map<string, { toldMs: number; untold: number }>()
  return (attempt: string, detail: Record<string, string>): void => {
    const known = kinds.get(attempt)
    if (known && uptimeMs() - known.toldMs < againAfterMs) {
      known.untold += 1
      return
    }
    kinds.set(attempt, { toldMs: uptimeMs(), untold: 0 })
    report({ attempt, ...detail, times: (known?.untold ?? 0) + 1 })
  }
}
