// 15 classes of what visitors type, drawn from the titles of the catalogue itself.
import type { LibraryRecord } from '../contract/library/record.ts'
import { romajiSyllables } from '../contract/library/romaji.ts'
import { type Random, seeded } from './search-catalogue.ts'

const hiragana = (text: string) => text.replace(/[ァ-ヶ]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0x60))

type Draw = (record: LibraryRecord, random: Random) => string
const kanaOf = (record: LibraryRecord) => hiragana(record.titleReading ?? record.title)
const prefix =
  (length: number): Draw =>
  (record) =>
    [...kanaOf(record)].slice(0, length).join('')
const part = (text: string, length: number, random: Random): string => {
  const letters = [...text]
  const at = Math.floor(random() * Math.max(1, letters.length - length + 1))
  return letters.slice(at, at + length).join('')
}
const family = (record: LibraryRecord) => record.authors[0]?.name.slice(0, 2) ?? '佐藤'

const classes: Readonly<Record<string, Draw>> = {
  'one kana': prefix(1),
  'two kana': prefix(2),
  'three kana': prefix(3),
  'four kana': prefix(4),
  'six kana': prefix(6),
  'eight kana': prefix(8),
  'one kanji': ({ title }, random) => part(title, 1, random),
  'two kanji inside': ({ title }, random) => part(title, 2, random),
  'four characters inside': ({ title }, random) => part(title, 4, random),
  author: ({ authors }, random) => (random() < 0.5 ? (authors[0]?.name ?? '') : hiragana(authors[0]?.reading ?? '')),
  isbn: ({ isbn = '' }, random) => (random() < 0.5 ? isbn : `${isbn.slice(0, 3)}-${isbn.slice(3, 5)}-${isbn.slice(5)}`),
  'title and author': (record, random) => `${part(record.title, 2, random)} ${family(record)}`,
  'two short words': (record, random) => `${part(kanaOf(record), 1, random)} ${part(record.title, 2, random)}`,
  romaji: (record, random) => romaji(part(kanaOf(record), 3, random)),
  nothing: (record) => `${[...kanaOf(record)].slice(0, 3).join('')}ぬぺゑ`,
}

const letters = ['', ...'kstnhmrgzdbpyw'].flatMap((one) => [...'aiueo'].map((vowel) => one + vowel))
const romajiOf = new Map(letters.map((one) => [romajiSyllables(one)?.join('') ?? '', one]))
const romaji = (kana: string) => [...kana].map((one) => romajiOf.get(one) ?? (one === 'ん' ? 'n' : 'a')).join('')

export type DrawnQuery = { kind: string; text: string }

/** So many of each class, none twice as far as there are enough. */
export function drawQueries(records: readonly LibraryRecord[], each: number, seed: number): DrawnQuery[] {
  const random = seeded(seed)
  return Object.entries(classes).flatMap(([kind, draw]) => {
    const texts = new Set<string>()
    for (let attempt = 0; attempt < each * 30 && texts.size < each; attempt += 1) {
      const record = records[Math.floor(random() * records.length)]
      const text = record === undefined ? '' : draw(record, random)
      if (text.trim() !== '') texts.add(text)
    }
    return [...texts].map((text) => ({ kind, text }))
  })
}
