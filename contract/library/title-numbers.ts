import type { LibraryRecord } from './record.ts'
import { noDay } from './segment.ts'

const dayMs = 86_400_000

/** A day as its number from 1970-01-01. */
export function dayOf(arrived: string | undefined): number {
  return arrived === undefined ? noDay : Math.floor(Date.parse(`${arrived}T00:00:00Z`) / dayMs)
}

/**
 * The first three digits of an NDC in one number: the digits filled up with zeros, times four, plus how many there are; 0: none.
 * `913.6` is 913·4+3, `9` is 900·4+1.
 */
export function ndcNumber(ndc: string | undefined): number {
  const digits = /^\d{1,3}/.exec(ndc ?? '')?.[0] ?? ''
  return digits === '' ? 0 : Number(digits.padEnd(3, '0')) * 4 + digits.length
}

/** Something of it can be taken home. */
export function isLendable(record: LibraryRecord): boolean {
  return record.holdings.some((holding) => !holding.readingRoomOnly)
}

/** The holding by which a title is shown in a list and stands among its neighbours: the first of which a place is known. */
export function shownHolding(record: LibraryRecord): LibraryRecord['holdings'][number] | undefined {
  const { holdings } = record
  return holdings.find(({ shelf, callNumber }) => shelf !== null && callNumber !== null) ?? holdings[0]
}

/**
 * Where a title stands among those of its shelf, as a text that sorts so; null: not known. The class as a decimal fraction does by itself
 * (913 < 913.6 < 914), the lines below it by number where they are one (/2 < /12).
 */
export function spineKey(record: LibraryRecord): string | null {
  const holding = shownHolding(record)
  if (holding?.callNumber == null || holding.shelf === null) return null
  const [first = '', ...lines] = holding.callNumber.normalize('NFKC').toLowerCase().split('/')
  const sorted = [first, ...lines.map((line) => line.replace(/\d+/g, (digits) => digits.padStart(8, '0')))]
  return [shelfKey(holding.shelf), ...sorted].join('\u0001')
}

export const shelfKey = (shelf: string): string => `${shelf}\u0000`
