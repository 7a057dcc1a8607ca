import { tokyoDay } from '../usage/fiscal-calendar.ts'

const tokyoOffsetMs = 9 * 3_600_000
/** One that ends the hub itself is not begun for ever. */
const mostTries = 3

type Daily = {
  /** Of the day in Tokyo, `03:30`. */
  time: string
  /** For which day the last one ended. */
  lastDay: string | undefined
  /** One that the hub's end cut off. */
  cutOff: { day: string; tries: number } | undefined
  nowMs: number
}

/**
 * Whether a harvest is due: its time has come and today there was none. A hub that was off at that time does it when it is on again; one
 * that was cut off is due at once, and is that of the day on which it was begun.
 */
export function decideDaily({ time, lastDay, cutOff, nowMs }: Daily): { due: boolean; day: string; tries: number } {
  const day = tokyoDay(nowMs)
  const again = cutOff !== undefined && cutOff.tries < mostTries
  if (again) return { due: true, day: cutOff.day, tries: cutOff.tries + 1 }
  const clock = new Date(nowMs + tokyoOffsetMs).toISOString().slice(11, 16)
  // A day after today is of a clock that was wrong then.
  return { due: clock >= time && lastDay !== day && cutOff?.day !== day, day, tries: 1 }
}
