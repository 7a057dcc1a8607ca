import type { KioskLogEntry } from './health/health-log.ts'

/** What is done again and again. Whatever fails in it is logged, and done the next time. */
export function createRounds(log: (entry: KioskLogEntry) => void, nowMs: () => number) {
  const timers: NodeJS.Timeout[] = []

  function unexpected(error: unknown): void {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
    log({ atMs: nowMs(), level: 'error', code: 'internal', detail: { error: message.slice(0, 2_000) } })
  }

  function guarded(act: () => unknown): void {
    try {
      act()
    } catch (error) {
      unexpected(error)
    }
  }

  return {
    unexpected,
    guarded,
    every(intervalMs: number, act: () => void): void {
      const timer = setInterval(() => guarded(act), intervalMs)
      timer.unref()
      timers.push(timer)
    },
    stop(): void {
      for (const timer of timers) clearInterval(timer)
    },
  }
}
