import { type Bits, bitsPerWord, lowestBit } from './bits.ts'
import type { Merged } from './merge-segments.ts'

/** Titles by loans and id: those of the first file by number, each newcomer before the title before which it stands. */
export type TitleOrder = Pick<Merged, 'newcomersAt' | 'before'>

/** Negative: the first stands before the other. */
export function byPopularity({ newcomersAt, before }: TitleOrder, one: number, other: number): number {
  const [first, second] = [one < newcomersAt, other < newcomersAt]
  if (first === second) return one - other
  // A newcomer stands before the title of the first file that it names, and behind all before that.
  return first
    ? one - (before[other - newcomersAt] as number) + 0.5
    : (before[one - newcomersAt] as number) - other - 0.5
}

/** Goes through titles in their order until `act` says that it is enough. @returns false when it did */
export function eachInOrder(
  { newcomersAt, before }: TitleOrder,
  titles: Bits,
  act: (title: number) => boolean,
): boolean {
  const words = newcomersAt / bitsPerWord
  let nextWord = words
  let rest = titles[nextWord] ?? 0
  /** The next newcomer, or none. */
  const next = (): number | null => {
    while (rest === 0) {
      nextWord += 1
      if (nextWord >= titles.length) return null
      rest = titles[nextWord] as number
    }
    const title = nextWord * bitsPerWord + lowestBit(rest)
    rest &= rest - 1
    return title
  }
  let newcomer = next()
  let place = newcomer === null ? Number.POSITIVE_INFINITY : (before[newcomer - newcomersAt] as number)
  const actOnNewcomer = (title: number): boolean => {
    newcomer = next()
    place = newcomer === null ? Number.POSITIVE_INFINITY : (before[newcomer - newcomersAt] as number)
    return act(title)
  }
  for (let at = 0; at < words; at += 1)
    for (let word = titles[at] as number; word !== 0; word &= word - 1) {
      const title = at * bitsPerWord + lowestBit(word)
      while (newcomer !== null && place <= title) if (!actOnNewcomer(newcomer)) return false
      if (!act(title)) return false
    }
  while (newcomer !== null) if (!actOnNewcomer(newcomer)) return false
  return true
}
