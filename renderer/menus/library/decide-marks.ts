export type MarkedPart = { text: string; marked: boolean }

const inHiragana = (text: string) => text.replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))

/** Kana and widths alike, letter for letter, so that places stay the same. */
const fold = (text: string) =>
  [...text].map((letter) => {
    const plain = inHiragana(letter.normalize('NFKC').toLowerCase())
    return plain.length === 1 ? plain : letter
  })

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
