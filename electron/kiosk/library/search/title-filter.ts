import { titleKinds } from '../../../../contract/library/record.ts'
import { titleFlags } from '../../../../contract/library/segment.ts'
import type { LibraryFilter } from '../../../../contract/menus/library.ts'
import { type Bits, keepBits, noBits } from './bits.ts'
import type { Columns } from './columns.ts'

const aspects = ['kinds', 'shelves', 'years', 'ndc', 'out', 'other'] as const
export type Aspect = (typeof aspects)[number]

/** Which titles pass each part of a filter; a part that is not there passes everything. */
export type Passing = { readonly [of in Aspect]?: Bits }

/** @param isIn which titles can be borrowed now */
export function passingOf(filter: LibraryFilter, columns: Columns, isIn: () => Bits): Passing {
  const { kinds, years, ndc, agesFrom, agesTo, flags } = columns
  const titles = kinds.length
  const { yearFrom, yearTo, age } = filter
  const parts: Partial<Record<Aspect, Bits>> = {}
  if (filter.kinds.length > 0) {
    const wanted = titleKinds.map((kind) => filter.kinds.includes(kind))
    parts.kinds = chosen(titles, (title) => wanted[kinds[title] as number] === true)
  }
  if (filter.shelves.length > 0) parts.shelves = onShelves(new Set(filter.shelves), columns)
  if (yearFrom !== undefined || yearTo !== undefined) {
    const [first, last] = [yearFrom ?? 1, yearTo ?? 0xffff]
    parts.years = chosen(titles, (title) => {
      const year = years[title] as number
      return year !== 0 && year >= first && year <= last
    })
  }
  if (filter.ndc !== undefined) {
    const digits = filter.ndc.length
    const unit = 10 ** (3 - digits)
    const first = Number(filter.ndc) * unit
    parts.ndc = chosen(titles, (title) => {
      const number = ndc[title] as number
      return (number & 3) >= digits && number >> 2 >= first && number >> 2 < first + unit
    })
  }
  if (age !== undefined)
    // `noAge` is above every age, so those for no age in particular do not pass.
    parts.other = chosen(titles, (title) => (agesFrom[title] as number) <= age && age <= (agesTo[title] as number))
  if (filter.aboutTown) {
    const aboutTown = chosen(titles, (title) => ((flags[title] as number) & titleFlags.aboutTown) !== 0)
    if (parts.other === undefined) parts.other = aboutTown
    else keepBits(parts.other, aboutTown)
  }
  if (filter.onlyIn) parts.out = isIn()
  return parts
}

/** What passes every part but one; null: everything. */
export function passingAll(passing: Passing, except: Aspect | null = null): Bits | null {
  const parts = aspects.flatMap((aspect) => (aspect === except ? [] : (passing[aspect] ?? [])))
  const [first, ...others] = parts
  if (first === undefined || others.length === 0) return first ?? null
  const all = first.slice()
  for (const other of others) keepBits(all, other)
  return all
}

function chosen(titles: number, isChosen: (title: number) => boolean): Bits {
  const bits = noBits(titles)
  let title = 0
  for (let at = 0; at < bits.length; at += 1) {
    let word = 0
    const to = Math.min(title + 32, titles)
    for (let bit = 0; title < to; bit += 1, title += 1) if (isChosen(title)) word |= 1 << bit
    bits[at] = word
  }
  return bits
}

function onShelves(wanted: ReadonlySet<string>, { kinds, shelfStart, shelves, shelfIds }: Columns): Bits {
  const isWanted = Uint8Array.from(shelfIds, (id) => (wanted.has(id) ? 1 : 0))
  return chosen(kinds.length, (title) => {
    const end = shelfStart[title + 1] as number
    for (let at = shelfStart[title] as number; at < end; at += 1) if (isWanted[shelves[at] as number] === 1) return true
    return false
  })
}
