import type { Segment } from './segment.ts'

/** What titles are narrowed by, in memory, column by column; by number of the title. */
export type Columns = {
  kinds: Uint8Array
  years: Uint16Array
  ndc: Uint16Array
  agesFrom: Uint8Array
  agesTo: Uint8Array
  flags: Uint8Array
  arrived: Int32Array
  loans: Uint32Array
  /** Of title n the shelves `shelves[shelfStart[n]]` to `shelves[shelfStart[n + 1] - 1]`, as indices of `shelfIds`. */
  shelfStart: Uint32Array
  shelves: Uint16Array
  shelfIds: readonly string[]
}

export function loadColumns({ file }: Segment): Columns {
  const bytes = (length: number) => new Uint8Array(length)
  const halves = (length: number) => new Uint16Array(length)
  const words = (length: number) => new Uint32Array(length)
  return {
    kinds: file.load('kinds', bytes),
    years: file.load('years', halves),
    ndc: file.load('ndc', halves),
    agesFrom: file.load('agesFrom', bytes),
    agesTo: file.load('agesTo', bytes),
    flags: file.load('flags', bytes),
    arrived: file.load('arrived', (length) => new Int32Array(length)),
    loans: file.load('loans', words),
    shelfStart: file.load('shelfStart', words),
    shelves: file.load('shelves', halves),
    shelfIds: file.header.shelfIds,
  }
}

/** Where a title is: which file, and its number there. */
export type Origin = { segment: number; title: number }

/** The columns of the first file with those of single titles of the later ones behind them, from `newcomersAt` on. */
export function withNewcomers(
  base: Columns,
  later: readonly Columns[],
  newcomersAt: number,
  newcomers: readonly Origin[],
): Columns {
  const titles = newcomersAt + newcomers.length
  const gather = <Numbers extends Uint8Array | Uint16Array | Uint32Array | Int32Array>(
    all: Numbers,
    of: (part: Columns) => Numbers,
  ): Numbers => {
    all.set(of(base))
    for (const [at, { segment, title }] of newcomers.entries()) {
      const part = later[segment - 1]
      if (part !== undefined) all[newcomersAt + at] = of(part)[title] ?? 0
    }
    return all
  }
  return {
    kinds: gather(new Uint8Array(titles), (part) => part.kinds),
    years: gather(new Uint16Array(titles), (part) => part.years),
    ndc: gather(new Uint16Array(titles), (part) => part.ndc),
    agesFrom: gather(new Uint8Array(titles), (part) => part.agesFrom),
    agesTo: gather(new Uint8Array(titles), (part) => part.agesTo),
    flags: gather(new Uint8Array(titles), (part) => part.flags),
    arrived: gather(new Int32Array(titles), (part) => part.arrived),
    loans: gather(new Uint32Array(titles), (part) => part.loans),
    ...gatherShelves(base, later, newcomersAt, newcomers),
  }
}

function gatherShelves(
  base: Columns,
  later: readonly Columns[],
  newcomersAt: number,
  newcomers: readonly Origin[],
): Pick<Columns, 'shelfStart' | 'shelves' | 'shelfIds'> {
  // Those of the first file keep their numbers.
  const numbers = new Map(base.shelfIds.map((id, number) => [id, number]))
  for (const { shelfIds } of later) for (const id of shelfIds) if (!numbers.has(id)) numbers.set(id, numbers.size)
  const numberOf = later.map(({ shelfIds }) => Uint16Array.from(shelfIds, (id) => numbers.get(id) ?? 0))
  const shelfStart = new Uint32Array(newcomersAt + newcomers.length + 1)
  shelfStart.set(base.shelfStart)
  shelfStart.fill(base.shelves.length, base.shelfStart.length)
  const more: number[] = []
  for (const [at, { segment, title }] of newcomers.entries()) {
    const part = later[segment - 1]
    const own = numberOf[segment - 1]
    const of = part?.shelves.subarray(part.shelfStart[title], part.shelfStart[title + 1]) ?? []
    for (const shelf of of) more.push(own?.[shelf] ?? 0)
    shelfStart[newcomersAt + at + 1] = base.shelves.length + more.length
  }
  const shelves = new Uint16Array(base.shelves.length + more.length)
  shelves.set(base.shelves)
  shelves.set(more, base.shelves.length)
  return { shelfStart, shelves, shelfIds: [...numbers.keys()] }
}
