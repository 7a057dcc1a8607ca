import { type LibraryRecord, longestGuess } from '../../../contract/library/record.ts'
import { needsReading } from './prepare-title.ts'

type Titled = Pick<LibraryRecord, 'title' | 'titleReading' | 'titleGuess' | 'authors'>

/** Whether anybody would miss a reading: kanji of which nobody said how they are read. */
export const lacksReading = ({ title, titleReading }: Pick<Titled, 'title' | 'titleReading'>): boolean =>
  titleReading === undefined && needsReading(title)

/**
 * What stands as the guessed reading. `guessed`: what the analyser says, null when it is not sure, undefined where there is none; then
 * what was guessed before of the same title stays, so that a machine without it changes nothing.
 */
export function decideGuess(
  record: Titled,
  guessed: string | null | undefined,
  former: Pick<Titled, 'title' | 'titleGuess'> | null,
): string | undefined {
  if (!lacksReading(record) || namesItsAuthor(record)) return undefined
  if (guessed === undefined) return former?.title === record.title ? former.titleGuess : undefined
  return guessed === null || guessed.length > longestGuess ? undefined : guessed
}

/** The author's own name in a title is not ours to read: a living person's name misread is worse than none. */
function namesItsAuthor({ title, authors }: Titled): boolean {
  const plain = letters(title)
  return authors.some(({ name }) => {
    const written = letters(name)
    return written.length > 1 && needsReading(written) && plain.includes(written)
  })
}
const letters = (text: string) => text.normalize('NFKC').replace(/[\p{P}\p{Z}]/gu, '')
