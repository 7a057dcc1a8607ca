import { expect, it } from 'vitest'
import { fiscalYearJa } from './era-year.ts'

it.each([
  [1988, '昭和63年度'],
  [1989, '平成元年度'],
  [1990, '平成2年度'],
  [2001, '平成13年度'],
  [2002, '平成14年度'],
  [2003, '平成15年度'],
  [2018, '平成30年度'],
  [2019, '令和元年度'],
  [2020, '令和2年度'],
  [2026, '令和8年度'],
  [2100, '令和82年度'],
])('fiscal year %i is %s', (year, words) => {
  expect(fiscalYearJa(year)).toBe(words)
})
