import { expect, it } from 'vitest'
import { fiscalYearOf, monthBoundsMs, monthStartMs, monthsOfFiscalYear, tokyoMonth } from './fiscal-calendar.ts'

it.each([
  ['2002-03-31T14:59:59.999Z', '2002-03', 2001],
  ['2002-03-31T15:00:00.000Z', '2002-04', 2002],
  ['2003-03-31T14:59:59.999Z', '2003-03', 2002],
  ['2003-03-31T15:00:00.000Z', '2003-04', 2003],
  ['2019-04-30T15:00:00.000Z', '2019-05', 2019],
  ['2024-02-28T15:00:00.000Z', '2024-02', 2023],
  ['2024-02-29T15:00:00.000Z', '2024-03', 2023],
  ['2025-12-31T14:59:59.999Z', '2025-12', 2025],
  ['2025-12-31T15:00:00.000Z', '2026-01', 2025],
  ['1970-01-01T00:00:00.000Z', '1970-01', 1969],
  ['9999-12-31T14:59:59.999Z', '9999-12', 9999],
  ['9999-12-31T15:00:00.000Z', '9999-12', 9999],
  ['+275760-09-13T00:00:00.000Z', '9999-12', 9999],
])('%s lies in %s, fiscal year %i', (utc, month, fiscalYear) => {
  expect(tokyoMonth(Date.parse(utc))).toBe(month)
  expect(fiscalYearOf(Date.parse(utc))).toBe(fiscalYear)
})

it('a fiscal year has twelve months, April first', () => {
  expect(monthsOfFiscalYear(2002).map((month) => month.key)).toEqual([
    '2002-04',
    '2002-05',
    '2002-06',
    '2002-07',
    '2002-08',
    '2002-09',
    '2002-10',
    '2002-11',
    '2002-12',
    '2003-01',
    '2003-02',
    '2003-03',
  ])
})

it('a month ends where the next begins', () => {
  expect(new Date(monthStartMs(2026, 4)).toISOString()).toBe('2026-03-31T15:00:00.000Z')
  expect(monthBoundsMs('2026-12')).toEqual({ fromMs: monthStartMs(2026, 12), toMs: monthStartMs(2027, 1) })
})
