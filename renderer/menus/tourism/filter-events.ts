import type { Occurrence } from '../../../contract/menus/tourism.ts'
import { addDays, dayOfWeek } from '../../i18n/dates.ts'

/** `today`, `week`, `month`, or a month as `YYYY-MM`. */
export type EventFilter = string

/** Whether an event touches a span of days, both ends included. */
const touches = (one: Pick<Occurrence, 'startDate' | 'endDate'>, from: string, to: string) =>
  one.startDate <= to && one.endDate >= from

/** The days that a filter means, seen from today. A week ends on Sunday. */
export function spanOf(filter: EventFilter, today: string): { from: string; to: string } {
  if (filter === 'today') return { from: today, to: today }
  if (filter === 'week') return { from: today, to: addDays(today, (7 - dayOfWeek(today)) % 7) }
  const month = filter === 'month' ? today.slice(0, 7) : filter
  return { from: filter === 'month' ? today : `${month}-01`, to: `${month}-31` }
}

export function inFilter(occurrences: readonly Occurrence[], filter: EventFilter, today: string): Occurrence[] {
  const { from, to } = spanOf(filter, today)
  return occurrences.filter((one) => touches(one, from, to))
}

/** The filters to offer with their number of events; one without any is not offered. Months: the eleven after this one. */
export function offeredFilters(
  occurrences: readonly Occurrence[],
  today: string,
): { filter: EventFilter; count: number }[] {
  const [year = 0, month = 1] = today.split('-').map(Number)
  const months = Array.from({ length: 11 }, (_, index) => {
    const next = new Date(Date.UTC(year, month + index, 1))
    return next.toISOString().slice(0, 7)
  })
  return ['today', 'week', 'month', ...months]
    .map((filter) => ({ filter, count: inFilter(occurrences, filter, today).length }))
    .filter((offer) => offer.count > 0)
}
