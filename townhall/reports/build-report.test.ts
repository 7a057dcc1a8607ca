import { describe, expect, it } from 'vitest'
import type { ReportQuery } from '../../contract/report.ts'
import { buildReport, type MonthlyCount, type ReportKiosk } from './build-report.ts'

const tokyo = (text: string) => Date.parse(`${text}+09:00`)
const kiosk = (no: number, more: Partial<ReportKiosk> = {}): ReportKiosk => ({
  no,
  id: `kiosk-${no}`,
  name: `施設${no}`,
  enrolledAtMs: tokyo('2002-04-01T09:00'),
  revokedAtMs: null,
  lastHeardAtMs: tokyo('2026-11-24T12:00'),
  missing: 0,
  ...more,
})
const count = (kioskNo: number, month: string, menu: string, accesses: number, unverified = 0): MonthlyCount => ({
  kioskNo,
  month,
  menu,
  accesses,
  unverified,
})
const report = (
  query: ReportQuery,
  counts: MonthlyCount[] = [],
  kiosks: ReportKiosk[] = [kiosk(1)],
  now = '2026-11-24T12:00',
) => buildReport({ query, counts, kiosks, nowMs: tokyo(now) })

describe('the figures', () => {
  const counts = [
    count(1, '2002-04', 'tourism', 100),
    count(1, '2003-03', 'tourism', 20),
    count(2, '2003-03', 'townhall', 3),
    count(2, '2003-04', 'tourism', 7),
    count(1, '2002-03', 'tourism', 1_000),
    count(1, '2004-04', 'tourism', 1_000),
    // Not in the town's table, however often it was opened.
    count(1, '2002-05', 'guide', 500),
  ]
  const kiosks = [kiosk(1), kiosk(2)]

  it('by menu: one column per fiscal year, in the order of the town, both eras', () => {
    const { columns, rows, totals, grandTotal } = report(
      { fiscalYear: 2002, toFiscalYear: 2003, by: 'menu' },
      counts,
      kiosks,
    )
    expect(columns.map((column) => column.label)).toEqual(['平成14年度（2002年度）', '平成15年度（2003年度）'])
    expect(rows.map((row) => row.label)).toEqual([
      '観光・イベント',
      'MAP検索',
      '体験インターネット',
      '図書検索',
      '議会中継',
      '施設利用状況',
      '役場探訪・目安箱',
    ])
    expect(rows[0]).toMatchObject({ counts: [120, 7], total: 127 })
    expect(rows[6]).toMatchObject({ counts: [3, 0], total: 3 })
    expect(totals).toEqual([123, 7])
    expect(grandTotal).toBe(130)
  })

  it('by month: April first, March of the next year last', () => {
    const { columns, rows, totals } = report({ fiscalYear: 2002, by: 'month' }, counts, kiosks)
    expect([columns[0]?.label, columns[11]?.label, columns.length]).toEqual(['2002年4月', '2003年3月', 12])
    expect(rows[0]?.counts).toEqual([100, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20])
    expect(totals[11]).toBe(23)
  })

  it('by kiosk: each kiosk in each year, the one that was silent with 0', () => {
    const { columns, rows } = report({ fiscalYear: 2002, toFiscalYear: 2003, by: 'kiosk' }, counts, kiosks)
    expect(columns.map((column) => column.label)).toEqual([
      '施設1 平成14年度',
      '施設2 平成14年度',
      '施設1 平成15年度',
      '施設2 平成15年度',
    ])
    expect(rows[0]?.counts).toEqual([120, 0, 0, 7])
  })

  it('without any kiosk and any count it is a table of nothing, and says so', () => {
    const empty = report({ fiscalYear: 2010, by: 'menu' }, [], [])
    expect(empty.grandTotal).toBe(0)
    expect(empty.notes.map((note) => note.text)).toEqual(['平成22年度（2010年度）の記録はありません。'])
    expect(report({ fiscalYear: 2010, by: 'kiosk' }, [], []).columns).toEqual([])
  })
})

describe('what is said beside them', () => {
  const kinds = (...args: Parameters<typeof report>) => report(...args).notes.map((note) => [note.kind, note.columnKey])
  const held = [count(1, '2026-04', 'map', 5), count(1, '2025-04', 'map', 5)]

  it.each([
    ['on the last moment of a fiscal year', 2025, '2026-03-31T23:59:59.999', [['month-open', '2025']]],
    ['a moment later', 2025, '2026-04-01T00:00', []],
    ['in the first moment of the next', 2026, '2026-04-01T00:00', [['month-open', '2026']]],
  ])('a year is open %s', (_, fiscalYear, now, notes) => {
    expect(kinds({ fiscalYear, by: 'menu' }, held, [kiosk(1, { lastHeardAtMs: tokyo(now) })], now)).toEqual(notes)
  })

  it('of the months, only the one that runs is open', () => {
    const { notes } = report({ fiscalYear: 2026, by: 'month' }, held)
    expect(notes).toEqual([
      {
        kind: 'month-open',
        text: '2026年11月はまだ終わっていません。この月までの途中の数です。',
        columnKey: '2026-11',
        kioskId: null,
      },
    ])
  })

  it.each([
    ['ten minutes ago', { lastHeardAtMs: tokyo('2026-11-24T11:50') }, 0],
    ['longer ago', { lastHeardAtMs: tokyo('2026-11-24T11:49:59.999') }, 1],
    ['never, enrolled just now', { lastHeardAtMs: null, enrolledAtMs: tokyo('2026-11-24T11:55') }, 0],
    ['never, enrolled yesterday', { lastHeardAtMs: null, enrolledAtMs: tokyo('2026-11-23T11:55') }, 1],
    ['years ago, and is retired', { lastHeardAtMs: 0, revokedAtMs: tokyo('2026-05-01T00:00') }, 0],
  ])('a kiosk heard of %s', (_, more, silent) => {
    const { notes } = report({ fiscalYear: 2026, by: 'menu' }, held, [kiosk(1, more)])
    expect(notes.filter((note) => note.kind === 'kiosk-silent')).toHaveLength(silent)
  })

  it('a kiosk that fell silent after the years asked for is not their matter', () => {
    const silentSinceMay = kiosk(1, { lastHeardAtMs: tokyo('2026-05-01T10:30') })
    expect(kinds({ fiscalYear: 2025, by: 'menu' }, held, [silentSinceMay])).toEqual([])
    expect(report({ fiscalYear: 2026, by: 'kiosk' }, held, [silentSinceMay]).notes.at(-1)).toMatchObject({
      text: '施設1（kiosk-1）からは2026年5月1日 10:30より後の連絡がありません。その後の数は、つながったときに加わります。',
      columnKey: '2026|kiosk-1',
      kioskId: 'kiosk-1',
    })
  })

  it('a kiosk that came or went outside of the years is not their matter', () => {
    const later = kiosk(1, { enrolledAtMs: tokyo('2026-04-01T00:00'), missing: 4, lastHeardAtMs: 0 })
    const before = kiosk(2, { revokedAtMs: tokyo('2025-03-31T23:00'), missing: 4 })
    expect(kinds({ fiscalYear: 2025, by: 'menu' }, held, [later, before])).toEqual([])
  })

  it('a gap in a sequence, with how many are missing', () => {
    const { notes } = report({ fiscalYear: 2025, by: 'menu' }, held, [kiosk(1, { missing: 1_234 })])
    expect(notes.map((note) => note.text)).toEqual([
      '施設1（kiosk-1）の記録に、まだ届いていない番号が1,234件あります。',
    ])
  })

  it('counts whose time could not be checked, beside their column', () => {
    const { notes } = report({ fiscalYear: 2025, by: 'month' }, [
      count(1, '2025-04', 'map', 5, 2),
      count(1, '2025-05', 'map', 5),
      count(1, '2025-05', 'guide', 9, 9),
    ])
    expect(notes).toEqual([
      {
        kind: 'unverified-time',
        text: '2025年4月のうち2件は、端末の時計を確かめられないまま記録した時刻です。',
        columnKey: '2025-04',
        kioskId: null,
      },
    ])
  })
})
