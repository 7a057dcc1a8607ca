import { tokyoDay } from '../usage/fiscal-calendar.ts'

const tokyoOffsetMs = 9 * 3_600_000

/** Whether today's harvest is due: its time has come and today there was none. A hub that was off at that time does it when it is on again. */
export function decideDaily(time: string, lastDay: string | undefined, nowMs: number): { due: boolean; day: string } {
  const day = tokyoDay(nowMs)
  const clock = new Date(nowMs + tokyoOffsetMs).toISOString().slice(11, 16)
  // A day after today is of a clock that was wrong then.
  return { due: clock >= time && (lastDay === undefined || lastDay !== day), day }
}
