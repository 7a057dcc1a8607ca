import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitRuby } from './split-ruby.ts'

const plain = (name: string, reading: string) =>
  splitRuby(name, reading)
    .map((part) => (part.reading === null ? part.text : `${part.text}(${part.reading})`))
    .join('')

describe('readings over the kanji alone', () => {
  it.each([
    ['芽室公園', 'メムロコウエン', '芽室公園(めむろこうえん)'],
    ['おはなし会', 'オハナシカイ', 'おはなし会(かい)'],
    ['めむろ駅前プラザ', 'めむろえきまえぷらざ', 'めむろ駅前(えきまえ)プラザ'],
    ['カシワの木', 'カシワノキ', 'カシワの木(き)'],
    ['冬の星を見る会', 'フユノホシヲミルカイ', '冬(ふゆ)の星(ほし)を見(み)る会(かい)'],
    // What cannot be told apart has its reading over the whole.
    ['ゲートボール発祥の地', 'ハッショウノチ', 'ゲートボール発祥の地(ハッショウノチ)'],
  ])('%s', (name, reading, expected) => {
    expect(plain(name, reading)).toBe(expected)
  })

  it('keeps every letter of the name, and throws at nothing', () => {
    const text = fc.string({ unit: fc.constantFrom(...'芽室々の(カ)ー木.*+a1 '), maxLength: 12 })
    fc.assert(
      fc.property(text, text, (name, reading) => {
        expect(
          splitRuby(name, reading)
            .map((part) => part.text)
            .join(''),
        ).toBe(name)
      }),
    )
  })
})
