import type { ScreenSigns } from './host-messages.ts'
import type { Part } from './recoveries.ts'

type Restarted = Extract<Part, 'screen' | 'kiosk-process'>

type Options = {
  uptimeMs: () => number
  /** Tells the screen, through the kiosk process, to let nobody begin once nobody is there; or not to any more. */
  want: (wanted: boolean) => void
  restart: (part: Restarted, reason: string) => void
}

/** One night's hour has only one restart in it, and a host that has just begun needs none. */
const nightlyRestMs = 2 * 3_600_000
/** What was wanted is said again: the kiosk process that heard it may have been begun again. */
const sayAgainMs = 10_000

/** Restarts on purpose, never while somebody is there: the screen itself says that nobody can begin any more, and only then it is done. */
export function createPlannedRestarts({ uptimeMs, want, restart }: Options) {
  const wanted = new Map<Restarted, string>()
  let nightMs = uptimeMs()
  let saidMs = Number.NEGATIVE_INFINITY

  function plan(part: Restarted, reason: string): void {
    if (wanted.has(part)) return
    wanted.set(part, reason)
    saidMs = Number.NEGATIVE_INFINITY
  }

  return {
    plan,
    /** With every sign of the kiosk process. */
    heard({ resting, restartHour }: Pick<ScreenSigns, 'resting' | 'restartHour'>): void {
      if (restartHour && uptimeMs() - nightMs > nightlyRestMs) {
        nightMs = uptimeMs()
        plan('kiosk-process', 'nightly')
        plan('screen', 'nightly')
      }
      if (wanted.size === 0) return
      if (resting) {
        const due = [...wanted]
        wanted.clear()
        want(false)
        for (const [part, reason] of due) restart(part, reason)
      } else if (uptimeMs() - saidMs > sayAgainMs) {
        saidMs = uptimeMs()
        want(true)
      }
    },
  }
}
