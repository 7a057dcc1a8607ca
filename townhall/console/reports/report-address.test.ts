import { describe, expect, it } from 'vitest'
import { readAddress, writeAddress, yearChoices, yearName } from './report-address.ts'

const held = { fiscalYears: [2002, 2003, 2026], currentFiscalYear: 2026 }
const read = (query: string, of = held) => readAddress(new URLSearchParams(query), of)

describe('the address of a report', () => {
  it.each([
    ['', { from: 2026, to: 2026, by: 'menu' }],
    ['from=2002&to=2003&by=kiosk', { from: 2002, to: 2003, by: 'kiosk' }],
    ['from=2003&to=2002', { from: 2002, to: 2003, by: 'menu' }],
    ['from=2002', { from: 2002, to: 2002, by: 'menu' }],
    ['to=2003', { from: 2002, to: 2003, by: 'menu' }],
    ['from=1900&to=9999&by=drop', { from: 2026, to: 2026, by: 'menu' }],
  ])('%s', (query, asked) => expect(read(query)).toEqual(asked))

  it('shows last year beside this one where there is one', () => {
    expect(read('', { fiscalYears: [2025, 2026], currentFiscalYear: 2026 })).toEqual({
      from: 2025,
      to: 2026,
      by: 'menu',
    })
    expect(read('', { fiscalYears: [], currentFiscalYear: 2026 })).toEqual({ from: 2026, to: 2026, by: 'menu' })
  })

  it('comes back the same', () => {
    const asked = { from: 2002, to: 2026, by: 'month' } as const
    expect(readAddress(new URL(writeAddress(asked), 'http://x').searchParams, held)).toEqual(asked)
  })

  it('offers every year without holes, latest first, by era and by number', () => {
    const years = yearChoices(held)
    expect(years[0]).toBe(2026)
    expect(years).toHaveLength(25)
    expect([2002, 2018, 2019, 2026].map(yearName)).toEqual([
      '平成14年度（2002年度）',
      '平成30年度（2018年度）',
      '令和元年度（2019年度）',
      '令和8年度（2026年度）',
    ])
  })
})
