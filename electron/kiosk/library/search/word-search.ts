import type { Term } from '../../../../contract/library/query-terms.ts'
import { fieldEnd } from '../../../../contract/library/segment.ts'
import { fieldMarks } from '../../../../contract/library/title-fields.ts'
import { addBits, type Bits, bitsPerWord, clearBit, eachBit, hasBit, noBits, setBit } from './bits.ts'
import type { BitsRoom } from './bits-room.ts'
import type { Catalogue } from './catalogue.ts'
import type { Hits } from './hits.ts'
import { dead } from './merge-segments.ts'
import type { Segment } from './segment.ts'
import type { Run } from './suffix-ranges.ts'

const unitsPerRead = 1 << 16
const numberBytes = 4
/** Of what is kept ready for a form, the classes of the sets one after the other: see `readyBytes`. */
const readyClasses = [2, 3, 4]

/** Everything that one word finds, in all files, each title in its best class. */
export class WordSearch {
  private readonly segments: readonly Segment[]
  private readonly maps: Catalogue['maps']
  /** Titles of the first file that are no more. */
  private readonly gone: readonly number[]
  private readonly room: BitsRoom
  /** What is read of what is kept ready, one set after the other. */
  private readonly ready: Bits
  private readonly units = new Uint32Array(unitsPerRead)
  /** By file: which of its shared texts have given their titles already. */
  private readonly given: readonly Bits[]

  constructor({ segments, maps, gone }: Catalogue, room: BitsRoom) {
    this.segments = segments
    this.maps = maps
    this.gone = gone
    this.room = room
    this.ready = noBits(Math.max(...segments.map((segment) => segment.titles)))
    this.given = segments.map((segment) => noBits(segment.postingStart.length))
  }

  find(term: Term): Hits {
    for (const given of this.given) given.fill(0)
    const runs = this.segments.map((segment) => term.flatMap((form) => runsOf(segment, form)))
    // Best class first: a shared text gives its titles once.
    const exact = this.level(this.room.nothing, runs, 1)
    const start = this.level(exact, runs, 2)
    const author = this.level(start, runs, 3)
    return [exact, start, author, this.level(author, runs, 4)]
  }

  /** The titles of a class with the better ones; these themselves when there are no others. */
  private level(better: Bits, runs: readonly (readonly Found[])[], matchClass: number): Bits {
    const isOf = (one: Found) => one.matchClass === matchClass
    if (!runs.some((ofSegment) => ofSegment.some(isOf))) return better
    const found = this.room.copy(better)
    for (const [at, ofSegment] of runs.entries())
      for (const one of ofSegment.filter(isOf)) {
        if ('run' in one) this.markRun(at, one.run, found)
        else this.addReady(at, one.ready, found)
      }
    for (const title of this.gone) clearBit(found, title)
    return found
  }

  private addReady(at: number, place: number, hits: Bits): void {
    const segment = this.segments[at]
    if (segment === undefined) return
    const map = this.maps[at] ?? null
    const found = this.ready.subarray(0, Math.ceil(segment.titles / bitsPerWord))
    segment.file.readInto('frequent', found, place * found.byteLength)
    if (map === null) addBits(hits, found)
    else eachBit(found, (number) => mark(hits, map, number))
  }

  /** About how much a form finds, without looking at whose it is. */
  weight(form: string): number {
    return this.segments.reduce((sum, { ranges }) => {
      const run = ranges.find(form)
      return sum + (run === null ? 0 : run.to - run.from)
    }, 0)
  }

  /** Whether a form stands anywhere. */
  finds(form: string): boolean {
    return this.segments.some(({ ranges }) => ranges.stands(form))
  }

  private markRun(at: number, { from, to }: Run, found: Bits): void {
    const segment = this.segments[at]
    const given = this.given[at]
    if (segment === undefined || given === undefined) return
    const map = this.maps[at] ?? null
    const { titles, postings, postingStart } = segment
    for (let start = from; start < to; start += unitsPerRead) {
      const units = this.units.subarray(0, Math.min(unitsPerRead, to - start))
      segment.file.readInto('suffixUnits', units, start * numberBytes)
      for (let index = 0; index < units.length; index += 1) {
        const unit = units[index] as number
        if (unit < titles) {
          mark(found, map, unit)
          continue
        }
        const shared = unit - titles
        if (hasBit(given, shared)) continue
        setBit(given, shared)
        const end = postingStart[shared + 1] ?? 0
        for (let one = postingStart[shared] ?? end; one < end; one += 1) mark(found, map, postings[one] ?? dead)
      }
    }
  }
}

function mark(found: Bits, map: Uint32Array | null, number: number): void {
  const title = map === null ? number : (map[number] as number)
  // A number that is none sets nothing: it lies outside.
  if (title !== dead) setBit(found, title)
}

/** A run of the index, or the place of what is kept ready. */
type Found = { matchClass: number } & ({ run: Run } | { ready: number })

const titleMarks = [fieldMarks.title, fieldMarks.reading]

/** The rule of match-class as runs of the index. */
function runsOf(segment: Segment, form: string): Found[] {
  const { ranges } = segment
  const ready = segment.ready.get(form)
  const found: Found[] = []
  const look = (matchClass: number, start: string): boolean => {
    const run = ranges.find(start)
    if (run !== null) found.push({ run, matchClass })
    return run !== null
  }
  const begun: string[] = []
  // Numbers are found from their start only, so they do not stand among what stands anywhere.
  if (isNumber(form)) {
    look(4, fieldMarks.other + form)
    if (look(4, fieldMarks.isbn + form)) begun.push(fieldMarks.isbn)
  }
  if (ready !== undefined) {
    begun.push(...titleMarks, fieldMarks.guess)
    for (const [at, matchClass] of readyClasses.entries())
      found.push({ ready: ready * readyClasses.length + at, matchClass })
  } else if (look(4, form)) {
    // What does not stand anywhere does not stand at the beginning either.
    for (const mark of titleMarks) if (look(2, mark + form)) begun.push(mark)
    look(3, fieldMarks.author + form)
    if (look(3, fieldMarks.guess + form)) begun.push(fieldMarks.guess)
  }
  return [...found, ...exactRuns(segment, form, begun)]
}

/** Titles, readings and ISBNs that are the form and no more; guessed readings a class less. */
function exactRuns({ ranges }: Segment, form: string, marks: readonly string[]): Found[] {
  return marks.flatMap((mark) => {
    const run = ranges.find(mark + form + fieldEnd)
    return run === null ? [] : [{ run, matchClass: mark === fieldMarks.guess ? 2 : 1 }]
  })
}

const isNumber = (form: string) => /^[0-9]+x?$/.test(form)
