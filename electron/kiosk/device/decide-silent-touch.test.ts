import { expect, it } from 'vitest'
import { decideDay, type TouchDay } from './decide-silent-touch.ts'

const hourMs = 3_600_000
const usualWeek = [40, 25, 12, 60, 31]
const silentDay = { visits: 0, openMs: 12 * hourMs }

it.each<[string, number[], Omit<TouchDay, 'day'>, number | null]>([
  ['nobody, where many are usual', usualWeek, silentDay, 31],
  ['one alone', usualWeek, { ...silentDay, visits: 1 }, null],
  ['closed all day', usualWeek, { visits: 0, openMs: 0 }, null],
  ['switched on for the last hour', usualWeek, { visits: 0, openMs: hourMs }, null],
  ['a place where few come', [4, 1, 2, 9, 3, 1], silentDay, null],
  ['one festival among quiet days', [1, 2, 300, 1, 2], silentDay, null],
  ['too new to know', [40, 25, 12, 60], silentDay, null],
])('%s', (_, usual, today, usualPerDay) => {
  const { silent } = decideDay({ today: { day: '2026-11-24', ...today }, usual }, '2026-11-25')
  expect(silent).toEqual(usualPerDay === null ? null : { day: '2026-11-24', usualPerDay })
})

it('says nothing before the day is over, and goes on saying it day by day while nobody touches', () => {
  let days = { today: { day: '2026-11-01', ...silentDay }, usual: usualWeek }
  expect(decideDay(days, '2026-11-01').silent).toBeNull()
  for (let date = 2; date <= 30; date += 1) {
    const day = `2026-11-${String(date).padStart(2, '0')}`
    const end = decideDay(days, day)
    expect(end.silent?.usualPerDay).toBe(31)
    expect(decideDay(end.days, day).silent).toBeNull()
    days = { usual: [...end.days.usual], today: { day, ...silentDay } }
  }
})

it('forgets what was usual three weeks ago', () => {
  let usual: readonly number[] = [500, 500, 500, 500, 500]
  for (let n = 0; n < 14; n += 1) {
    usual = decideDay({ today: { day: 'a', visits: 10, openMs: 12 * hourMs }, usual }, 'b').days.usual
  }
  expect(new Set(usual)).toEqual(new Set([10]))
})
