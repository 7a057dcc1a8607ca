import { bytesPerSuffix, suffixesPerSample, unitsPerSample } from '../../../../contract/library/segment.ts'
import type { SegmentFile } from './segment-file.ts'
import { type Block, commonOf, endOfRun, likeliest, placeOf, startOfRun } from './suffix-block.ts'

/** A run of the sorted suffixes, `to` not in it. */
export type Run = { from: number; to: number }

const longestForm = 512
const unitBytes = 2
/** The bounds that one word asks for lie close to each other, and suggestions ask for many words that begin alike. */
const keptBlocks = 1024

/** Where a form would stand: the first suffix that is not before it, and whether that begins with it. */
type Place = { from: number; stands: boolean; nextSample: number }

/** Finds what begins with a form: among the samples in memory, then within one block of the file by one look at the text. */
export class SuffixRanges {
  private readonly file: SegmentFile
  private readonly suffixes: number
  private readonly samples: Uint16Array
  private readonly sampleCount: number
  private readonly textBytes: number
  private readonly blocks = new Map<number, Block>()
  private readonly text = new Uint16Array(longestForm)

  constructor(file: SegmentFile) {
    this.file = file
    this.suffixes = file.header.suffixes
    this.samples = file.load('samples', (length) => new Uint16Array(length))
    this.sampleCount = Math.ceil(this.suffixes / suffixesPerSample)
    this.textBytes = file.size('text')
  }

  /** null: nothing does. */
  find(form: string): Run | null {
    const place = this.place(form)
    return place.stands ? { from: place.from, to: this.end(form, place) } : null
  }

  /** Whether anything begins with the form. */
  stands(form: string): boolean {
    return this.place(form).stands
  }

  private place(form: string): Place {
    const absent = { from: 0, stands: false, nextSample: 0 }
    if (form.length > longestForm || this.suffixes === 0) return absent
    const nextSample = this.firstSample(0, (sample) => this.compareSample(form, sample) >= 0)
    if (nextSample > 0) {
      const start = (nextSample - 1) * suffixesPerSample
      const at = this.placeIn(form, nextSample - 1)
      if (at !== null) return { from: start + at, stands: true, nextSample }
    }
    // Nothing in the block itself: the next may begin with it.
    const stands = nextSample < this.sampleCount && this.compareSample(form, nextSample) === 0
    return { from: nextSample * suffixesPerSample, stands, nextSample }
  }

  /** The first of a block that begins with the form; null: none does. */
  private placeIn(form: string, number: number): number | null {
    const block = this.block(number)
    const likely = likeliest(block, form)
    return this.compareText(form, placeOf(block, likely)) === 0 ? startOfRun(block, likely, form.length) : null
  }

  private end(form: string, { from, nextSample }: Place): number {
    // Of the samples from here on those that begin with the form, then what follows the last of them.
    const last = this.firstSample(nextSample, (sample) => this.compareSample(form, sample) > 0) - 1
    const start = last * suffixesPerSample
    return start + endOfRun(this.block(last), Math.max(0, from - start), form.length)
  }

  /** The first sample from `low` on for which it holds; it holds for all behind it. */
  private firstSample(low: number, holds: (sample: number) => boolean): number {
    let from = low
    let to = this.sampleCount
    while (from < to) {
      const middle = (from + to) >> 1
      if (holds(middle)) to = middle
      else from = middle + 1
    }
    return from
  }

  /** Negative: before the form; 0: begins with it; positive: behind it. */
  private compareSample(form: string, sample: number): number {
    const start = sample * unitsPerSample
    const shown = Math.min(form.length, unitsPerSample)
    for (let at = 0; at < shown; at += 1) {
      const difference = (this.samples[start + at] ?? 0) - form.charCodeAt(at)
      if (difference !== 0) return difference
      // Behind a field's end the sample says nothing, and neither does the order.
      if (form.charCodeAt(at) === 0) return 0
    }
    return form.length > unitsPerSample ? this.compareText(form, placeOf(this.block(sample), 0)) : 0
  }

  private compareText(form: string, place: number): number {
    const startByte = place * unitBytes
    const text = this.text.subarray(0, Math.min(form.length, Math.max(0, this.textBytes - startByte) / unitBytes))
    this.file.readInto('text', text, startByte)
    const common = commonOf(text, form)
    return common === form.length ? 0 : (text[common] ?? -1) - form.charCodeAt(common)
  }

  private block(number: number): Block {
    let block = this.blocks.get(number)
    if (block === undefined) {
      const start = number * suffixesPerSample
      const bytes = Math.min(suffixesPerSample, this.suffixes - start) * bytesPerSuffix
      block = new Uint32Array(bytes / Uint32Array.BYTES_PER_ELEMENT)
      this.file.readInto('suffixes', block, start * bytesPerSuffix)
      if (this.blocks.size >= keptBlocks) this.blocks.clear()
      this.blocks.set(number, block)
    }
    return block
  }
}
