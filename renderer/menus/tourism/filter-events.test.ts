import { describe, expect, it } from 'vitest'
import { inFilter, offeredFilters, spanOf } from './filter-events.ts'
import { occurrence } from './testing/occurrence.ts'

const today = '2026-11-25'
const names = (filter: string, list: ReturnType<typeof occurrence>[]) =>
  inFilter(list, filter, today).map((one) => one.id)

const list = [
  occurrence('today', today),
  occurrence('long', '2026-11-20', '2026-12-02'),
  occurrence('sunday', '2026-11-29'),
  occurrence('monday', '2026-11-30'),
  occurrence('december', '2026-12-24'),
  occurrence('next-year', '2027-11-03'),
]

describe('今日 / 今週 / 今月 and by month', () => {
  it.each([
    ['today', ['today', 'long']],
    ['week', ['today', 'long', 'sunday']],
    ['month', ['today', 'long', 'sunday', 'monday']],
    ['2026-12', ['long', 'december']],
    ['2027-11', ['next-year']],
    ['2027-01', []],
  ])('%s', (filter, expected) => {
    expect(names(filter, list)).toEqual(expected)
  })

  it.each([
    ['2026-11-23', '2026-11-29'], // Monday
    ['2026-11-29', '2026-11-29'], // Sunday is the last day of its week
    ['2026-12-28', '2027-01-03'], // over the year
  ])('the week of %s ends on Sunday %s', (day, sunday) => {
    expect(spanOf('week', day)).toEqual({ from: day, to: sunday })
  })

  it('offers only what has something, with its number, this November and not the next one as well', () => {
    expect(offeredFilters(list, today)).toEqual([
      { filter: 'today', count: 2 },
      { filter: 'week', count: 3 },
      { filter: 'month', count: 4 },
      { filter: '2026-12', count: 2 },
    ])
  })
})
