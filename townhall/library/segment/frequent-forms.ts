import { readyBytes } from '../../../contract/library/segment.ts'
import { fieldMarks } from '../../../contract/library/title-fields.ts'

/** Fewer titles are found quickly without. */
const fewestTitles = 20_000
/** A form is frequent if it stands so often: one time for so many titles. */
const titlesPerPlace = 16

/** The finished index, in memory. */
export type Index = {
  titles: number
  text: Uint16Array
  suffixes: Uint32Array
  unitOf: (place: number) => number
  postingStart: Uint32Array
  postings: Uint32Array
}

/** The forms of one and two characters that nearly everything contains: what they find would take long to gather while somebody types. */
export function frequentForms({ titles, text, suffixes }: Index): string[] {
  if (titles < fewestTitles) return []
  const often = Math.ceil(titles / titlesPerPlace)
  const forms = new Set<string>()
  // Whatever takes up so many places in a row is met by steps of half as many.
  for (let at = 0; at < suffixes.length; at += Math.floor(often / 2)) {
    const place = suffixes[at] ?? 0
    const units = [text[place] ?? 0, text[place + 1] ?? 0]
    for (const length of [1, 2])
      if (units.slice(0, length).every(isPlain)) forms.add(String.fromCharCode(...units.slice(0, length)))
  }
  return [...forms].sort().filter((form) => {
    const [from, to] = runOf(text, suffixes, form)
    return to - from >= often
  })
}

/** No mark, no end, no half of a pair. */
const isPlain = (unit: number) => unit >= 0x20 && (unit < 0xd800 || unit > 0xdfff)

/** What the form finds, kept ready: see `readyBytes`. Exact ones are told apart by the index itself. */
export function readyFor(form: string, index: Index): Uint32Array<ArrayBuffer> {
  const { titles, text, suffixes } = index
  const sets = new Uint32Array(readyBytes(titles) / Uint32Array.BYTES_PER_ELEMENT)
  const words = sets.length / 3
  const given = new Uint8Array(index.postingStart.length)
  const begins = [[fieldMarks.title, fieldMarks.reading], [fieldMarks.author, fieldMarks.guess], ['']]
  for (const [level, beginnings] of begins.entries()) {
    const set = sets.subarray(level * words, (level + 1) * words)
    if (level > 0) set.set(sets.subarray((level - 1) * words, level * words))
    const mark = (title: number) => {
      set[title >>> 5] = (set[title >>> 5] as number) | (1 << (title & 31))
    }
    for (const begin of beginnings) {
      const [from, to] = runOf(text, suffixes, begin + form)
      for (let at = from; at < to; at += 1) {
        const unit = index.unitOf(suffixes[at] as number)
        if (unit < titles) {
          mark(unit)
        } else if (given[unit - titles] === 0) {
          given[unit - titles] = 1
          const end = index.postingStart[unit - titles + 1] as number
          for (let one = index.postingStart[unit - titles] as number; one < end; one += 1)
            mark(index.postings[one] as number)
        }
      }
    }
  }
  return sets
}

function runOf(text: Uint16Array, suffixes: Uint32Array, form: string): [from: number, to: number] {
  const bound = (after: boolean): number => {
    let low = 0
    let high = suffixes.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const order = compare(text, suffixes[middle] ?? 0, form)
      if (order < 0 || (after && order === 0)) low = middle + 1
      else high = middle
    }
    return low
  }
  return [bound(false), bound(true)]
}

/** What stands at a place against a form that has no end in it; 0: it begins with the form. */
function compare(text: Uint16Array, place: number, form: string): number {
  for (let at = 0; at < form.length; at += 1) {
    const difference = (text[place + at] ?? 0) - form.charCodeAt(at)
    if (difference !== 0) return difference
  }
  return 0
}
