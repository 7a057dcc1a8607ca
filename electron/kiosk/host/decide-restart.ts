const firstMs = 1_000
const mostMs = 30_000
/** What ran for so long was well: its end is the first of a new series. */
const wellAfterMs = 60_000

/** How many ends in a row this one makes. */
export function decideFailures(before: number, ranMs: number): number {
  return ranMs >= wellAfterMs ? 1 : before + 1
}

/** The wait before the next start: the first at once, then doubling up to half a minute, for ever. */
export function decideRestartMs(failuresInARow: number): number {
  return failuresInARow <= 1 ? 0 : Math.min(mostMs, firstMs * 2 ** Math.min(failuresInARow - 2, 20))
}
