import { firstFiscalYear, type ReportQuery } from '../../../contract/report.ts'

export type AskedReport = { from: number; to: number; by: ReportQuery['by'] }
export type YearsHeld = { fiscalYears: number[]; currentFiscalYear: number }

const kinds: readonly string[] = ['menu', 'month', 'kiosk']
const isKind = (text: string | null): text is ReportQuery['by'] => text !== null && kinds.includes(text)

/** What an address asks for; without it the year under way, with the one before where something is held of it. */
export function readAddress(search: URLSearchParams, held: YearsHeld): AskedReport {
  const last = lastYear(held)
  const by = search.get('by')
  const year = (name: string) => {
    const value = Number(search.get(name))
    return Number.isInteger(value) && value >= firstFiscalYear && value <= last ? value : null
  }
  const to = year('to') ?? year('from') ?? last
  const usual = held.fiscalYears.includes(to - 1) ? to - 1 : to
  const from = year('from') ?? usual
  return { from: Math.min(from, to), to: Math.max(from, to), by: isKind(by) ? by : 'menu' }
}

export function writeAddress(asked: AskedReport): string {
  return `/reports?${new URLSearchParams({ from: `${asked.from}`, to: `${asked.to}`, by: asked.by })}`
}

/** Every year from the first with anything (or the one under way) on: a year without data can be asked for too. */
export function yearChoices(held: YearsHeld): number[] {
  const first = Math.min(held.currentFiscalYear, ...held.fiscalYears)
  return Array.from({ length: lastYear(held) - first + 1 }, (_, index) => lastYear(held) - index)
}

const lastYear = (held: YearsHeld) => Math.max(held.currentFiscalYear, ...held.fiscalYears)

/** 令和8年度（2026年度） */
export function yearName(fiscalYear: number): string {
  const [era, first] = fiscalYear >= 2019 ? ['令和', 2019] : ['平成', 1989]
  const year = fiscalYear - Number(first) + 1
  return `${era}${year === 1 ? '元' : year}年度（${fiscalYear}年度）`
}
