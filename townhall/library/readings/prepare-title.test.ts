import { describe, expect, it } from 'vitest'
import { prepareTitle } from './prepare-title.ts'

describe('a title before it is read', () => {
  it.each([
    ['old kanji as today', '國語辭典', '国語辞典'],
    ['digits and letters narrow', '第２巻 ＡＢＣの木', '第2巻　ABCの木'],
    ['narrow kana wide, with its dots', 'ﾎﾟｯﾀｰと石', 'ポッターと石'],
    ['wide spaces between Japanese words', '小鳥 ABC the 木', '小鳥　ABC the　木'],
    ['marks and emoji as they are', '「猫」？🐈', '「猫」？🐈'],
  ])('has %s', (_, title, prepared) => {
    expect(prepareTitle(title)).toBe(prepared)
  })

  it.each([
    ['no kanji', 'ぐりとぐら'],
    ['a character that the library could not write', '森〓外'],
    ['more than one line', '星の\n王子'],
    ['a megabyte', '星'.repeat(1_000_000)],
  ])('is not read with %s', (_, title) => {
    expect(prepareTitle(title)).toBeNull()
  })
})
