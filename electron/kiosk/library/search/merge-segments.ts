import { type Bits, bitsPerWord, clearBit, noBits, setBit } from './bits.ts'
import { type Columns, loadColumns, type Origin, withNewcomers } from './columns.ts'
import type { Segment } from './segment.ts'

/** In a map from a file's title to the catalogue's: it is no more, or a later file has it. */
export const dead = 0xffffffff

/**
 * All files as one catalogue. The titles of the first file keep their numbers, those of the later ones follow at `newcomersAt`, by loans and
 * id too; so nothing as long as the first file is written anew. Numbers between are of no title.
 */
export type Merged = {
  columns: Columns
  living: Bits
  /** Titles of the first file that are no more. */
  gone: readonly number[]
  newcomersAt: number
  newcomers: readonly Origin[]
  /** Of each newcomer the title of the first file before which it stands. */
  before: Uint32Array
  /** By file, of each of its titles the number in the catalogue or `dead`; null: they keep their own. */
  maps: readonly (Uint32Array | null)[]
}

type Newcomer = Origin & { loans: number; id: string; before: number }

export function mergeSegments(segments: readonly Segment[]): Merged {
  const [base, ...later] = segments
  if (base === undefined) throw new RangeError('a catalogue has one file at least')
  const newcomersAt = Math.ceil(base.titles / bitsPerWord) * bitsPerWord
  const baseColumns = loadColumns(base)
  const { maps, newcomers, gone } = findLiving(base, later)
  const columns = later.map(loadColumns)
  for (const one of newcomers) one.loans = columns[one.segment - 1]?.loans[one.title] ?? 0
  placeNewcomers(newcomers, base, baseColumns)
  const living = noBits(newcomersAt + newcomers.length)
  living.fill(0xffffffff, 0, Math.floor(base.titles / bitsPerWord))
  for (let title = base.titles - (base.titles % bitsPerWord); title < base.titles; title += 1) setBit(living, title)
  for (const title of gone) clearBit(living, title)
  for (const [at, { segment, title }] of newcomers.entries()) {
    setBit(living, newcomersAt + at)
    const map = maps[segment - 1]
    if (map !== undefined) map[title] = newcomersAt + at
  }
  return {
    columns: later.length === 0 ? baseColumns : withNewcomers(baseColumns, columns, newcomersAt, newcomers),
    living,
    gone,
    newcomersAt,
    newcomers,
    before: Uint32Array.from(newcomers, ({ before }) => before),
    maps: [null, ...maps],
  }
}

/** Of the later files the maps with the dead marked and the living, and which of the first are gone. */
function findLiving(base: Segment, later: readonly Segment[]) {
  const gone: number[] = []
  const maps = later.map((segment) => new Uint32Array(segment.titles))
  const idsOf = later.map((segment) => new Map(segment.ids.entries()))
  for (const [at, ids] of idsOf.entries()) {
    const taken = [...ids.keys(), ...(later[at]?.file.header.gone ?? [])].sort()
    for (const id of taken) {
      const old = base.ids.title(id)
      if (old !== null) gone.push(old)
      for (let earlier = 0; earlier < at; earlier += 1) mark(maps[earlier], idsOf[earlier]?.get(id))
    }
  }
  const newcomers: Newcomer[] = []
  for (const [at, ids] of idsOf.entries())
    for (const [id, title] of ids)
      if (maps[at]?.[title] !== dead) newcomers.push({ segment: at + 1, title, id, loans: 0, before: 0 })
  return { maps, newcomers, gone }
}

function mark(map: Uint32Array | undefined, title: number | undefined): void {
  if (map !== undefined && title !== undefined) map[title] = dead
}

/** Finds for each the title of the first file before which it stands, and sorts them so. */
function placeNewcomers(newcomers: Newcomer[], base: Segment, { loans }: Columns): void {
  if (newcomers.length === 0) return
  newcomers.sort((one, other) => (one.id < other.id ? -1 : 1))
  const ranks = base.file.load('idRanks', (length) => new Uint32Array(length))
  for (const one of newcomers) {
    const { rank } = base.ids.find(one.id)
    let low = 0
    let high = base.titles
    while (low < high) {
      const middle = (low + high) >> 1
      const more = (loans[middle] ?? 0) - one.loans
      if (more > 0 || (more === 0 && (ranks[middle] ?? 0) < rank)) low = middle + 1
      else high = middle
    }
    one.before = low
  }
  // By id already, and the sort is stable.
  newcomers.sort((one, other) => other.loans - one.loans)
}
