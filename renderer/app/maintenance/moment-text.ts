import { clockText, dayText, tokyoDay } from '../../i18n/dates.ts'

/** The time, and the day too if it is another. */
export function momentText(atMs: number, nowMs: number): string {
  const day = tokyoDay(atMs)
  return day === tokyoDay(nowMs) ? clockText(atMs) : `${dayText(day, 'ja')} ${clockText(atMs)}`
}
