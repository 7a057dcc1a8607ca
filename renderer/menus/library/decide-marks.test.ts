import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideMarks } from './decide-marks.ts'

const shown = (text: string, typed: string) =>
  decideMarks(text, typed)
    .map((part) => (part.marked ? `[${part.text}]` : part.text))
    .join('')

describe('what was typed, marked in a title', () => {
  it.each([
    ['はらぺこあおむし', 'あお', 'はらぺこ[あお]むし'],
    ['ハラペコアオムシ', 'あお', 'ハラペコ[アオ]ムシ'],
    ['ぐりとぐら', 'ぐ', '[ぐ]りと[ぐ]ら'],
    ['銀河鉄道の夜', '鉄道　夜', '銀河[鉄道]の[夜]'],
    ['ＡＢＣの本', 'abc', '[ＡＢＣ]の本'],
    ['銀河鉄道の夜', 'ぎんが', '銀河鉄道の夜'],
    ['𠮷野家の本', '𠮷', '[𠮷]野家の本'],
    ['本', '', '本'],
  ])('%s with %s', (text, typed, expected) => expect(shown(text, typed)).toBe(expected))

  it('loses and adds no letter', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (text, typed) => {
        expect(
          decideMarks(text, typed)
            .map((part) => part.text)
            .join(''),
        ).toBe(text)
      }),
    )
  })
})
