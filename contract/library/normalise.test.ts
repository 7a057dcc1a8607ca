import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normaliseText, withoutLengtheners } from './normalise.ts'
import { oldKanji } from './old-kanji.ts'

describe('normaliseText', () => {
  it.each([
    ['half and full width', 'ＡＢＣ１２３', 'abc123'],
    ['half-width katakana with its dots', 'ｶﾞｯｺｳ', 'がつこお'],
    ['dots that stand alone', 'か゛', 'が'],
    ['katakana', 'ネコ', 'ねこ'],
    ['small kana', 'きゃっきょ', 'きやつきよ'],
    ['small kana of Ainu names', 'アイヌモシㇼ', 'あいぬもしり'],
    ['long vowels by う', 'とうきょう', 'とおきよお'],
    ['long vowels by い', 'せんせい', 'せんせえ'],
    ['long vowels by ー', 'コーヒー', 'こおひい'],
    ['a long vowel after a kana without one', 'ンー', 'んー'],
    ['ヴ with and without a vowel', 'ヴァイオリン・ヴ・ヴェニス', 'ばいおりんぶべにす'],
    ['old kana', 'ゐゑを', 'いえお'],
    ['kana that sound alike', 'つづきのはなぢ', 'つずきのはなじ'],
    ['old kanji', '國學院の圖書館', '国学院の図書館'],
    ['kanji of names', '髙﨑 渡邊 渡邉 嶋', '高崎渡辺渡辺島'],
    ['compatibility ideographs', '神', '神'],
    ['surrogate pairs, folded', '𠮷野家', '吉野家'],
    ['surrogate pairs, kept', '𩸽', '𩸽'],
    ['half a pair', 'a\ud842b', 'ab'],
    ['repeat marks', '佐々木 いすゞ こゝろ', '佐佐木いすずこころ'],
    ['a repeat mark after a pair', '𩸽々', '𩸽𩸽'],
    ['diacritics of Latin letters', 'Élève Ōe Ærø straße', 'eleveoeaerostrasse'],
    ['spaces, punctuation, symbols', ' 「赤毛のアン」 ☆ (上)!', '赤毛のあん上'],
    ['〓 for what could not be written', '〓外', '〓外'],
    ['variation selectors', '葛\u{e0100}城', '葛城'],
    ['control characters', 'a\u0000b\u0001', 'ab'],
  ])('%s: %s → %s', (_, text, form) => {
    expect(normaliseText(text)).toBe(form)
  })

  it('leaves alone what it has made', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
        expect(normaliseText(normaliseText(text))).toBe(normaliseText(text))
      }),
    )
  })

  it('of a text typed on makes a longer form of what it made before', () => {
    const kana = fc.array(fc.constantFrom(...'あいうえおかきくけこーんっょしせとのはひをァンュー々国'), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(kana, fc.nat(12), (letters, length) => {
        expect(normaliseText(letters.join(''))).toMatch(
          new RegExp(`^${normaliseText(letters.slice(0, length).join(''))}`),
        )
      }),
    )
  })

  it('keeps the forms without ー apart from the others', () => {
    expect(withoutLengtheners('コンピューター')).toBe('コンピユタ')
    expect(withoutLengtheners('コンピュータ')).toBe('コンピユタ')
  })
})

describe('the table of old kanji', () => {
  it('leads to a form of today in one step', () => {
    for (const [old, today] of oldKanji) {
      expect([...old, ...today], old).toHaveLength(2)
      expect(oldKanji.has(today), `${old} → ${today} → ?`).toBe(false)
    }
  })

  it.each(['體体', '龍竜', '靈霊', '變変', '鹽塩', '黽黽', '隙隙', '粗粗', '麁粗', '鼡鼠', '蠟蝋', '戶戸'])(
    '%s',
    (pair) => {
      const [old = '', today = ''] = [...pair]
      expect(normaliseText(old)).toBe(today)
    },
  )
})
