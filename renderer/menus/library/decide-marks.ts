export type MarkedPart = { text: string; marked: boolean }

const inHiragana = (text: string) => text.replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))

/** As many as a catalogue has different letters. */
const plainLetters = new Map<string, string>()

/** A list is marked with every key, and its letters come again and again. */
function plain(letter: string): string {
  const known = plainLetters.get(letter)
  if (known !== undefined) return known
  const folded = inHiragana(letter.normalize('NFKC').toLowerCase())
  const kept = folded.length === 1 ? folded : letter
  plainLetters.set(letter, kept)
  return kept
}

/** Kana and widths alike, letter for letter, so that places stay the same. */
const fold = (text: string) => [...text].map(plain)

export const toHiragana = (text: string) => inHiragana(text.normalize('NFKC'))

/** Where the typed words stand in a text. Only a help for the eye: what meets in other ways is found without a mark. */
export function decideMarks(text: string, typed: string): MarkedPart[] {
  const letters = [...text]
  const folded = fold(text)
  const marked = letters.map(() => false)
  for (const word of typed.split(/[\s　]+/u)) {
    const wanted = fold(word)
    if (wanted.length === 0) continue
    for (let at = 0; at + wanted.length <= folded.length; at += 1)
      if (wanted.every((letter, index) => folded[at + index] === letter)) marked.fill(true, at, at + wanted.length)
  }
  const parts: MarkedPart[] = []
  letters.forEach((letter, index) => {
    const last = parts.at(-1)
    if (last && last.marked === marked[index]) last.text += letter
    else parts.push({ text: letter, marked: marked[index] ?? false })
  })
  return parts
}
