import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TownEvent } from '../../../../contract/menus/tourism.ts'
import { expandEvents, tokyoDay } from './occurrences.ts'

const event = (change: Partial<TownEvent>): TownEvent => ({
  id: 'E1',
  name: { ja: '催し' },
  description: { ja: '' },
  startDate: '2026-01-01',
  endDate: '2026-01-01',
  startTime: null,
  endTime: null,
  status: 'scheduled',
  free: false,
  forChildren: false,
  point: null,
  pictures: [],
  recurrence: null,
  exceptDates: [],
  ...change,
})
/** Time of day in Memuro. */
const at = (day: string, time = '09:00') => Date.parse(`${day}T${time}:00+09:00`)
const days = (events: TownEvent[], nowMs: number) => expandEvents(events, nowMs).map((one) => one.startDate)

describe('events as days on a calendar', () => {
  it('today ends at midnight in Memuro, not in London', () => {
    expect(tokyoDay(at('2026-11-25', '00:00'))).toBe('2026-11-25')
    expect(tokyoDay(at('2026-11-25', '23:59'))).toBe('2026-11-25')
  })

  it('one that is over is gone, to the minute; one without an end stays until midnight', () => {
    const morning = event({ startDate: '2026-11-25', endDate: '2026-11-25', startTime: '10:00', endTime: '11:30' })
    expect(days([morning], at('2026-11-25', '11:29'))).toEqual(['2026-11-25'])
    expect(days([morning], at('2026-11-25', '11:30'))).toEqual([])
    expect(days([{ ...morning, endTime: null }], at('2026-11-25', '23:59'))).toEqual(['2026-11-25'])
    expect(days([{ ...morning, endTime: null }], at('2026-11-26', '00:00'))).toEqual([])
  })

  it('one of several days stays until its last', () => {
    const week = event({ startDate: '2026-11-20', endDate: '2026-11-26' })
    expect(days([week], at('2026-11-26'))).toEqual(['2026-11-20'])
    expect(days([week], at('2026-11-27'))).toEqual([])
  })

  it('a weekly one falls on its weekday for thirteen months, without the days left out', () => {
    const weekly = event({
      recurrence: 'FREQ=WEEKLY;BYDAY=WE',
      startDate: '2020-01-01',
      endDate: '2020-01-01',
      exceptDates: ['2026-12-02'],
    })
    const found = days([weekly], at('2026-11-24'))
    expect(found.slice(0, 3)).toEqual(['2026-11-25', '2026-12-09', '2026-12-16'])
    expect(found.at(-1)).toBe('2027-12-22')
    expect(found).not.toContain('2026-12-02')
  })

  it('the fourth Saturday of January stays the fourth Saturday', () => {
    const yearly = event({
      recurrence: 'FREQ=YEARLY;BYMONTH=1;BYDAY=4SA',
      startDate: '2026-01-24',
      endDate: '2026-01-24',
    })
    expect(days([yearly], at('2026-11-24'))).toEqual(['2027-01-23'])
    expect(days([yearly], at('2031-06-01'))).toEqual(['2032-01-24'])
  })

  it('every second Monday keeps its count from the first one', () => {
    const fortnightly = event({
      recurrence: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO',
      startDate: '2026-11-02',
      endDate: '2026-11-02',
    })
    expect(days([fortnightly], at('2026-11-24')).slice(0, 2)).toEqual(['2026-11-30', '2026-12-14'])
  })

  it('the 29th of February comes in leap years', () => {
    const leap = event({
      recurrence: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29',
      startDate: '2024-02-29',
      endDate: '2024-02-29',
    })
    expect(days([leap], at('2026-11-24'))).toEqual([])
    expect(days([leap], at('2027-11-24'))).toEqual(['2028-02-29'])
  })

  it('a rule that cannot be read fires once, on its first day', () => {
    expect(
      days(
        [event({ recurrence: 'EVERY FULL MOON', startDate: '2026-12-24', endDate: '2026-12-24' })],
        at('2026-11-24'),
      ),
    ).toEqual(['2026-12-24'])
  })

  it('whatever the day: in order, nothing past, each once, within the horizon', () => {
    const rules = [
      'FREQ=DAILY',
      'FREQ=WEEKLY;BYDAY=SA,SU',
      'FREQ=MONTHLY;BYDAY=-1FR',
      'FREQ=MONTHLY;BYMONTHDAY=31',
      'FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=15',
      'FREQ=WEEKLY;INTERVAL=3;BYDAY=TU',
      null,
    ]
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2026-01-09'), max: new Date('2045-12-31'), noInvalidDate: true }),
        fc.subarray(rules, { minLength: 1 }),
        fc.integer({ min: 0, max: 3 }),
        (now, chosen, spanDays) => {
          const events = chosen.map((recurrence, index) =>
            event({ id: `E${index}`, recurrence, startDate: '2026-01-05', endDate: `2026-01-0${5 + spanDays}` }),
          )
          const found = expandEvents(events, now.getTime())
          const today = tokyoDay(now.getTime())
          expect(new Set(found.map((one) => one.id)).size).toBe(found.length)
          expect(found.map((one) => one.startDate)).toEqual(found.map((one) => one.startDate).sort())
          for (const one of found) {
            expect(one.endDate >= today).toBe(true)
            expect(Date.parse(one.startDate) - Date.parse(today)).toBeLessThanOrEqual(400 * 86_400_000)
          }
          if (chosen.includes('FREQ=DAILY')) expect(found.some((one) => one.startDate === today)).toBe(true)
        },
      ),
      { numRuns: 60 },
    )
  })
})
