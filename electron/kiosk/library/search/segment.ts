import { unpackRecord } from '../../../../contract/library/packed-record.ts'
import type { LibraryRecord } from '../../../../contract/library/record.ts'
import { KeyTable } from './key-table.ts'
import { SegmentFile } from './segment-file.ts'
import { SuffixRanges } from './suffix-ranges.ts'

/** One search file with the tables that its searches need in memory. */
export class Segment {
  readonly file: SegmentFile
  readonly titles: number
  readonly ranges: SuffixRanges
  readonly ids: KeyTable
  readonly spines: KeyTable
  /** Of the shared texts, counted from 0: where their titles begin in `postings`. */
  readonly postingStart: Uint32Array
  readonly postings: Uint32Array
  /** Forms of which everything is kept ready, with their places in `frequent`. */
  readonly ready: ReadonlyMap<string, number>
  private readonly recordStart: Float64Array

  constructor(path: string) {
    this.file = new SegmentFile(path)
    try {
      this.titles = this.file.header.titles
      this.ready = new Map(this.file.header.frequentForms.map((form, at) => [form, at]))
      this.ranges = new SuffixRanges(this.file)
      this.ids = new KeyTable(this.file, 'ids')
      this.spines = new KeyTable(this.file, 'spines')
      this.postingStart = this.file.load('postingStart', (length) => new Uint32Array(length))
      this.postings = this.file.load('postings', (length) => new Uint32Array(length))
      this.recordStart = this.file.load('recordStart', (length) => new Float64Array(length))
    } catch (error) {
      this.file.close()
      throw error
    }
  }

  record(title: number): LibraryRecord {
    const bytes = this.recordBytes(title)
    try {
      return unpackRecord(JSON.parse(bytes.toString()))
    } catch (error) {
      throw Object.assign(this.file.refusal(`record ${title} is damaged`), { cause: error })
    }
  }

  private recordBytes(title: number): Buffer {
    return this.file.bytes('records', this.recordStart[title] ?? 0, this.recordStart[title + 1] ?? 0)
  }
}
