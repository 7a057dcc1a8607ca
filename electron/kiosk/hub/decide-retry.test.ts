import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideRetryMs, readRetryAfter } from './decide-retry.ts'

const limits = { firstMs: 1_000, maxMs: 300_000 }

describe('decideRetryMs', () => {
  it.each([
    [1, 0.5, 500],
    [2, 0.5, 1_000],
    [5, 0.999, 15_984],
    [40, 0.5, 150_000],
    [3, 0, 0],
  ])('after %i failures with the die at %d: %i ms', (failures, random, waitMs) => {
    expect(decideRetryMs(failures, random, limits)).toBe(waitMs)
  })

  it('lies between nothing and the limit, and behind what the hub asked for', () => {
    const die = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    fc.assert(
      fc.property(fc.nat(10_000), die, fc.option(fc.nat(1e7)), (failures, random, askedMs) => {
        const waitMs = decideRetryMs(failures, random, limits, askedMs)
        const asked = Math.min(askedMs ?? 0, 3_600_000)
        expect(waitMs).toBeGreaterThanOrEqual(asked)
        expect(waitMs).toBeLessThanOrEqual(asked + limits.maxMs)
      }),
    )
  })
})

it.each([
  [null, null],
  ['7', 7_000],
  [' 0 ', 0],
  ['Tue, 24 Nov 2026 03:00:30 GMT', 30_000],
  ['Tue, 24 Nov 2026 02:00:00 GMT', 0],
  ['soon', null],
  ['-5', null],
])('Retry-After %j asks for %j ms', (header, askedMs) => {
  expect(readRetryAfter(header, Date.UTC(2026, 10, 24, 3))).toBe(askedMs)
})
