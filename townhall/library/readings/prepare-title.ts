import { oldKanji } from '../../../contract/library/old-kanji.ts'

const longestTitle = 500

/** A title without kanji is its own reading. */
export const needsReading = (title: string): boolean => /\p{Script=Han}/u.test(title)

/**
 * A title as the analyser reads it best: one line, digits and letters narrow, so that they stay as they are, narrow kana wide, old kanji in
 * the form of today. @returns null: there is nothing to guess from
 */
export function prepareTitle(title: string): string | null {
  if (!needsReading(title) || title.length > longestTitle || title.includes('〓') || /\p{Cc}/u.test(title)) return null
  return (
    title
      .replace(/[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A]|[\uFF61-\uFF9F]+/g, (part) => part.normalize('NFKC'))
      // A narrow space is none to the analyser, and words would grow over it; between letters nothing depends on it.
      .replace(/(?<![!-~]) | (?![!-~])/g, '\u3000')
      .replace(/\p{Script=Han}/gu, (one) => oldKanji.get(one) ?? one)
      .trim()
  )
}
