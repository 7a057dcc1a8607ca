import { expect, it } from 'vitest'
import { decideFailures, decideRestartMs } from './decide-restart.ts'

it.each([
  [1, 0],
  [2, 1_000],
  [3, 2_000],
  [6, 16_000],
  [7, 30_000],
  [5_000, 30_000],
])('after %i ends in a row it waits %i ms', (failures, waitMs) => {
  expect(decideRestartMs(failures)).toBe(waitMs)
})

it.each([
  [0, 500, 1],
  [3, 500, 4],
  [3, 59_999, 4],
  [9, 60_000, 1],
])('%i ends before and %i ms of life make %i', (before, ranMs, failures) => {
  expect(decideFailures(before, ranMs)).toBe(failures)
})
