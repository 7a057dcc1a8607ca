import { addBits, type Bits, countWord, keepBits } from './bits.ts'
import type { BitsRoom } from './bits-room.ts'

/** What a search found: for each class, best first, the titles that answer so well or better. The last are all. */
export type Hits = readonly [exact: Bits, start: Bits, author: Bits, all: Bits]

/** Titles that all words found, in the class of the best word, never better than 2; and those that all words written as one find: see match-class. */
export function together(words: readonly Hits[], joined: Hits | null, room: BitsRoom): Hits {
  const [first, ...others] = words
  if (first === undefined) throw new RangeError('no words')
  if (others.length === 0) return first
  const [start, author, all] = [room.copy(first[1]), room.copy(first[2]), room.copy(first[3])]
  for (const other of others) {
    addBits(start, other[1])
    addBits(author, other[2])
    keepBits(all, other[3])
  }
  keepBits(start, all)
  keepBits(author, all)
  if (joined === null || isNone(joined)) return [room.nothing, start, author, all]
  addBits(start, joined[1])
  addBits(author, joined[2])
  addBits(all, joined[3])
  return [joined[0], start, author, all]
}

export function isNone([, , , all]: Hits): boolean {
  for (let at = 0; at < all.length; at += 1) if (all[at] !== 0) return false
  return true
}

/** How many titles of each class pass; index 0 is all together. */
export type ClassCounts = readonly [number, number, number, number, number]

export function countClasses([exact, start, author, all]: Hits, passing: Bits | null): ClassCounts {
  let [ofExact, ofStart, ofAuthor, ofAll] = [0, 0, 0, 0]
  for (let at = 0; at < all.length; at += 1) {
    const found = (all[at] as number) & (passing === null ? -1 : (passing[at] as number))
    if (found === 0) continue
    ofAll += countWord(found)
    const byAuthor = (author[at] as number) & found
    if (byAuthor === 0) continue
    ofAuthor += countWord(byAuthor)
    ofStart += countWord((start[at] as number) & found)
    ofExact += countWord((exact[at] as number) & found)
  }
  return [ofAll, ofExact, ofStart - ofExact, ofAuthor - ofStart, ofAll - ofAuthor]
}
