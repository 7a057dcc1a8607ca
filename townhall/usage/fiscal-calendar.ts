/** Asia/Tokyo has had no summer time since 1951: UTC+9 all year. */
const tokyoOffsetMs = 9 * 3_600_000

/** The end of 9999-12 in Asia/Tokyo. A clock that is further off than that counts in this month: a year has four digits here. */
export const lastInstantMs = Date.UTC(9999, 11, 31, 23, 59, 59, 999) - tokyoOffsetMs

/** Calendar day in Asia/Tokyo as `YYYY-MM-DD`. */
export function tokyoDay(atMs: number): string {
  return new Date(Math.min(atMs, lastInstantMs) + tokyoOffsetMs).toISOString().slice(0, 10)
}

/** Calendar month in Asia/Tokyo as `YYYY-MM`. */
export const tokyoMonth = (atMs: number): string => tokyoDay(atMs).slice(0, 7)

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

/** From the first millisecond of a `YYYY-MM` in Asia/Tokyo to that of the next. */
export function monthBoundsMs(key: string): { fromMs: number; toMs: number } {
  const [year = 0, month = 1] = key.split('-').map(Number)
  return { fromMs: monthStartMs(year, month), toMs: monthStartMs(year, month + 1) }
}
