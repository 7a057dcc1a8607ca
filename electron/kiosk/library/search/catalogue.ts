import type { LibraryRecord } from '../../../../contract/library/record.ts'
import { titleFlags } from '../../../../contract/library/segment.ts'
import { type Bits, clearBit, countBits, eachBit, hasBit } from './bits.ts'
import type { Columns, Origin } from './columns.ts'
import { dead, type Merged, mergeSegments } from './merge-segments.ts'
import { Segment } from './segment.ts'
import type { TitleOrder } from './title-order.ts'

/** All search files of a release as one catalogue of living titles. */
export class Catalogue {
  readonly segments: readonly Segment[]
  readonly titles: number
  readonly living: Bits
  readonly gone: Merged['gone']
  readonly columns: Columns
  readonly order: TitleOrder
  readonly maps: Merged['maps']
  private readonly newcomers: readonly Origin[]
  private out: readonly number[] | null = null
  private in: Bits | null = null
  private readonly lendable: Bits
  private gathered: number[] = []

  constructor(files: readonly string[]) {
    const segments: Segment[] = []
    try {
      for (const file of files) segments.push(new Segment(file))
      const { living, gone, columns, newcomersAt, newcomers, before, maps } = mergeSegments(segments)
      this.segments = segments
      this.titles = countBits(living)
      this.living = living
      this.gone = gone
      this.columns = columns
      this.order = { newcomersAt, before }
      this.newcomers = newcomers
      this.maps = maps
      // While it opens: nobody waits for it then.
      this.lendable = lendablesOf(living, columns)
    } catch (error) {
      for (const segment of segments) segment.file.close()
      throw error
    }
  }

  record(title: number): LibraryRecord {
    const origin = this.newcomers[title - this.order.newcomersAt] ?? { segment: 0, title }
    const segment = this.segments[origin.segment]
    if (segment === undefined) throw new RangeError(`no title ${title}`)
    return segment.record(origin.title)
  }

  find(id: string): number | null {
    for (let at = this.segments.length - 1; at >= 0; at -= 1) {
      const number = this.segments[at]?.ids.title(id) ?? null
      const title = number === null ? null : this.titleOf(at, number)
      if (title !== null) return title
    }
    return null
  }

  /** The number here of a title of a file; null: it is no more. */
  titleOf(segment: number, number: number): number | null {
    const map = this.maps[segment]
    const title = map ? map[number] : number
    return title === undefined || title === dead || !hasBit(this.living, title) ? null : title
  }

  get loansKnown(): boolean {
    return this.out !== null
  }

  /** Nobody knows any more what can be borrowed. */
  forgetOut(): void {
    this.out = null
    this.in = null
  }

  /** A part of the titles of which nothing can be borrowed now. They count when `endOut` says that these were all: until then the list before does. */
  addOut(ids: readonly string[], begins: boolean): void {
    if (begins) this.gathered = []
    // In order, so that each block of the table is read once.
    for (const id of [...ids].sort()) {
      const title = this.find(id)
      if (title !== null) this.gathered.push(title)
    }
  }

  endOut(): void {
    this.out = this.gathered
    this.gathered = []
    this.in = null
  }

  /** What can be borrowed now. */
  isIn(): Bits {
    if (this.in === null) {
      const within = this.lendable.slice()
      for (const title of this.out ?? []) clearBit(within, title)
      this.in = within
    }
    return this.in
  }

  close(): void {
    for (const segment of this.segments) segment.file.close()
  }
}

function lendablesOf(living: Bits, { flags }: Columns): Bits {
  const lendable = living.slice()
  eachBit(living, (title) => {
    if (((flags[title] as number) & titleFlags.lendable) === 0) clearBit(lendable, title)
  })
  return lendable
}
