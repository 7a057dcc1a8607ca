import type { AttractContent, AttractView } from '../../../../contract/menus/attract.ts'
import { tokyoDay } from '../tourism/occurrences.ts'

/** The slides of this month; all of them when none is of the month, for the screen is never empty. */
export function attractView(content: AttractContent, releaseNumber: number, nowMs: number): AttractView {
  const month = Number(tokyoDay(nowMs).slice(5, 7))
  const fitting = content.slides.filter((slide) => slide.months.length === 0 || slide.months.includes(month))
  return { releaseNumber, slides: fitting.length > 0 ? fitting : content.slides }
}
