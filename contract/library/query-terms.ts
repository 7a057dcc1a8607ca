import { inKatakana, vowelOf } from './kana.ts'
import { hasLengthener, normaliseText, withoutLengtheners } from './normalise.ts'
import { romajiSyllables } from './romaji.ts'

/** One word of a query: all the forms of which a text may contain any. */
export type Term = readonly string[]

/** `joined`: all words as one, for a title that was typed with spaces in it; null when there is one word only. */
export type QueryTerms = { words: readonly Term[]; joined: Term | null }

/** Too short a form without its ー finds half the library: サー would be サ. */
const shortestWithout = 3
const shortestPlainWithout = 4
/** So many vowels of a romaji word may be long without being written so: tokyo. */
const mostOpenVowels = 3
/** So many は and へ of a word may be particles. */
const mostParticles = 3

/** What is typed, as terms; no words: nothing narrows. Words are parted by spaces of any kind. */
export function readQuery(text: string): QueryTerms {
  const typed = text.split(/\s+/u).filter((word) => normaliseText(word) !== '')
  const words = new Map<string, Term>()
  for (const word of typed) words.set(normaliseText(word), termOf(word))
  return { words: [...words.values()], joined: words.size > 1 ? termOf(typed.join('')) : null }
}

export function termOf(word: string): Term {
  const form = normaliseText(word)
  const forms = new Set([form, ...asContinuation(word, form), ...unfinishedV(word, form), ...asParticles(form)])
  if (form.startsWith('isbn') && form.length > 4) forms.add(form.slice(4))
  for (const one of withoutLong(word, form)) forms.add(one)
  for (const one of fromRomaji(word)) forms.add(one)
  forms.delete('')
  return [...forms]
}

/** A word that begins with a lengthener may begin in the middle of a long vowel: うえん of こうえん. */
function asContinuation(word: string, form: string): string[] {
  const before = { う: ['お'], い: ['え'], ー: ['あ', 'い', 'う', 'え', 'お'] }[form.charAt(0)] ?? []
  return before.map((kana) => normaliseText(kana + word).slice(1))
}

/** ゔ at the end may yet become ヴァ, ヴィ, ヴェ, ヴォ. */
function unfinishedV(word: string, form: string): string[] {
  return /[ゔヴ]$/.test(word.normalize('NFKC')) ? ['ば', 'び', 'べ', 'ぼ'].map((kana) => form.slice(0, -1) + kana) : []
}

/** Libraries write the particles は and へ as they sound (わ, え): each that is not the first kana may be one. */
function asParticles(form: string): string[] {
  const places = [...form.matchAll(/(?<!^)[はへ]/gu)].slice(0, mostParticles).map(({ index }) => index)
  const forms: string[] = []
  for (let choice = 1; choice < 1 << places.length; choice += 1) {
    const spoken = new Set(places.filter((_, bit) => choice & (1 << bit)))
    forms.push(form.replace(/[はへ]/g, (kana, at: number) => (spoken.has(at) ? (kana === 'は' ? 'わ' : 'え') : kana)))
  }
  return forms
}

function withoutLong(word: string, form: string): string[] {
  const without = withoutLengtheners(word)
  if (hasLengthener(word)) {
    const plain = normaliseText(word.normalize('NFKC').replaceAll('ー', ''))
    return [
      ...(without.length >= shortestWithout ? [without] : []),
      ...(plain.length >= shortestPlainWithout ? [plain] : []),
    ]
  }
  return without !== form && without.length >= shortestPlainWithout ? [without] : []
}

function fromRomaji(word: string): string[] {
  const syllables = romajiSyllables(word)
  if (syllables === null) return []
  const open = syllables.flatMap((kana, at) => {
    const vowel = vowelOf.get(normaliseText(kana).slice(-1))
    const next = syllables[at + 1]
    return (vowel === 'お' || vowel === 'う') && next !== 'ー' && next !== 'う' && next !== 'お' ? [at] : []
  })
  const places = open.slice(0, mostOpenVowels)
  const forms: string[] = []
  for (let choice = 0; choice < 1 << places.length; choice += 1) {
    const long = new Set(places.filter((_, bit) => choice & (1 << bit)))
    forms.push(normaliseText(syllables.map((kana, at) => (long.has(at) ? `${kana}ー` : kana)).join('')))
  }
  const plain = forms[0] ?? ''
  return [...forms, ...asParticles(plain), ...(plain.length >= shortestWithout ? [inKatakana(plain)] : [])]
}
