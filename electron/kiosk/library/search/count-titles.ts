import { type TitleKind, titleKinds } from '../../../../contract/library/record.ts'
import type { LibraryCounts } from '../../../../contract/menus/library.ts'
import { type Bits, bitsPerWord, countWord, keepBits, lowestBit } from './bits.ts'
import type { Columns } from './columns.ts'
import { type Aspect, type Passing, passingAll } from './title-filter.ts'

const latestYear = 2200

/** For each choice how many of the titles it would leave: a filter's own refusals do not count against its own choices. `isIn` null: nobody knows. */
export function countTitles(titles: Bits, columns: Columns, passing: Passing, isIn: Bits | null): LibraryCounts {
  const { kinds, years, ndc, shelfStart, shelves, shelfIds } = columns
  const byKind = new Uint32Array(256)
  const byShelf = new Uint32Array(shelfIds.length)
  const byYear = new Uint32Array(0x10000)
  const byNdc = new Uint32Array(0x10000)
  const whole = narrowed(titles, passingAll(passing))
  const among = (aspect: Aspect): Bits =>
    passing[aspect] === undefined ? whole : narrowed(titles, passingAll(passing, aspect))
  tally(among('kinds'), kinds, byKind)
  tally(among('years'), years, byYear)
  tally(among('ndc'), ndc, byNdc)
  tallyShelves(among('shelves'), shelfStart, shelves, byShelf)
  const byClass = new Uint32Array(10)
  for (let number = 1; number < 4000; number += 1) bump(byClass, Math.floor(number / 400), byNdc[number] as number)
  return {
    kinds: named(titleKinds, byKind),
    shelves: named(shelfIds, byShelf),
    decades: decadesOf(byYear.subarray(0, latestYear + 1)),
    ndc: named([...'0123456789'], byClass),
    in: isIn === null ? null : countBoth(among('out'), isIn),
  }
}

function narrowed(titles: Bits, passing: Bits | null): Bits {
  if (passing === null) return titles
  const left = titles.slice()
  keepBits(left, passing)
  return left
}

function tally(titles: Bits, values: Uint8Array | Uint16Array, counts: Uint32Array): void {
  for (let at = 0; at < titles.length; at += 1)
    for (let word = titles[at] as number; word !== 0; word &= word - 1)
      bump(counts, values[at * bitsPerWord + lowestBit(word)] as number, 1)
}

function tallyShelves(titles: Bits, shelfStart: Uint32Array, shelves: Uint16Array, counts: Uint32Array): void {
  for (let at = 0; at < titles.length; at += 1)
    for (let word = titles[at] as number; word !== 0; word &= word - 1) {
      const title = at * bitsPerWord + lowestBit(word)
      const end = shelfStart[title + 1] as number
      for (let one = shelfStart[title] as number; one < end; one += 1) bump(counts, shelves[one] as number, 1)
    }
}

function countBoth(titles: Bits, others: Bits): number {
  let count = 0
  for (let at = 0; at < titles.length; at += 1) count += countWord((titles[at] as number) & (others[at] as number))
  return count
}

function bump(counts: Uint32Array, at: number, by: number): void {
  counts[at] = (counts[at] as number) + by
}

function named<Name extends string | TitleKind>(
  names: readonly Name[],
  counts: Uint32Array,
): Partial<Record<Name, number>> & Record<string, number> {
  const entries = names.flatMap((name, at) => (counts[at] ? [[name, counts[at]] as const] : []))
  return Object.fromEntries(entries) as Partial<Record<Name, number>> & Record<string, number>
}

function decadesOf(byYear: Uint32Array): LibraryCounts['decades'] {
  const decades = new Map<number, number>()
  byYear.forEach((count, year) => {
    const from = Math.floor(year / 10) * 10
    if (count > 0) decades.set(from, (decades.get(from) ?? 0) + count)
  })
  return [...decades].map(([from, titles]) => ({ from, titles }))
}
