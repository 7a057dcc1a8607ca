import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideTurn } from './decide-turn.ts'

const rules = { limitMs: 600_000, extensionMs: 300_000, warnBeforeMs: 60_000, restMs: 60_000 }
const turn = { beganMs: 1_000, extended: false, waiting: false }

describe('a turn in the web', () => {
  it.each([
    [turn, 1_000, { leftMs: 600_000, warning: false, canExtend: false, over: false }],
    [turn, 540_999, { leftMs: 60_001, warning: false, canExtend: false, over: false }],
    [turn, 541_000, { leftMs: 60_000, warning: true, canExtend: true, over: false }],
    [{ ...turn, waiting: true }, 541_000, { leftMs: 60_000, warning: true, canExtend: false, over: false }],
    [{ ...turn, extended: true }, 541_000, { leftMs: 360_000, warning: false, canExtend: false, over: false }],
    [{ ...turn, extended: true }, 900_999, { leftMs: 1, warning: true, canExtend: false, over: false }],
    [turn, 601_000, { leftMs: 0, warning: false, canExtend: false, over: true }],
  ])('%j at %d', (one, now, verdict) => expect(decideTurn(one, now, rules)).toEqual(verdict))

  it('is never longer than the limit and one extension, whatever the clock says', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), fc.boolean(), fc.boolean(), (beganMs, nowMs, extended, waiting) => {
        const { leftMs, over } = decideTurn({ beganMs, extended, waiting }, nowMs, rules)
        expect(leftMs).toBeLessThanOrEqual(rules.limitMs + rules.extensionMs)
        expect(over).toBe(nowMs - beganMs >= rules.limitMs + (extended ? rules.extensionMs : 0))
      }),
    )
  })
})
