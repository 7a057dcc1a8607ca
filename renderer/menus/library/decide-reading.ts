import type { LibraryRecord } from '../../../contract/library/record.ts'
import { toHiragana } from './decide-marks.ts'

/** How a title is read, in kana, and whether that is only guessed; null: nobody knows. */
export function decideReading({
  titleReading,
  titleGuess,
}: Pick<LibraryRecord, 'titleReading' | 'titleGuess'>): { text: string; guessed: boolean } | null {
  if (titleReading) return { text: toHiragana(titleReading), guessed: false }
  return titleGuess ? { text: titleGuess, guessed: true } : null
}
