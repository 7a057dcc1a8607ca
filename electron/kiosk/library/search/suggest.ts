import { normaliseText } from '../../../../contract/library/normalise.ts'
import { romajiSyllables } from '../../../../contract/library/romaji.ts'

/** So many forms are looked up at most, whatever was typed: about 20 ms with a million titles. */
const mostLookUps = 320
const mostSuggestions = 5
/** Of the best so many it is made sure that they find a title, and how many. */
const mostTried = 8

const kana = [
  ...'あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわんがぎぐげござじずぜぞだでどばびぶべぼぱぴぷぺぽ',
]
/** What is touched in place of each other: with and without dots. */
const families = [
  'かが',
  'きぎ',
  'くぐ',
  'けげ',
  'こご',
  'さざ',
  'しじ',
  'すず',
  'せぜ',
  'そぞ',
  'ただ',
  'ちじ',
  'つず',
  'てで',
  'とど',
  'はばぱ',
  'ひびぴ',
  'ふぶぷ',
  'へべぺ',
  'ほぼぽ',
]

/** How likely a slip is: dots missed or too many; any other; the last kana too many, which nearly always finds something. */
type Likely = 0 | 1 | 2
type Guess = { word: string; likely: Likely }
/** A word that finds something is doubted only if another finds so many times more. */
const timesMore = 10

/** What the index can say: whether a normalised form stands anywhere, about how often, and how many titles are found with a word in place of the other. */
export type Found = {
  stands: (form: string) => boolean
  weight: (form: string) => number
  titles: (word: string) => number
}

/**
 * For a word with a slip of one kana: what it may have been, best first. As far as the word is found at all its beginning is right, so the
 * slip is where that ends or before it.
 */
export function suggestWords(word: string, found: Found): string[] {
  const letters = [...(romajiSyllables(word)?.join('') ?? word.normalize('NFKC'))]
  if (letters.length < 2) return []
  const form = normaliseText(letters.join(''))
  const seen = new Set([form, ''])
  const guesses: Guess[] = []
  let left = mostLookUps
  const places = slipPlaces(letters, found.stands)
  // The likelier slips of all places before the many others of any.
  for (const slips of [nearSlips, otherKana, missedKana]) {
    for (const { text, likely } of places.flatMap((at) => [...slips(letters, at)])) {
      const guessed = normaliseText(text)
      if (seen.has(guessed)) continue
      seen.add(guessed)
      left -= 1
      if (left < 0) break
      if (found.stands(guessed)) guesses.push({ word: text, likely })
    }
  }
  const typed = found.titles(word)
  return guesses
    .map((guess) => ({ ...guess, weight: found.weight(normaliseText(guess.word)) }))
    .sort((one, other) => one.likely - other.likely || other.weight - one.weight)
    .slice(0, mostTried)
    .map((guess) => ({ ...guess, titles: found.titles(guess.word) }))
    .filter(({ titles }) => titles > typed * timesMore)
    .sort((one, other) => one.likely - other.likely || other.titles - one.titles)
    .slice(0, mostSuggestions)
    .map((guess) => guess.word)
}

/** From where the longest beginning that is found ends, back to the first kana. */
function slipPlaces(letters: readonly string[], stands: (form: string) => boolean): number[] {
  let found = 0
  while (found < letters.length && stands(normaliseText(letters.slice(0, found + 1).join('')))) found += 1
  return Array.from({ length: found + 1 }, (_, at) => found - at)
}

type Slip = { text: string; likely: Likely }

/** Dots, one kana too many, two the wrong way round. */
function* nearSlips(letters: readonly string[], at: number): Generator<Slip> {
  const { before, here, after } = around(letters, at)
  const next = letters[at + 1]
  if (here === undefined) return
  for (const one of families.filter((family) => family.includes(hiragana(here))).join(''))
    yield { text: before + inScriptOf(here, one) + after, likely: 0 }
  yield { text: before + after, likely: at === letters.length - 1 ? 2 : 1 }
  if (next !== undefined) yield { text: before + next + here + letters.slice(at + 2).join(''), likely: 1 }
}

function* otherKana(letters: readonly string[], at: number): Generator<Slip> {
  const { before, here, after } = around(letters, at)
  if (here === undefined) return
  for (const one of kana) yield { text: before + inScriptOf(here, one) + after, likely: 1 }
}

function* missedKana(letters: readonly string[], at: number): Generator<Slip> {
  const { before, here = '', after } = around(letters, at)
  const script = letters[at] ?? letters[at - 1] ?? 'あ'
  for (const one of kana) yield { text: before + inScriptOf(script, one) + here + after, likely: 1 }
}

function around(letters: readonly string[], at: number) {
  return { before: letters.slice(0, at).join(''), here: letters[at], after: letters.slice(at + 1).join('') }
}

const distance = 0x60
const isKatakana = (letter: string) => /[ァ-ヶー]/.test(letter)
const hiragana = (letter: string) =>
  /[ァ-ヶ]/.test(letter) ? String.fromCharCode(letter.charCodeAt(0) - distance) : letter
const inScriptOf = (letter: string, one: string) =>
  isKatakana(letter) ? String.fromCharCode(one.charCodeAt(0) + distance) : one
