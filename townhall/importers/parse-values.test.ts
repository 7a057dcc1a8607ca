import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDate, parseTime } from './parse-date.ts'
import { parseMoney } from './parse-money.ts'
import { memuroBounds, parsePoint } from './parse-place.ts'
import { parseRepeat } from './parse-repeat.ts'

const readAs = (parsed: ReturnType<typeof parseDate>) => (parsed.kind === 'value' ? parsed.value : parsed.kind)

describe('a date', () => {
  it.each([
    ['2026-04-01', '2026-04-01'],
    ['2026/4/1', '2026-04-01'],
    ['２０２６／４／１', '2026-04-01'],
    ['2026.4.1', '2026-04-01'],
    ['2026年4月1日', '2026-04-01'],
    ['2026年4月1日（水）', '2026-04-01'],
    ['2026年 4月 1日', '2026-04-01'],
    ['20260401', '2026-04-01'],
    ['2026-04-01T00:00:00', '2026-04-01'],
    ['令和8年4月1日', '2026-04-01'],
    ['令和元年5月1日', '2019-05-01'],
    ['R8.4.1', '2026-04-01'],
    ['r8/4/1', '2026-04-01'],
    ['Ｒ８．４．１', '2026-04-01'],
    ['平成14年12月31日', '2002-12-31'],
    ['昭和47年7月1日', '1972-07-01'],
    ['5080401', '2026-04-01'],
    ['4141231', '2002-12-31'],
    ['2024-02-29', '2024-02-29'],
    ['', 'empty'],
    ['－', 'empty'],
    ['なし', 'empty'],
    ['2026-02-29', 'refused'],
    ['2026-13-01', 'refused'],
    ['2026-04-31', 'refused'],
    ['4月1日', 'refused'],
    ['来春', 'refused'],
    ['6080401', 'refused'],
    ['constructor', 'refused'],
  ])('%j is %s', (raw, value) => {
    expect(readAs(parseDate(raw))).toBe(value)
  })

  it('a repair is told, a date as it should be is not', () => {
    expect(parseDate('R8.4.1')).toEqual({ kind: 'value', value: '2026-04-01', repaired: 'R8.4.1 → 2026-04-01' })
    expect(parseDate('2026-04-01')).toEqual({ kind: 'value', value: '2026-04-01' })
  })

  it('each day of a thousand years is read back as it was written, in every way of writing', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1927-01-01'), max: new Date('2900-01-01'), noInvalidDate: true }),
        (date) => {
          const iso = date.toISOString().slice(0, 10)
          const [year = 0, month = 0, day = 0] = iso.split('-').map(Number)
          for (const written of [
            iso,
            `${year}/${month}/${day}`,
            `${year}年${month}月${day}日`,
            iso.replaceAll('-', ''),
          ])
            expect(readAs(parseDate(written)), written).toBe(iso)
        },
      ),
    )
  })
})

describe('a time', () => {
  it.each([
    ['09:00', '09:00'],
    ['9:00', '09:00'],
    ['17：00', '17:00'],
    ['9時', '09:00'],
    ['9時半', '09:30'],
    ['13時5分', '13:05'],
    ['08:30:00', '08:30'],
    ['24:00', '24:00'],
    ['', 'empty'],
    ['24:01', 'refused'],
    ['25:00', 'refused'],
    ['9:60', 'refused'],
    ['午前9時', 'refused'],
  ])('%j is %s', (raw, value) => {
    expect(readAs(parseTime(raw))).toBe(value)
  })
})

describe('money', () => {
  it.each([
    ['無料', '無料', true],
    ['0', '無料', true],
    ['０円', '無料', true],
    ['入場無料', '無料', true],
    ['550円', '550円', false],
    ['５５０', '550円', false],
    ['1500', '1,500円', false],
    ['1,500円', '1,500円', false],
    ['大人 500円、子ども 250円', '大人 500円、子ども 250円', false],
    ['無料（材料費は別）', '無料（材料費は別）', true],
    ['-', null, false],
    ['', null, false],
  ])('%j is shown as %s', (raw, text, free) => {
    expect(parseMoney(raw)).toMatchObject({ text, free })
  })
})

describe('a point', () => {
  const point = (lat: string, lon: string) => parsePoint(lat, lon, memuroBounds)
  it.each([
    ['42.91949', '143.04556'],
    [' ４２．９１９４９ ', '143.04556°'],
  ])('%j, %j is in the town', (lat, lon) => {
    expect(point(lat, lon)).toEqual({ kind: 'point', point: { lat: 42.91949, lon: 143.04556 } })
  })
  it('latitude and longitude that were swapped are put right, and it is told', () => {
    expect(point('143.04556', '42.91949')).toEqual({
      kind: 'point',
      point: { lat: 42.91949, lon: 143.04556 },
      repaired: expect.stringContaining('逆'),
    })
  })
  it.each([
    ['35.68', '139.76', /町の外/],
    ['四十二', '143', /数では/],
    ['42.91949', '', /数では/],
    ['NaN', 'Infinity', /数では/],
    ['1e2', '0x8f', /数では/],
  ])('%j, %j is none, and why', (lat, lon, note) => {
    expect(point(lat, lon)).toEqual({ kind: 'none', note: expect.stringMatching(note) })
  })
  it('no point at all is no mistake', () => {
    expect(point('', '')).toEqual({ kind: 'none' })
    expect(point('－', '－')).toEqual({ kind: 'none' })
  })
})

describe('a repetition', () => {
  it.each([
    ['毎日', 'FREQ=DAILY'],
    ['平日', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
    ['毎週水曜日', 'FREQ=WEEKLY;BYDAY=WE'],
    ['毎週 月・木', 'FREQ=WEEKLY;BYDAY=MO,TH'],
    ['毎週日曜', 'FREQ=WEEKLY;BYDAY=SU'],
    ['隔週月曜日', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO'],
    ['毎月第２土曜日', 'FREQ=MONTHLY;BYDAY=2SA'],
    ['毎月第1・第3日曜日', 'FREQ=MONTHLY;BYDAY=1SU,3SU'],
    ['毎月第1・3日曜日', 'FREQ=MONTHLY;BYDAY=1SU,3SU'],
    ['毎月最終金曜日', 'FREQ=MONTHLY;BYDAY=-1FR'],
    ['毎月15日', 'FREQ=MONTHLY;BYMONTHDAY=15'],
    ['毎月1日・15日', 'FREQ=MONTHLY;BYMONTHDAY=1,15'],
    ['毎月末日', 'FREQ=MONTHLY;BYMONTHDAY=-1'],
    ['毎年2月14日', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=14'],
    ['毎年2月29日', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29'],
    ['毎年8月第1土曜日', 'FREQ=YEARLY;BYMONTH=8;BYDAY=1SA'],
    ['RRULE:FREQ=WEEKLY;BYDAY=TU', 'FREQ=WEEKLY;BYDAY=TU'],
    ['', 'empty'],
    ['繰り返しなし', 'empty'],
    ['繰返しなし', 'empty'],
    ['毎年2月30日', 'refused'],
    ['毎年4月31日', 'refused'],
    ['毎年13月1日', 'refused'],
    ['毎月第6土曜日', 'refused'],
    ['毎月32日', 'refused'],
    ['FREQ=WEEKLY;BYDAY=XX', 'refused'],
    ['FREQ=DAILY;BYMONTH=13', 'refused'],
    ['ときどき', 'refused'],
  ])('%j is %s', (raw, value) => {
    expect(readAs(parseRepeat(raw))).toBe(value)
  })
})

it('nothing that can stand in a cell makes a parser fail, and what is refused says why in Japanese', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom(...'令和元年平成月火日毎週第最終時分半円無料0123456789０１９-/.:：, 　') }),
    fc.constantFrom('constructor', '__proto__', 'toString', '\u0000', '\uD800', '1'.repeat(400)),
  )
  fc.assert(
    fc.property(cell, cell, (one, other) => {
      for (const parse of [parseDate, parseTime, parseRepeat]) {
        const parsed = parse(one)
        if (parsed.kind === 'refused') expect(parsed.reason).toMatch(/[ぁ-ん]/)
      }
      parseMoney(one)
      const point = parsePoint(one, other, memuroBounds)
      if (point.kind === 'none' && point.note) expect(point.note).toMatch(/[ぁ-ん]/)
    }),
    { numRuns: 2_000 },
  )
})
