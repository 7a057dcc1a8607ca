import { z } from 'zod'
import type { Holding, LibraryRecord } from '../../contract/library/record.ts'
import { lacksReading } from './readings/decide-guess.ts'
import type { ReadingCounts } from './readings/guesses.ts'

const placesSchema = z.array(
  z.tuple([z.string(), z.object({ copies: z.number(), example: z.tuple([z.string(), z.string()]).nullable() })]),
)
const tallySchema = z.object({
  sources: z.array(z.tuple([z.string(), z.number()])),
  branches: placesSchema,
  shelves: placesSchema,
  readings: z.object({ without: z.number(), guessed: z.number() }).nullable().default(null),
})

/** `example`: identifier and name of a title that stands there, as long as it does. */
export type PlaceTally = Map<string, { copies: number; example: readonly [id: string, title: string] | null }>
/** What is asked of the whole catalogue again and again, kept with it: to count a million titles takes seconds. */
export type Tally = {
  sources: Map<string, number>
  branches: PlaceTally
  shelves: PlaceTally
  /** Titles with kanji and no reading, and of how many it is guessed; null: counted before anybody asked for it. */
  readings: ReadingCounts | null
}

/** What of a record is counted. */
type Counted = Pick<LibraryRecord, 'id' | 'title' | 'titleReading' | 'titleGuess'> & {
  holdings: readonly Pick<Holding, 'branch' | 'shelf'>[]
}

export const emptyTally = (): Tally => ({
  ...{ sources: new Map(), branches: new Map(), shelves: new Map() },
  readings: { without: 0, guessed: 0 },
})

export function addToTally(tally: Tally, source: string, record: LibraryRecord): void {
  tally.sources.set(source, (tally.sources.get(source) ?? 0) + 1)
  countReading(tally, record, 1)
  for (const { branch, shelf } of record.holdings) {
    if (branch !== '') addPlace(tally.branches, branch, record)
    if (shelf !== null) addPlace(tally.shelves, shelf, record)
  }
}

export function takeFromTally(tally: Tally, source: string, record: Counted): void {
  const left = (tally.sources.get(source) ?? 0) - 1
  if (left > 0) tally.sources.set(source, left)
  else tally.sources.delete(source)
  countReading(tally, record, -1)
  for (const { branch, shelf } of record.holdings) {
    takePlace(tally.branches, branch, record)
    if (shelf !== null) takePlace(tally.shelves, shelf, record)
  }
}

function countReading({ readings }: Tally, record: Counted, by: 1 | -1): void {
  if (readings === null || !lacksReading(record)) return
  readings.without += by
  if (record.titleGuess !== undefined) readings.guessed += by
}

function addPlace(places: PlaceTally, word: string, { id, title }: LibraryRecord): void {
  const place = places.get(word)
  if (place === undefined) places.set(word, { copies: 1, example: [id, title] })
  else {
    place.copies += 1
    place.example ??= [id, title]
  }
}

function takePlace(places: PlaceTally, word: string, { id }: Counted): void {
  const place = places.get(word)
  if (place === undefined) return
  place.copies -= 1
  if (place.example?.[0] === id) place.example = null
  if (place.copies <= 0) places.delete(word)
}

export const writeTally = ({ sources, branches, shelves, readings }: Tally): string =>
  JSON.stringify({ sources: [...sources], branches: [...branches], shelves: [...shelves], readings })

export function readTally(text: string): Tally {
  const { sources, branches, shelves, readings } = tallySchema.parse(JSON.parse(text))
  return { sources: new Map(sources), branches: new Map(branches), shelves: new Map(shelves), readings }
}
