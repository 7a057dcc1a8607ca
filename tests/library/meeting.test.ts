import { describe, expect, it } from 'vitest'
import { madeRecords } from '../../bench/search-catalogue.ts'
import { classOf } from '../../contract/library/match-class.ts'
import { normaliseText } from '../../contract/library/normalise.ts'
import { readQuery } from '../../contract/library/query-terms.ts'
import type { LibraryRecord } from '../../contract/library/record.ts'
import { ownFields, sharedFields, sharedTexts } from '../../contract/library/title-fields.ts'

const neko: LibraryRecord = {
  id: '1',
  kind: 'book',
  title: '吾輩は猫である',
  titleReading: 'ワガハイ ワ ネコ デ アル',
  subtitle: 'コンピューターとサーバーの國',
  volume: '上',
  authors: [{ name: '夏目, 漱石', reading: 'ナツメ, ソウセキ' }],
  series: [{ name: '東京文庫', reading: 'トウキョウ ブンコ' }],
  publisher: '髙橋書店',
  subjects: ['ヴァイオリン', 'こうえん'],
  ndc: '913.6',
  isbn: '9784101010137',
  aboutTown: false,
  loans: 0,
  holdings: [],
}
const fieldsOf = (record: LibraryRecord) => [...ownFields(record), ...sharedTexts(record).flatMap(sharedFields)]
const classFor = (text: string) => classOf(fieldsOf(neko), readQuery(text))

describe('what is typed and what the library wrote meet', () => {
  it.each([
    ['吾輩は猫である', 1],
    ['わがはいはねこである', 1],
    ['wagahaihanekodearu', 1],
    ['9784101010137', 1],
    ['978-4-10-101013-7', 1],
    ['4-10-101013-7', 1],
    ['ISBN 4101010137', 1],
    ['わ', 2],
    ['ワカ', 0],
    ['わがはいは', 2],
    ['吾輩 上', 2],
    ['猫 吾輩', 2],
    ['natume', 3],
    ['なつめそうせき', 3],
    ['夏目漱石', 3],
    ['猫 夏目', 3],
    ['soseki', 4],
    ['sōseki', 4],
    ['猫', 4],
    ['コンピュータ', 4],
    ['コンピューター', 4],
    ['コンピュータと', 4],
    ['konpyuta', 4],
    ['サーバ', 4],
    ['さば', 0],
    ['国', 4],
    ['tokyo', 4],
    ['とうきょ', 4],
    ['うきょう', 4],
    ['高橋', 4],
    ['バイオリン', 4],
    ['ヴ', 4],
    ['うえん', 4],
    ['913.6', 4],
    ['91', 4],
    ['13.6', 0],
    ['101013', 0],
    ['猫 犬', 0],
    ['', 4],
    ['!?', 4],
  ])('%s: class %i', (text, matchClass) => {
    expect(classFor(text)).toBe(matchClass)
  })
})

const star = { title: '星の王子', titleGuess: 'ほしのおうじ' }

describe('a guessed reading', () => {
  const { titleReading: _, ...bare } = neko
  it.each([
    ['ほしのおうじ', 2],
    ['hosinoouzi', 2],
    ['ほしの', 3],
    ['おうじ', 4],
    ['ほしのおうさま', 0],
    ['星の', 2],
  ])('finds by %s, a class below one that is given: %i', (text, matchClass) => {
    expect(classOf(ownFields({ ...bare, ...star }), readQuery(text))).toBe(matchClass)
  })

  it('says nothing beside one that is given', () => {
    const both = ownFields({ ...bare, ...star, titleReading: 'セイノオウジ' })
    expect(classOf(both, readQuery('ほしの'))).toBe(0)
    expect(classOf(both, readQuery('せいの'))).toBe(2)
  })
})

it('finds every title by the first three kana of its reading, however they are typed', () => {
  for (const record of madeRecords(2000, 7)) {
    const start = [...(record.titleReading ?? '')].slice(0, 3).join('')
    if (normaliseText(start) === '') continue
    expect(classOf(fieldsOf(record), readQuery(start)), `${start} for ${record.title}`).toBeLessThanOrEqual(2)
    expect(classOf(fieldsOf(record), readQuery(start)), `${start} for ${record.title}`).toBeGreaterThan(0)
  }
})
