/** Guesses how titles are read. The same title is read the same way by the same version. */
export type ReadingGuesser = {
  /** What guesses: program, dictionary and our own rules. */
  version: string
  /** In the order of the titles, in hiragana; null: not one of which it would be sure. Throws when the program has ended. */
  guess(titles: readonly string[]): Promise<(string | null)[]>
  close(): void
}
/** null: there is none on this machine. */
export type OpenGuesser = () => Promise<ReadingGuesser | null>

export const noGuesser: OpenGuesser = async () => null
