import { expect, it } from 'vitest'
import { decideHang } from './decide-hang.ts'

it.each([
  ['a stutter', 4_900, 0, 'well'],
  ['an endless loop', 5_100, 0, 'hangs'],
  ['a machine so busy that it could not answer', 9_000, 6_000, 'well'],
  ['busy, and yet it had its time', 9_000, 3_000, 'hangs'],
  ['a disk that takes for ever', 30_001, 30_001, 'hangs'],
  ['a system that tells nothing, a while', 14_000, null, 'well'],
  ['a system that tells nothing, too long', 15_001, null, 'hangs'],
] as const)('%s', (_name, silentMs, excusedMs, verdict) => {
  expect(decideHang({ silentMs, excusedMs })).toBe(verdict)
})
