import type { TourismContent, TourismView } from '../../../../contract/menus/tourism.ts'
import { expandEvents, tokyoDay } from './occurrences.ts'

/** The menu as the screen shows it at this moment. */
export function tourismView(content: TourismContent, releaseNumber: number, nowMs: number): TourismView {
  return {
    releaseNumber,
    today: tokyoDay(nowMs),
    sights: content.sights,
    occurrences: expandEvents(content.events, nowMs),
  }
}
