import { type LibraryRecord, titleKinds } from '../../../contract/library/record.ts'
import { noAge, titleFlags } from '../../../contract/library/segment.ts'
import { dayOf, isLendable, ndcNumber } from '../../../contract/library/title-numbers.ts'
import { GrowingNumbers } from './growing-numbers.ts'
import type { SectionWriter } from './section-writer.ts'

/** What titles are narrowed by, column by column. */
export class TitleColumns {
  readonly shelfIds: string[] = []
  private readonly kinds: Uint8Array
  private readonly years: Uint16Array
  private readonly ndc: Uint16Array
  private readonly agesFrom: Uint8Array
  private readonly agesTo: Uint8Array
  private readonly flags: Uint8Array
  private readonly arrived: Int32Array
  private readonly loans: Uint32Array
  private readonly shelfStart: Uint32Array
  private readonly shelves = new GrowingNumbers((length) => new Uint16Array(length))
  private readonly shelfNumbers = new Map<string, number>()

  constructor(titles: number) {
    this.kinds = new Uint8Array(titles)
    this.years = new Uint16Array(titles)
    this.ndc = new Uint16Array(titles)
    this.agesFrom = new Uint8Array(titles)
    this.agesTo = new Uint8Array(titles)
    this.flags = new Uint8Array(titles)
    this.arrived = new Int32Array(titles)
    this.loans = new Uint32Array(titles)
    this.shelfStart = new Uint32Array(titles + 1)
  }

  set(title: number, record: LibraryRecord): void {
    this.kinds[title] = titleKinds.indexOf(record.kind)
    this.years[title] = record.year ?? 0
    this.ndc[title] = ndcNumber(record.ndc)
    this.agesFrom[title] = record.ages?.from ?? noAge
    this.agesTo[title] = record.ages?.to ?? 0
    this.flags[title] = (record.aboutTown ? titleFlags.aboutTown : 0) | (isLendable(record) ? titleFlags.lendable : 0)
    this.arrived[title] = dayOf(record.arrived)
    this.loans[title] = record.loans
    const shelves = new Set(record.holdings.flatMap(({ shelf }) => (shelf === null ? [] : [shelf])))
    for (const shelf of shelves) this.shelves.push(this.shelfNumber(shelf))
    this.shelfStart[title + 1] = this.shelves.length
  }

  write(writer: SectionWriter): void {
    const { kinds, years, ndc, agesFrom, agesTo, flags, arrived, loans, shelfStart } = this
    const columns = { kinds, years, ndc, agesFrom, agesTo, flags, arrived, loans, shelfStart }
    for (const [name, numbers] of Object.entries(columns)) writer.add(name as keyof typeof columns, numbers)
    writer.add('shelves', this.shelves.view())
  }

  private shelfNumber(shelf: string): number {
    let number = this.shelfNumbers.get(shelf)
    if (number === undefined) {
      number = this.shelfIds.push(shelf) - 1
      this.shelfNumbers.set(shelf, number)
    }
    return number
  }
}
