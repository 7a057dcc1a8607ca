/** One day by its date in the town: how often somebody began to touch, and how long the facility was seen open. */
export type TouchDay = { day: string; visits: number; openMs: number }
/** `usual`: visits of the last days that had any, the newest last. */
export type TouchDays = { today: TouchDay | null; usual: readonly number[] }

const rememberedDays = 14
const enoughDays = 5
/** With so many on a usual day, none at all is no chance. */
const manyVisits = 10
/** Less is half a day, or a kiosk that was switched off. */
const wholeDayMs = 4 * 3_600_000

export type DayEnd = { days: TouchDays; silent: { day: string; usualPerDay: number } | null }

/** A day is judged when the next has begun. Days without a visit are not what is usual, so that a dead panel is told every day. */
export function decideDay(days: TouchDays, day: string): DayEnd {
  const { today, usual } = days
  if (today?.day === day) return { days, silent: null }
  const begun = { day, visits: 0, openMs: 0 }
  if (today === null || today.openMs < wholeDayMs) return { days: { today: begun, usual }, silent: null }
  if (today.visits > 0) {
    return { days: { today: begun, usual: [...usual, today.visits].slice(-rememberedDays) }, silent: null }
  }
  const usualPerDay = median(usual)
  const silent = usual.length >= enoughDays && usualPerDay >= manyVisits ? { day: today.day, usualPerDay } : null
  return { days: { today: begun, usual }, silent }
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
}
