/** Asia/Tokyo has had no summer time since 1951: UTC+9 all year. */
const tokyoOffsetMs = 9 * 3_600_000

/** Calendar month in Asia/Tokyo as `YYYY-MM`. */
export function tokyoMonth(atMs: number): string {
  return new Date(atMs + tokyoOffsetMs).toISOString().slice(0, 7)
}

/** 年度: April to March in Asia/Tokyo, named by the year in which it begins. */
export function fiscalYearOf(atMs: number): number {
  const [year = 0, month = 1] = tokyoMonth(atMs).split('-').map(Number)
  return month >= 4 ? year : year - 1
}

/** The twelve months of a fiscal year, April first. */
export function monthsOfFiscalYear(fiscalYear: number): { year: number; month: number; key: string }[] {
  return Array.from({ length: 12 }, (_, index) => {
    const month = ((index + 3) % 12) + 1
    const year = month >= 4 ? fiscalYear : fiscalYear + 1
    return { year, month, key: `${year}-${String(month).padStart(2, '0')}` }
  })
}

/** First millisecond of a calendar month in Asia/Tokyo, UTC. */
export function monthStartMs(year: number, month: number): number {
  return Date.UTC(year, month - 1, 1) - tokyoOffsetMs
}
