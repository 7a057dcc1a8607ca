import type { SightCategory } from '../../../contract/menus/tourism.ts'

/** Where in 観光・イベント a visitor is. */
export type TourismPage =
  | { kind: 'entry' }
  | { kind: 'sights'; category: SightCategory | 'all'; page: number }
  | { kind: 'sight'; id: string }
  | { kind: 'events'; filter: string; children: boolean; free: boolean; page: number }
  | { kind: 'event'; id: string }

export const eventsPage = (filter: string): TourismPage => ({
  kind: 'events',
  filter,
  children: false,
  free: false,
  page: 0,
})
export const sightsPage: TourismPage = { kind: 'sights', category: 'all', page: 0 }
