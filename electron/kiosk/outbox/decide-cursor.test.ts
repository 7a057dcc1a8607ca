import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BatchAnswer, type CursorDecision, decideCursor } from './decide-cursor.ts'

const answer = (over: Partial<BatchAnswer>): BatchAnswer => ({
  firstSequence: 11,
  lastSequence: 20,
  firstStored: 11,
  acknowledgedThrough: 20,
  everSent: 20,
  ...over,
})

describe('decideCursor', () => {
  it.each<[string, Partial<BatchAnswer>, CursorDecision]>([
    ['all taken', {}, { removeThrough: 20, cursor: 20, trouble: 'none' }],
    ['a part taken', { acknowledgedThrough: 15 }, { removeThrough: 15, cursor: 15, trouble: 'none' }],
    ['nothing taken', { acknowledgedThrough: 10 }, { removeThrough: 10, cursor: 10, trouble: 'stuck' }],
    [
      'more was held already',
      { acknowledgedThrough: 90, everSent: 95 },
      { removeThrough: 90, cursor: 90, trouble: 'none' },
    ],
    ['it holds what was never made', { acknowledgedThrough: 90 }, { removeThrough: 20, cursor: 20, trouble: 'ahead' }],
    ['it lacks what is gone here', { acknowledgedThrough: 3 }, { removeThrough: 0, cursor: 20, trouble: 'gap' }],
    [
      'it lacks what is still here',
      { acknowledgedThrough: 3, firstStored: 2 },
      { removeThrough: 3, cursor: 3, trouble: 'stuck' },
    ],
  ])('%s', (_, over, decision) => {
    expect(decideCursor(answer(over))).toEqual(decision)
  })

  it('never deletes what was not acknowledged or never sent', () => {
    const sequence = fc.integer({ min: 0, max: 1_000 })
    fc.assert(
      fc.property(sequence, sequence, sequence, sequence, sequence, (a, b, c, acknowledgedThrough, d) => {
        const [firstStored = 1, firstSequence = 1, lastSequence = 1] = [a + 1, b + 1, c + 1].sort((x, y) => x - y)
        const everSent = lastSequence + d
        const decision = decideCursor({ firstStored, firstSequence, lastSequence, acknowledgedThrough, everSent })
        expect(decision.removeThrough).toBeLessThanOrEqual(Math.min(acknowledgedThrough, everSent))
        expect(decision.cursor).toBeLessThanOrEqual(everSent)
        expect(decision.cursor).toBeGreaterThanOrEqual(decision.removeThrough)
      }),
    )
  })
})
