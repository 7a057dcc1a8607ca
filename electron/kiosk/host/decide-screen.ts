/** The screen says that it paints every 2 s; so long without is no stutter any more. */
const silentLimitMs = 15_000

export type ScreenSign = {
  /** Since the page was opened, or given the time to come back by itself. */
  openedForMs: number
  /** How long that may take. */
  patienceMs: number
  /** Since the screen last said that it paints; null: never. */
  silentMs: number | null
}

/** A sign that is older than the opening comes from the page before. */
export function decideScreen({ openedForMs, patienceMs, silentMs }: ScreenSign): 'opening' | 'up' | 'lost' {
  const isUp = silentMs !== null && silentMs < openedForMs
  if (isUp) return silentMs > silentLimitMs ? 'lost' : 'up'
  return openedForMs > patienceMs ? 'lost' : 'opening'
}
