import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shelfReadings } from './shelf-readings.ts'

const told = (name: string) =>
  shelfReadings(name).map(({ text, reading }) => (reading === null ? text : `${text}(${reading})`))

describe('readings over the names of shelves', () => {
  it.each([
    ['絵本', ['絵本(えほん)']],
    ['こどもの本', ['こどもの', '本(ほん)']],
    ['一般の本', ['一般(いっぱん)', 'の', '本(ほん)']],
    ['郷土資料', ['郷土資料(きょうどしりょう)']],
    ['図書館の1階', ['図書館(としょかん)', 'の1', '階(かい)']],
    ['芽室町図書館', ['芽室町(めむろちょう)', '図書館(としょかん)']],
    ['大きな活字の本', ['大(おお)', 'きな', '活字(かつじ)', 'の', '本(ほん)']],
    ['CD・DVD', ['CD・DVD']],
    // A word that nobody taught us stays as it is.
    ['凸凹の棚', ['凸凹の', '棚(たな)']],
    ['', []],
  ])('%s', (name, parts) => {
    expect(told(name)).toEqual(parts)
  })

  it('loses no letter of any name', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'図書館絵本のA1階一般🐻') }), (name) => {
        expect(
          shelfReadings(name)
            .map(({ text }) => text)
            .join(''),
        ).toBe(name)
      }),
    )
  })
})
