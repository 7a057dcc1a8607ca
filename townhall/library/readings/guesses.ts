import type { LibraryRecord } from '../../../contract/library/record.ts'
import { decideGuess, lacksReading } from './decide-guess.ts'
import type { ReadingGuesser } from './guesser.ts'

export type ReadingCounts = { without: number; guessed: number }
export type Formerly = (id: string) => LibraryRecord | null

/** The guessed readings of one import. A guesser that fails in the middle is one that was not there. */
export function createGuesses(guesser: ReadingGuesser | null) {
  let works = guesser
  let counts: ReadingCounts = { without: 0, guessed: 0 }

  async function ask(titles: readonly string[]): Promise<readonly (string | null)[] | null> {
    if (works === null) return null
    try {
      return await works.guess(titles)
    } catch {
      works = null
      return null
    }
  }

  /** The same records; a new one where the guess is another than what it has. */
  async function guessed(records: readonly LibraryRecord[], formerly: Formerly): Promise<LibraryRecord[]> {
    const wanting = records.filter(lacksReading)
    const found = wanting.length === 0 ? [] : await ask(wanting.map(({ title }) => title))
    const byRecord = new Map(wanting.map((record, at) => [record, found === null ? undefined : (found[at] ?? null)]))
    return records.map((record) => {
      const former = found === null && byRecord.has(record) ? formerly(record.id) : null
      const guess = decideGuess(record, byRecord.get(record), former)
      if (guess === record.titleGuess) return record
      const { titleGuess: _, ...bare } = record
      // At its end, so that the same title is the same JSON.
      return guess === undefined ? bare : { ...bare, titleGuess: guess }
    })
  }

  return {
    /** null: nothing guesses here, or not any more. */
    version: (): string | null => works?.version ?? null,
    begin(): void {
      counts = { without: 0, guessed: 0 }
    },
    /** Of titles that are handed in, which are counted. */
    async ofImport(records: readonly LibraryRecord[], formerly: Formerly): Promise<LibraryRecord[]> {
      const done = await guessed(records, formerly)
      counts.without += done.filter(lacksReading).length
      counts.guessed += done.filter(({ titleGuess }) => titleGuess !== undefined).length
      return done
    },
    /** Of titles that are there already. */
    again: (records: readonly LibraryRecord[], formerly: Formerly) => guessed(records, formerly),
    counts: (): ReadingCounts => counts,
    close: (): void => guesser?.close(),
  }
}
export type Guesses = ReturnType<typeof createGuesses>
