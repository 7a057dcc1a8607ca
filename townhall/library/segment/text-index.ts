import type { LibraryRecord } from '../../../contract/library/record.ts'
import { bytesPerSuffix, fieldEnd, suffixesPerSample, unitsPerSample } from '../../../contract/library/segment.ts'
import { type Field, fieldMarks, ownFields, sharedFields, sharedTexts } from '../../../contract/library/title-fields.ts'
import { frequentForms, type Index, readyFor } from './frequent-forms.ts'
import { GrowingNumbers } from './growing-numbers.ts'
import type { SectionWriter } from './section-writer.ts'
import { sortSuffixes } from './sort-suffixes.ts'

const entriesPerPiece = 1 << 18
/** A coarse table from place to unit: one entry for so many characters (as a power of two). */
const coarseBits = 6
const mostCommon = 0xffff

/** All texts, with every place from which something can be found, and whose each text is. */
export class TextIndex {
  private readonly text = new GrowingNumbers((length) => new Uint16Array(length))
  private readonly places = new GrowingNumbers((length) => new Uint32Array(length))
  private readonly unitStart = new GrowingNumbers((length) => new Uint32Array(length))
  private readonly shared = new Map<string, number>()
  private readonly sharedFields: Field[][] = []
  private readonly pairUnits = new GrowingNumbers((length) => new Uint32Array(length))
  private readonly pairTitles = new GrowingNumbers((length) => new Uint32Array(length))

  /** In the order of their numbers. */
  add(title: number, record: LibraryRecord): void {
    this.addUnit(ownFields(record))
    const mine = new Set<number>()
    for (const text of sharedTexts(record)) {
      let unit = this.shared.get(text.key)
      if (unit === undefined) {
        unit = this.sharedFields.push(sharedFields(text)) - 1
        this.shared.set(text.key, unit)
      }
      mine.add(unit)
    }
    for (const unit of mine) {
      this.pairUnits.push(unit)
      this.pairTitles.push(title)
    }
  }

  write(writer: SectionWriter, titles: number): { units: number; suffixes: number; frequentForms: string[] } {
    for (const fields of this.sharedFields) this.addUnit(fields)
    const { postingStart, postings } = this.postingsOf()
    writer.add('postingStart', postingStart)
    writer.add('postings', postings)
    const text = this.text.view()
    writer.add('text', text)
    const suffixes = sortSuffixes(text, this.places.view())
    writeSuffixes(writer, suffixes, text)
    const unitOf = this.findUnits()
    writeUnits(writer, suffixes, unitOf)
    const samples = new Uint16Array(Math.ceil(suffixes.length / suffixesPerSample) * unitsPerSample)
    for (let at = 0, to = 0; at < suffixes.length; at += suffixesPerSample, to += unitsPerSample) {
      const place = suffixes[at] ?? 0
      for (let unit = 0; unit < unitsPerSample && text[place + unit] !== 0; unit += 1)
        samples[to + unit] = text[place + unit] ?? 0
    }
    writer.add('samples', samples)
    const index: Index = { titles, text, suffixes, unitOf, postingStart, postings }
    const forms = frequentForms(index)
    const addReady = writer.begin('frequent')
    for (const form of forms) addReady(new Uint8Array(readyFor(form, index).buffer))
    return { units: this.unitStart.length, suffixes: suffixes.length, frequentForms: forms }
  }

  private addUnit(fields: readonly Field[]): void {
    this.unitStart.push(this.text.length)
    for (const { mark, text, fromStart } of fields) {
      // Of the other fields nobody asks whether they begin so, only whether they contain it.
      if (fromStart || mark !== fieldMarks.other) this.places.push(this.text.length)
      this.text.push(mark.charCodeAt(0))
      for (let at = 0; at < text.length; at += 1) {
        const unit = text.charCodeAt(at)
        const secondOfPair = unit >= 0xdc00 && unit <= 0xdfff
        if (!fromStart && !secondOfPair) this.places.push(this.text.length)
        this.text.push(unit)
      }
      this.text.push(fieldEnd.charCodeAt(0))
    }
  }

  private postingsOf(): { postingStart: Uint32Array; postings: Uint32Array } {
    const units = this.pairUnits.view()
    const titles = this.pairTitles.view()
    const postingStart = new Uint32Array(this.sharedFields.length + 1)
    for (const unit of units) postingStart[unit + 1] = (postingStart[unit + 1] ?? 0) + 1
    for (let unit = 0; unit < this.sharedFields.length; unit += 1)
      postingStart[unit + 1] = (postingStart[unit + 1] ?? 0) + (postingStart[unit] ?? 0)
    const next = postingStart.slice()
    const postings = new Uint32Array(units.length)
    for (let at = 0; at < units.length; at += 1) {
      const unit = units[at] ?? 0
      const to = next[unit] ?? 0
      postings[to] = titles[at] ?? 0
      next[unit] = to + 1
    }
    return { postingStart, postings }
  }

  private findUnits(): (place: number) => number {
    const starts = this.unitStart.view()
    const coarse = new Uint32Array((this.text.length >> coarseBits) + 1)
    for (let unit = 0, at = 0; at < coarse.length; at += 1) {
      while (unit + 1 < starts.length && (starts[unit + 1] ?? 0) <= at << coarseBits) unit += 1
      coarse[at] = unit
    }
    return (place) => {
      let unit = coarse[place >>> coarseBits] as number
      while (unit + 1 < starts.length && (starts[unit + 1] as number) <= place) unit += 1
      return unit
    }
  }
}

function writeUnits(writer: SectionWriter, suffixes: Uint32Array, unitOf: (place: number) => number): void {
  const add = writer.begin('suffixUnits')
  const piece = new Uint32Array(entriesPerPiece)
  for (let from = 0; from < suffixes.length; from += entriesPerPiece) {
    const length = Math.min(entriesPerPiece, suffixes.length - from)
    for (let at = 0; at < length; at += 1) piece[at] = unitOf(suffixes[from + at] as number)
    add(new Uint8Array(piece.buffer, 0, length * 4))
  }
}

/** Each with what it has in common with the one before it in its block. */
function writeSuffixes(writer: SectionWriter, suffixes: Uint32Array, text: Uint16Array): void {
  const add = writer.begin('suffixes')
  const piece = new Uint32Array(entriesPerPiece * 2)
  for (let from = 0; from < suffixes.length; from += entriesPerPiece) {
    const length = Math.min(entriesPerPiece, suffixes.length - from)
    for (let at = 0; at < length; at += 1) {
      const place = suffixes[from + at] as number
      piece[at * 2] = place
      piece[at * 2 + 1] = at % suffixesPerSample === 0 ? 0 : branchOf(text, suffixes[from + at - 1] as number, place)
    }
    add(new Uint8Array(piece.buffer, 0, length * bytesPerSuffix))
  }
}

/** How many characters a suffix has in common with another up to the end of both, and its next one. */
function branchOf(text: Uint16Array, other: number, place: number): number {
  let common = 0
  while (common < mostCommon && text[other + common] === text[place + common]) {
    common += 1
    if (text[place + common - 1] === 0) return common
  }
  return (common | ((text[place + common] as number) << 16)) >>> 0
}
