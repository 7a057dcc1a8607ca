/** Smaller pictures cost less to take, to carry and to draw; letters that move are not read. */
const movingScale = 0.5
/** 30 pictures a second. */
const smoothMs = 1_000 / 30
/** Longer than this nothing moved on the page, however the finger did. */
const stillMs = 1_000
const weight = 0.25

/** Share of the page's pixels each way that its pictures have. A machine that is quick enough never makes them small. */
export function decideScale(now: { moving: boolean; apartMs: number }): number {
  return now.moving && now.apartMs > smoothMs ? movingScale : 1
}

/** Time between pictures while a finger moves, the last ones counting most. */
export function decideApart(beforeMs: number, gapMs: number): number {
  return gapMs > stillMs ? beforeMs : beforeMs + (gapMs - beforeMs) * weight
}
