import { noDay } from '../../../../contract/library/segment.ts'
import type { LibraryQuery } from '../../../../contract/menus/library.ts'
import { type Bits, countBits, eachBit, hasBit } from './bits.ts'
import type { ClassCounts, Hits } from './hits.ts'
import { eachInOrder, type TitleOrder } from './title-order.ts'

/** Fewer are put in the order of their arrival by themselves, without going through the whole catalogue. */
const few = 5_000

/** The titles from `from` on, `most` of them at most, in the order that is asked for. */
export type Page = { order: LibraryQuery['order']; from: number; most: number }

/** What all pages are made of; `spare`: for a set as large as the catalogue, so that no page needs memory of its own. */
export type Ranked = { titles: TitleOrder; arrived: Int32Array; arrivals: () => Uint32Array; spare: Bits }

export function rankTitles(hits: Hits, passing: Bits | null, counts: ClassCounts, page: Page, by: Ranked): number[] {
  const { order, from, most } = page
  const taken: number[] = []
  let skip = from
  /** @returns false when the page is full */
  const take = (title: number): boolean => {
    if (skip > 0) skip -= 1
    else taken.push(title)
    return taken.length < most
  }
  if (from >= counts[0] || most <= 0) return taken
  if (order === 'popular') {
    eachInOrder(by.titles, without(by.spare, hits[3], null, passing), take)
  } else if (order === 'new') {
    eachByArrival(without(by.spare, hits[3], null, passing), by, take)
  } else {
    const levels = [
      [hits[0], null, counts[1]],
      [hits[1], hits[0], counts[2]],
      [hits[2], hits[1], counts[3]],
      [hits[3], hits[2], counts[4]],
    ] as const
    for (const [bits, better, count] of levels)
      if (skip >= count) skip -= count
      else if (!eachInOrder(by.titles, without(by.spare, bits, better, passing), take)) break
  }
  return taken
}

/** Those that are not among the better ones and pass, put into `left`. */
function without(left: Bits, bits: Bits, better: Bits | null, passing: Bits | null): Bits {
  if (better === null && passing === null) return bits
  for (let at = 0; at < bits.length; at += 1)
    left[at] =
      (bits[at] as number) &
      ~(better === null ? 0 : (better[at] as number)) &
      (passing === null ? -1 : (passing[at] as number))
  return left
}

function eachByArrival(titles: Bits, { titles: order, arrived, arrivals }: Ranked, take: (title: number) => boolean) {
  if (countBits(titles) > few) {
    for (const title of arrivals()) if (hasBit(titles, title) && !take(title)) return
    return
  }
  const found: number[] = []
  eachInOrder(order, titles, (title) => found.push(title) > 0)
  // The sort is stable: the more popular stay first. `noDay` is before every day.
  found.sort((one, other) => (arrived[other] as number) - (arrived[one] as number))
  for (const title of found) if (!take(title)) return
}

/** Titles by day of arrival, latest first, those of an unknown day last; among equals the more popular first. */
export function byArrival(arrived: Int32Array, living: Bits, order: TitleOrder): Uint32Array {
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  let titles = 0
  eachBit(living, (title) => {
    titles += 1
    const day = arrived[title] as number
    if (day === noDay) return
    if (day < first) first = day
    if (day > last) last = day
  })
  const places = last < first ? 1 : last - first + 2
  const placeOf = (day: number) => (day === noDay ? places - 1 : last - day)
  const starts = new Uint32Array(places + 1)
  eachBit(living, (title) => {
    const place = placeOf(arrived[title] as number) + 1
    starts[place] = (starts[place] as number) + 1
  })
  for (let place = 0; place < places; place += 1)
    starts[place + 1] = (starts[place + 1] as number) + (starts[place] as number)
  const sorted = new Uint32Array(titles)
  eachInOrder(order, living, (title) => {
    const place = placeOf(arrived[title] as number)
    const at = starts[place] as number
    sorted[at] = title
    starts[place] = at + 1
    return true
  })
  return sorted
}
