import { type CountedMenuId, countedMenuIds, menuNamesJa } from '../../contract/menu-ids.ts'
import type { Report, ReportColumn, ReportNote, ReportQuery } from '../../contract/report.ts'
import { fiscalYearOf, monthStartMs, monthsOfFiscalYear, tokyoMonth } from '../usage/fiscal-calendar.ts'
import { fiscalYearJa } from './era-year.ts'

export type MonthlyCount = { kioskNo: number; month: string; menu: string; accesses: number; unverified: number }
export type ReportKiosk = {
  no: number
  id: string
  name: string
  enrolledAtMs: number
  revokedAtMs: number | null
  lastHeardAtMs: number | null
  missing: number
}
export type ReportInput = {
  query: ReportQuery
  counts: readonly MonthlyCount[]
  kiosks: readonly ReportKiosk[]
  nowMs: number
}

type Cell = { column: ReportColumn; covers(count: MonthlyCount): boolean }

/** The town's table from the roll-up: menus down, years, months or kiosks across. Pure. */
export function buildReport(input: ReportInput): Report {
  const { query, nowMs } = input
  const fromYear = query.fiscalYear
  const toYear = query.toFiscalYear ?? fromYear
  const years = Array.from({ length: toYear - fromYear + 1 }, (_, index) => fromYear + index)
  const cells = years.flatMap((year) => cellsOfYear(year, query.by, input.kiosks))

  const rows = countedMenuIds.map((menu) => {
    const counts = cells.map((cell) =>
      sum(
        input.counts.filter((count) => count.menu === menu && cell.covers(count)),
        'accesses',
      ),
    )
    return { menu, label: menuNamesJa[menu], counts, total: counts.reduce((total, count) => total + count, 0) }
  })
  const totals = cells.map((_, index) => rows.reduce((total, row) => total + (row.counts[index] ?? 0), 0))
  return {
    query: { fiscalYear: fromYear, toFiscalYear: toYear, by: query.by },
    columns: cells.map((cell) => cell.column),
    rows,
    totals,
    grandTotal: totals.reduce((total, count) => total + count, 0),
    notes: notesFor(input, years, cells),
    asOfMs: nowMs,
  }
}

function cellsOfYear(year: number, by: ReportQuery['by'], kiosks: readonly ReportKiosk[]): Cell[] {
  const months = monthsOfFiscalYear(year)
  const keys = new Set(months.map((month) => month.key))
  const base = { fiscalYear: year, fiscalYearJa: fiscalYearJa(year), month: null, kiosk: null }
  if (by === 'menu') {
    const column = { ...base, key: `${year}`, label: `${base.fiscalYearJa}（${year}年度）` }
    return [{ column, covers: (count) => keys.has(count.month) }]
  }
  if (by === 'month') {
    return months.map(({ year: calendarYear, month, key }) => ({
      column: { ...base, key, month: { year: calendarYear, month }, label: `${calendarYear}年${month}月` },
      covers: (count) => count.month === key,
    }))
  }
  return kiosks.map((kiosk) => ({
    column: {
      ...base,
      key: `${year}|${kiosk.id}`,
      kiosk: { id: kiosk.id, name: kiosk.name },
      label: `${kiosk.name} ${base.fiscalYearJa}`,
    },
    covers: (count) => count.kioskNo === kiosk.no && keys.has(count.month),
  }))
}

const sum = (counts: readonly MonthlyCount[], what: 'accesses' | 'unverified') =>
  counts.reduce((total, count) => total + count[what], 0)
const isCounted = (menu: string): menu is CountedMenuId => (countedMenuIds as readonly string[]).includes(menu)

/** What a reader must know beside a figure before it goes into a town report. */
function notesFor(input: ReportInput, years: readonly number[], cells: readonly Cell[]): ReportNote[] {
  const { nowMs, query, counts } = input
  const notes: ReportNote[] = []
  const nowMonth = tokyoMonth(nowMs)
  const nowYear = fiscalYearOf(nowMs)

  for (const year of years) {
    const months = monthsOfFiscalYear(year)
    const columnsOfYear = cells.filter((cell) => cell.column.fiscalYear === year)
    if (year === nowYear) {
      const [calendarYear, month] = nowMonth.split('-').map(Number)
      const text = `${calendarYear}年${month}月はまだ終わっていません。この月までの途中の数です。`
      const open = query.by === 'month' ? columnsOfYear.filter((cell) => cell.column.key === nowMonth) : columnsOfYear
      for (const cell of open)
        notes.push({ kind: 'month-open', text, columnKey: cell.column.key, kioskId: cell.column.kiosk?.id ?? null })
    }
    const keys = new Set(months.map((month) => month.key))
    const held = counts.filter((count) => keys.has(count.month) && isCounted(count.menu))
    if (held.length === 0) {
      const text = `${fiscalYearJa(year)}（${year}年度）の記録はありません。`
      notes.push({ kind: 'no-data', text, columnKey: query.by === 'menu' ? String(year) : null, kioskId: null })
    }
    for (const cell of columnsOfYear) {
      const unverified = sum(held.filter(cell.covers), 'unverified')
      if (unverified > 0) {
        notes.push({
          kind: 'unverified-time',
          text: `${cell.column.label}のうち${unverified.toLocaleString('ja-JP')}件は、端末の時計を確かめられないまま記録した時刻です。`,
          columnKey: cell.column.key,
          kioskId: cell.column.kiosk?.id ?? null,
        })
      }
    }
  }
  const lastYear = years.at(-1) ?? query.fiscalYear
  const endMs = Math.min(nowMs, monthStartMs(lastYear + 1, 4))
  const startMs = monthStartMs(query.fiscalYear, 4)
  for (const kiosk of input.kiosks)
    notes.push(...notesOfKiosk(kiosk, startMs, endMs, query.by === 'kiosk' ? `${lastYear}|${kiosk.id}` : null))
  return notes
}

const silentMs = 600_000

function notesOfKiosk(kiosk: ReportKiosk, startMs: number, endMs: number, columnKey: string | null): ReportNote[] {
  const notes: ReportNote[] = []
  const inRange = kiosk.enrolledAtMs < endMs && (kiosk.revokedAtMs ?? endMs) > startMs
  if (!inRange) return notes
  const heardMs = kiosk.lastHeardAtMs ?? kiosk.enrolledAtMs
  if (kiosk.revokedAtMs === null && heardMs < endMs - silentMs) {
    notes.push({
      kind: 'kiosk-silent',
      text: `${kiosk.name}（${kiosk.id}）からは${tokyoDateTime(heardMs)}より後の連絡がありません。その後の数は、つながったときに加わります。`,
      columnKey,
      kioskId: kiosk.id,
    })
  }
  if (kiosk.missing > 0) {
    notes.push({
      kind: 'sequence-gap',
      text: `${kiosk.name}（${kiosk.id}）の記録に、まだ届いていない番号が${kiosk.missing.toLocaleString('ja-JP')}件あります。`,
      columnKey,
      kioskId: kiosk.id,
    })
  }
  return notes
}

function tokyoDateTime(ms: number): string {
  return new Intl.DateTimeFormat('ja-JP', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Tokyo' }).format(ms)
}
