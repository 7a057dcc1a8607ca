import { inKatakana, meetingKana, plainOf, toHiragana, vKana, voicedOf, vowelOf } from './kana.ts'
import { oldKanji } from './old-kanji.ts'

/** The form in which everything meets, of texts and of what is typed alike: see the table in the test.
 * Kana is folded length by length, so that a text typed on only narrows what it finds (ゔ and the marks ゛゜ apart). */
export function normaliseText(text: string): string {
  const folds = foldTable()
  const wide = text
    .replaceAll('\u309b', '\u3099')
    .replaceAll('\u309c', '\u309a')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ßæœ]/g, (letter) => (letter === 'ß' ? 'ss' : letter === 'æ' ? 'ae' : 'oe'))
  let out = ''
  let last = ''
  for (let at = 0; at < wide.length; at += 1) {
    const unit = wide.charCodeAt(at)
    let one: string
    if (unit >= 0xd800 && unit <= 0xdfff) {
      const point = wide.codePointAt(at) ?? 0
      if (point <= 0xffff) continue
      at += 1
      one = foldPair(String.fromCodePoint(point))
    } else {
      one = folds[unit] ?? ''
      if (one === 'ゔ') {
        const both = vKana.get(String.fromCharCode(toHiragana(wide.charCodeAt(at + 1))))
        if (both !== undefined) at += 1
        one = both ?? 'ぶ'
      }
    }
    if (one === '') continue
    one = inContext(one, last)
    out += one
    last = one.length === 1 ? one : lastCharacter(one)
  }
  return out
}

/** Lengtheners and repeat marks, by what stands before them. */
function inContext(one: string, last: string): string {
  switch (one) {
    case 'ー':
      return vowelOf.get(last) ?? one
    case 'う':
      return vowelOf.get(last) === 'お' ? 'お' : one
    case 'い':
      return vowelOf.get(last) === 'え' ? 'え' : one
    case '々':
      return last === '' ? one : last
    case 'ゝ':
      return plainOf.get(last) ?? (last === '' ? one : last)
    case 'ゞ':
      return voicedOf.get(last) ?? (last === '' ? one : last)
    default:
      return one
  }
}

/** Without the ー, and with the kana in the katakana range, so that コンピューター and コンピュータ meet there and nowhere else. */
export function withoutLengtheners(text: string): string {
  return inKatakana(normaliseText(text.normalize('NFKC').replaceAll('ー', '')))
}

export function hasLengthener(text: string): boolean {
  return text.includes('ー') || text.includes('ｰ')
}

const lastCharacter = (text: string): string => [...text].at(-1) ?? ''

const nothing = /^[\p{P}\p{S}\p{Z}\p{C}\p{M}]$/u
/** 〓 stands for a character that the library could not write. */
const missing = '〓'

let table: string[] | null = null
/** Of every code unit what it becomes; empty: it falls away. */
function foldTable(): readonly string[] {
  if (table !== null) return table
  table = Array.from({ length: 0x10000 }, (_, unit) => foldUnit(unit))
  return table
}

function foldUnit(unit: number): string {
  if (unit >= 0xd800 && unit <= 0xdfff) return ''
  const hiragana = String.fromCharCode(unit)
  const meeting = meetingKana.get(hiragana) ?? meetingKana.get(String.fromCharCode(toHiragana(unit)))
  if (meeting !== undefined) return meeting
  const one = String.fromCharCode(toHiragana(unit))
  if (one === missing) return one
  if (nothing.test(one)) return ''
  if (one === '〻') return '々'
  if (one === 'ς') return 'σ'
  return withoutDiacritics(one) ?? oldKanji.get(one) ?? one
}

const strokes: ReadonlyMap<string, string> = new Map([
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['ı', 'i'],
  ['þ', 't'],
])

/** Latin letters only: a dakuten is no diacritic. */
function withoutDiacritics(one: string): string | undefined {
  const base = one.normalize('NFD').charAt(0)
  return strokes.get(one) ?? (base !== one && /[a-z]/.test(base) ? base : undefined)
}

const pairs = new Map<string, string>()
function foldPair(character: string): string {
  let folded = pairs.get(character)
  if (folded === undefined) {
    folded = nothing.test(character) ? '' : (oldKanji.get(character) ?? character)
    if (pairs.size < 50_000) pairs.set(character, folded)
  }
  return folded
}
