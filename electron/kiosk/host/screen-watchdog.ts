import { decideScreen } from './decide-screen.ts'

/** Judges from what the kiosk process hears whether the screen is there; acting is the host's. */
export function createScreenWatchdog(options: {
  uptimeMs: () => number
  /** Once per opening. */
  onUp: () => void
  onLost: () => void
}) {
  let opening: { atMs: number; patienceMs: number; up: boolean } | null = null
  let upAtMs = options.uptimeMs()
  return {
    /** A page was opened, or may come back by itself; it has so long. */
    opened(patienceMs: number): void {
      opening = { atMs: options.uptimeMs(), patienceMs, up: false }
    },
    /** There is no screen at present, and somebody is at it already. */
    closed(): void {
      opening = null
    },
    heard(silentMs: number | null): void {
      if (opening === null) return
      const verdict = decideScreen({ openedForMs: options.uptimeMs() - opening.atMs, ...opening, silentMs })
      if (verdict === 'up') upAtMs = options.uptimeMs()
      if (verdict === 'lost') {
        opening = null
        options.onLost()
      } else if (verdict === 'up' && !opening.up) {
        opening.up = true
        options.onUp()
      }
    },
    /** Since it was last seen to be there; from the start, if never. */
    lostForMs: (): number => options.uptimeMs() - upAtMs,
  }
}
