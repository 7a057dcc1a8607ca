/** Where a clock stands, and since when by what timers go by. */
export type ClockWatch = { atMs: number; sinceTimerMs: number; told: boolean }

/** A clock that goes has moved further than this between two looks. */
const moveMs = 100
const longMs = 30_000

/** A moment alone proves nothing: a clock may have been set back by just what had passed. */
export function decideStandstill(known: ClockWatch | null, atMs: number, timerMs: number) {
  if (known === null || Math.abs(atMs - known.atMs) > moveMs) {
    return { watch: { atMs, sinceTimerMs: timerMs, told: false }, standing: false, told: false }
  }
  const stoodMs = timerMs - known.sinceTimerMs
  const told = !known.told && stoodMs >= longMs
  return { watch: { ...known, told: known.told || told }, standing: stoodMs > moveMs, told }
}
