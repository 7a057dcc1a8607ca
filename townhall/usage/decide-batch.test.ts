import { describe, expect, it } from 'vitest'
import type { UsageEvent } from '../../contract/usage-event.ts'
import { decideBatch, gapFreeThrough } from './decide-batch.ts'

const event = (sequence: number, more: Partial<UsageEvent> = {}): UsageEvent => ({
  sequence,
  id: `id-${sequence}`,
  menu: 'map',
  atMs: Date.UTC(2026, 3, 10),
  clock: 'synced',
  ...more,
})
const held = (sequence: number, more: { id?: string; menu?: string } = {}) => ({
  sequence,
  id: `id-${sequence}`,
  menu: 'map',
  ...more,
})

describe('a batch', () => {
  it.each([
    ['all new', [event(1), event(2)], [], [1, 2], 0],
    ['all known', [event(1), event(2)], [held(1), held(2)], [], 2],
    ['some known', [event(1), event(2), event(3)], [held(2)], [1, 3], 1],
    ['the same twice within', [event(1), event(1), event(2)], [], [1, 2], 1],
    ['backwards', [event(3), event(1)], [], [3, 1], 0],
  ])('%s', (_, events, known, fresh, repeated) => {
    const decision = decideBatch(events, known)
    expect(decision).toMatchObject({ kind: 'take', repeated })
    expect(decision.kind === 'take' && decision.fresh.map((one) => one.sequence)).toEqual(fresh)
  })

  it.each([
    ['another id', [event(1), event(2)], [held(2, { id: 'other' })], 2],
    ['another menu', [event(2)], [held(2, { menu: 'library' })], 2],
    ['two of one number within', [event(5), event(5, { id: 'other' })], [], 5],
  ])('with %s under a number it knows is a conflict', (_, events, known, sequence) => {
    expect(decideBatch(events, known)).toEqual({ kind: 'conflict', sequence })
  })

  it('is rolled up by the month of Tokyo and by menu, times that cannot be trusted apart', () => {
    const lastOfMarch = Date.parse('2026-03-31T23:59:59.999+09:00')
    const decision = decideBatch(
      [
        event(1, { atMs: lastOfMarch }),
        event(2, { atMs: lastOfMarch + 1 }),
        event(3, { atMs: lastOfMarch, clock: 'unverified' }),
        event(4, { atMs: lastOfMarch + 1, menu: 'library', clock: 'corrected' }),
      ],
      [],
    )
    expect(decision.kind === 'take' && decision.rollup).toEqual([
      { month: '2026-03', menu: 'map', accesses: 2, unverified: 1 },
      { month: '2026-04', menu: 'map', accesses: 1, unverified: 0 },
      { month: '2026-04', menu: 'library', accesses: 1, unverified: 0 },
    ])
  })
})

it.each([
  [0, [], 0],
  [0, [1, 2, 3], 3],
  [0, [2, 3], 0],
  [3, [1, 2, 4, 5, 7], 5],
  [3, [3, 3, 4, 4], 4],
  [7, [5, 6], 7],
])('from %i with %j above, nothing is missing through %i', (before, above, through) => {
  expect(gapFreeThrough(before, above)).toBe(through)
})
