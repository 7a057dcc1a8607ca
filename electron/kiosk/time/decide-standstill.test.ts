import { expect, it } from 'vitest'
import { type ClockWatch, decideStandstill } from './decide-standstill.ts'

/** [what timers go by, the clock], each 10 s apart unless said. */
it.each<[string, [number, number][], number[]]>([
  ['a clock that goes', Array.from({ length: 9 }, (_, n) => [n * 10_000, n * 10_000]), []],
  ['one that stands, told once', Array.from({ length: 9 }, (_, n) => [n * 10_000, 5]), [30_000]],
  ['one that goes slowly', Array.from({ length: 9 }, (_, n) => [n * 10_000, n * 1_000]), []],
  [
    'one that was set back by what had passed',
    [
      [0, 0],
      [10_000, 0],
      [20_000, 10_000],
      [50_000, 40_000],
    ],
    [],
  ],
  [
    'looked at again at once',
    [
      [0, 0],
      [1, 0],
      [2, 0],
    ],
    [],
  ],
  [
    'one that stood, went, and stands again',
    [
      [0, 0],
      [40_000, 0],
      [50_000, 9_000],
      [70_000, 9_000],
      [80_000, 9_000],
    ],
    [40_000, 80_000],
  ],
])('%s', (_, looks, toldAtMs) => {
  let watch: ClockWatch | null = null
  const seen: number[] = []
  for (const [timerMs, atMs] of looks) {
    const decided = decideStandstill(watch, atMs, timerMs)
    watch = decided.watch
    if (decided.told) seen.push(timerMs)
  }
  expect(seen).toEqual(toldAtMs)
})
