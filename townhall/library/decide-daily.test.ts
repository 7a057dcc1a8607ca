import { expect, it } from 'vitest'
import { decideDaily } from './decide-daily.ts'

const tokyo = (text: string) => Date.parse(`${text}:00+09:00`)

it.each([
  ['before its time', '03:30', undefined, '2026-11-27T03:29', false],
  ['at its time', '03:30', '2026-11-26', '2026-11-27T03:30', true],
  ['once a day only', '03:30', '2026-11-27', '2026-11-27T03:31', false],
  ['later, when the hub was off', '03:30', '2026-11-26', '2026-11-27T22:00', true],
  ['not for a day that was missed, before today’s time', '03:30', '2026-11-25', '2026-11-27T01:00', false],
  ['by the day of Tokyo, not of the world', '00:10', '2026-11-26', '2026-11-27T00:10', true],
  ['after a clock that was ahead', '03:30', '2027-01-01', '2026-11-27T04:00', true],
] as const)('%s', (_, time, lastDay, now, due) => {
  expect(decideDaily({ time, lastDay, cutOff: undefined, nowMs: tokyo(now) })).toMatchObject({
    due,
    day: now.slice(0, 10),
  })
})

it.each([
  ['at once, for the day of its beginning', '2026-11-26', 1, '2026-11-27T01:00', true, '2026-11-26', 2],
  ['on the same day too', '2026-11-27', 1, '2026-11-27T04:00', true, '2026-11-27', 2],
  ['no fourth time on its day', '2026-11-27', 3, '2026-11-27T04:00', false, '2026-11-27', 1],
  ['but at its time the next day', '2026-11-26', 3, '2026-11-27T03:30', true, '2026-11-27', 1],
] as const)('one that was cut off is due %s', (_, day, tries, now, due, of, next) => {
  const decided = decideDaily({ time: '03:30', lastDay: '2026-11-25', cutOff: { day, tries }, nowMs: tokyo(now) })
  expect(decided).toEqual({ due, day: of, tries: next })
})
