import type { Opening } from '../../../contract/opening.ts'

export type OpeningState = {
  open: boolean
  /** The hour of the nightly restart. */
  restartHour: boolean
}

// Japan has no summer time.
const tokyoAheadMs = 9 * 3_600_000
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const
const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
const dayMinutes = 1_440

/**
 * Whether the facility is open at this moment. One that says nothing of its hours is always open and never restarted by the clock.
 * `isHoliday` is asked with YYYY-MM-DD.
 */
export function decideOpening(
  nowMs: number,
  opening: Opening | undefined,
  isHoliday: (day: string) => boolean,
): OpeningState {
  if (opening === undefined) return { open: true, restartHour: false }
  const there = new Date(nowMs + tokyoAheadMs)
  const day = dayInTown(nowMs)
  const minute = there.getUTCHours() * 60 + there.getUTCMinutes()
  const hours = opening.hours[weekdays[there.getUTCDay()] ?? 'sun']
  const open =
    !isClosedDay(day, opening, isHoliday) &&
    hours.some(({ from, to }) => minute >= minuteOf(from) && minute < minuteOf(to))
  const sinceRestart = (minute - minuteOf(opening.restartAt) + dayMinutes) % dayMinutes
  return { open, restartHour: !open && sinceRestart < 60 }
}

/** YYYY-MM-DD */
export function dayInTown(nowMs: number): string {
  return new Date(nowMs + tokyoAheadMs).toISOString().slice(0, 10)
}

function isClosedDay(day: string, opening: Opening, isHoliday: (day: string) => boolean): boolean {
  if (opening.closedDays.includes(day)) return true
  if (opening.yearEnd !== null && isInYearEnd(day.slice(5), opening.yearEnd)) return true
  return opening.closedOnHolidays && isHoliday(day)
}

function isInYearEnd(day: string, { from, to }: { from: string; to: string }): boolean {
  return from <= to ? day >= from && day <= to : day >= from || day <= to
}
