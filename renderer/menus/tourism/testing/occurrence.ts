import type { Occurrence } from '../../../../contract/menus/tourism.ts'

/** An event of a test: named by its id, without anything that may be left out. */
export const occurrence = (id: string, startDate: string, endDate = startDate): Occurrence => ({
  id,
  eventId: id,
  name: { ja: id },
  description: { ja: '' },
  startDate,
  endDate,
  startTime: null,
  endTime: null,
  status: 'scheduled',
  free: false,
  forChildren: false,
  point: null,
  pictures: [],
})
