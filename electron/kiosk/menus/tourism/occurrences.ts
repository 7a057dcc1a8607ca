import ICAL from 'ical.js'
import type { Occurrence, TownEvent } from '../../../../contract/menus/tourism.ts'

const tokyoOffsetMs = 9 * 3_600_000
const dayMs = 86_400_000
/** What can still be seen: thirteen months, so that "the same month next year" is there too. */
export const horizonDays = 396
/** A rule that fires oftener than daily for years is somebody's mistake. */
const mostPerEvent = 800

/** Calendar day in Asia/Tokyo as `YYYY-MM-DD`. */
export function tokyoDay(nowMs: number): string {
  return new Date(nowMs + tokyoOffsetMs).toISOString().slice(0, 10)
}

/** Minutes since midnight in Asia/Tokyo. */
function tokyoMinutes(nowMs: number): number {
  const now = new Date(nowMs + tokyoOffsetMs)
  return now.getUTCHours() * 60 + now.getUTCMinutes()
}

const addDays = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
const daysBetween = (from: string, to: string) =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs)
const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/**
 * Events as days on a calendar, from now on: what is over is gone, an event of several days stays until its last.
 * Ordered by day, then time, then name.
 */
export function expandEvents(events: readonly TownEvent[], nowMs: number): Occurrence[] {
  const today = tokyoDay(nowMs)
  const until = addDays(today, horizonDays)
  const minutes = tokyoMinutes(nowMs)
  const occurrences = events.flatMap((event) => {
    const { recurrence, exceptDates, startDate, endDate, id, ...rest } = event
    const spanDays = daysBetween(startDate, endDate)
    const starts =
      recurrence === null ? [startDate] : recurringDays(recurrence, startDate, addDays(today, -spanDays), until)
    return starts
      .filter((start) => !exceptDates.includes(start))
      .map((start) => ({
        ...rest,
        id: `${id}@${start}`,
        eventId: id,
        startDate: start,
        endDate: addDays(start, spanDays),
      }))
      .filter((one) => one.startDate <= until && !isOver(one, today, minutes))
  })
  return occurrences.sort(
    (a, b) =>
      compare(a.startDate, b.startDate) ||
      compare(a.startTime ?? '00:00', b.startTime ?? '00:00') ||
      compare(a.name.ja, b.name.ja) ||
      compare(a.id, b.id),
  )
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

function isOver(one: { endDate: string; endTime: string | null }, today: string, minutes: number): boolean {
  if (one.endDate !== today) return one.endDate < today
  return one.endTime !== null && minutesOf(one.endTime) <= minutes
}

/** Days on which the rule fires, from `from` to `until`; RFC 5545 by ical.js. A rule that cannot be read fires once, on its first day. */
function recurringDays(rule: string, startDate: string, from: string, until: string): string[] {
  const days: string[] = []
  try {
    const recur = ICAL.Recur.fromString(rule)
    // Far behind its start a rule would be walked day by day; a later start on the same pattern is the same rule.
    const iterator = recur.iterator(ICAL.Time.fromDateString(laterStart(recur, startDate, from)))
    for (let next = iterator.next(); next; next = iterator.next()) {
      const day = next.toString().slice(0, 10)
      if (day > until || days.length >= mostPerEvent) break
      if (day >= from && day >= startDate) days.push(day)
    }
  } catch {
    return [startDate]
  }
  return days
}

/**
 * A start near `from` that keeps the pattern; only where nothing counts from the very first one (COUNT, INTERVAL). Months and years are few
 * enough to be walked, and ical.js takes a first day that is none of the rule's own for the next month's (29 February).
 */
function laterStart(recur: InstanceType<typeof ICAL.Recur>, startDate: string, from: string): string {
  if (recur.count || (recur.interval && recur.interval > 1) || from <= startDate) return startDate
  if (recur.freq === 'DAILY') return from
  if (recur.freq === 'WEEKLY' && Object.keys(recur.parts ?? {}).includes('BYDAY')) return addDays(from, -7)
  return startDate
}
