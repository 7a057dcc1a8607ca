import { describe, expect, it } from 'vitest'
import { children, dayInKana, rangeInKana } from './children.ts'
import { ja } from './ja.ts'

const textsOf = (words: unknown): string[] =>
  typeof words === 'string'
    ? [words]
    : typeof words === 'object' && words !== null
      ? Object.values(words).flatMap(textsOf)
      : []

describe('こどもモード', () => {
  it('has no kanji in any of its words', () => {
    const texts = [...textsOf(children), dayInKana('2026-11-24'), rangeInKana(1, 4, 132)]
    expect(texts.length).toBeGreaterThan(textsOf(ja).length)
    expect(texts.filter((text) => /\p{Script=Han}/u.test(text))).toEqual([])
  })

  it.each([
    ['2026-11-24', '11がつ24にち（か）'],
    ['2027-01-03', '1がつ3にち（にち）'],
  ])('%s is %s', (day, text) => {
    expect(dayInKana(day)).toBe(text)
  })
})
