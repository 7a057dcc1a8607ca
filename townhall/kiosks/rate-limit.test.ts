import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRateLimit } from './rate-limit.ts'

it('lets a burst through, then as many as the seconds bring, and says how long to wait', () => {
  let nowMs = 0
  const limit = createRateLimit({ perSecond: 2, burst: 3 }, () => nowMs)
  expect([1, 2, 3, 4].map(() => limit.take('a'))).toEqual([0, 0, 0, 500])
  expect(limit.take('b')).toBe(0)
  nowMs += 499
  expect(limit.take('a')).toBeGreaterThan(0)
  nowMs += 1
  expect(limit.take('a')).toBe(0)
  nowMs += 3_600_000
  expect([1, 2, 3, 4].map(() => limit.take('a') === 0)).toEqual([true, true, true, false])
})

it('never lets more through than the burst and the time allow', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 2_000 }), { maxLength: 200 }), (pauses) => {
      let nowMs = 0
      const limit = createRateLimit({ perSecond: 5, burst: 4 }, () => nowMs)
      let through = 0
      for (const pause of pauses) {
        nowMs += pause
        if (limit.take('a') === 0) through += 1
      }
      expect(through).toBeLessThanOrEqual(4 + (nowMs / 1000) * 5 + 1e-6)
    }),
  )
})
