import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Opening } from '../../../contract/opening.ts'
import { readConfig } from '../read-config.ts'
import { decideOpening } from './decide-opening.ts'
import { isJapaneseHoliday } from './japanese-holidays.ts'

const week = [{ from: '08:45', to: '17:30' }]
const hall: Opening = {
  hours: {
    mon: [],
    tue: week,
    wed: week,
    thu: week,
    fri: [
      { from: '08:45', to: '12:00' },
      { from: '18:00', to: '24:00' },
    ],
    sat: week,
    sun: week,
  },
  closedOnHolidays: true,
  yearEnd: { from: '12-31', to: '01-05' },
  closedDays: ['2026-06-10'],
  restartAt: '03:30',
}
const at = (japan: string, opening: Opening | undefined = hall) =>
  decideOpening(Date.parse(`${japan}+09:00`), opening, isJapaneseHoliday)

describe('the hours at the door', () => {
  it.each([
    ['2026-06-02T08:44:59', false, 'a minute before'],
    ['2026-06-02T08:45:00', true, 'as it opens'],
    ['2026-06-02T17:29:59', true, 'the last minute'],
    ['2026-06-02T17:30:00', false, 'as it closes'],
    ['2026-06-01T12:00:00', false, 'a Monday'],
    ['2026-06-05T13:00:00', false, 'the pause at noon'],
    ['2026-06-05T23:59:59', true, 'to the end of the day'],
    ['2026-06-06T00:00:00', false, 'and no further'],
    ['2026-04-29T12:00:00', false, '昭和の日'],
    ['2026-05-06T12:00:00', false, '振替休日'],
    ['2026-09-22T12:00:00', false, '国民の休日 between two others'],
    ['2026-12-30T12:00:00', true, 'the day before the end of the year'],
    ['2026-12-31T12:00:00', false, 'the last day'],
    ['2027-01-05T12:00:00', false, 'still the new year'],
    ['2027-01-06T12:00:00', true, 'the first day after'],
    ['2026-06-10T12:00:00', false, 'a day of its own'],
  ])('%s: %s (%s)', (japan, open) => {
    expect(at(japan).open).toBe(open)
  })

  it('open on holidays where the facility says so', () => {
    expect(at('2026-04-29T12:00:00', { ...hall, closedOnHolidays: false }).open).toBe(true)
  })

  it('always open where nothing is said', () => {
    expect(decideOpening(0, undefined, isJapaneseHoliday)).toEqual({ open: true, restartHour: false })
  })
})

describe('the hour of the restart', () => {
  it.each([
    ['2026-06-02T03:29:59', false],
    ['2026-06-02T03:30:00', true],
    ['2026-06-02T04:29:59', true],
    ['2026-06-02T04:30:00', false],
  ])('%s: %s', (japan, due) => {
    expect(at(japan).restartHour).toBe(due)
  })

  it('reaches over midnight', () => {
    expect(at('2026-06-02T00:10:00', { ...hall, restartAt: '23:30' }).restartHour).toBe(true)
  })

  it('is never while it is open, and comes every day that is quiet then', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2026-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
        (date) => {
          const { open, restartHour } = decideOpening(date.getTime(), hall, isJapaneseHoliday)
          expect(open && restartHour).toBe(false)
          const nextDay = [...Array(48).keys()].map((half) => date.getTime() + half * 1_800_000)
          expect(nextDay.some((ms) => decideOpening(ms, hall, isJapaneseHoliday).restartHour)).toBe(true)
        },
      ),
      { numRuns: 200 },
    )
  })

  it('lies in the quiet hours of each facility', () => {
    const folder = join(import.meta.dirname, '..', '..', '..', 'kiosk-config')
    const files = readdirSync(folder)
    expect(files).toHaveLength(6)
    for (const file of files) {
      const { opening } = readConfig(join(folder, file))
      const hours = Object.values(opening?.hours ?? {}).flat()
      expect(hours.length, file).toBeGreaterThan(0)
      expect(hours.some(({ from, to }) => (opening?.restartAt ?? '') >= from && (opening?.restartAt ?? '') < to)).toBe(
        false,
      )
    }
  })
})
