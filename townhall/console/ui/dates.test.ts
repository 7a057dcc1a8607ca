import { describe, expect, it } from 'vitest'
import { agoInWords, dateTime, day, sizeInWords, spanInWords } from './dates.ts'

describe('times in words', () => {
  it.each([
    [0, '1分以内'],
    [59_000, '1分以内'],
    [60_000, '1分前'],
    [59 * 60_000, '59分前'],
    [47 * 3_600_000, '47時間前'],
    [48 * 3_600_000, '2日前'],
    // A clock that is behind ours is not the future.
    [-5_000, '1分以内'],
  ])('%i ms ago is %s', (pastMs, words) => expect(agoInWords(1e12 - pastMs, 1e12)).toBe(words))

  it('shows the date of Tokyo, whatever the browser is set to', () => {
    expect(dateTime(Date.UTC(2026, 2, 31, 15, 5))).toContain('2026/4/1')
    expect(spanInWords(-90_000)).toBe('1分')
  })

  it('writes a day as it writes a time, without the time', () => {
    expect(day('2026-11-27')).toBe('2026/11/27(金)')
    expect(dateTime(Date.UTC(2026, 10, 27, 3)).startsWith(day('2026-11-27'))).toBe(true)
  })

  it('rounds sizes up, so that nothing is 0 KB', () => {
    expect(sizeInWords(1)).toBe('1 KB')
    expect(sizeInWords(12_340_000)).toBe('12.3 MB')
  })
})
