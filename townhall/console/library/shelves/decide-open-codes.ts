import type { ShelfCodes } from '../../../../contract/library/shelf-desk.ts'
import type { Draft, DraftShelf } from './draft.ts'

/** What could be drawn next: a code of the catalogue without a shelf, or a shelf without a place. */
export type OpenCode = { code: string; titles: number | null; shelf: DraftShelf | null }

/** Most titles first: drawing those helps most visitors. */
export function decideOpenCodes(codes: ShelfCodes['codes'], draft: Draft): OpenCode[] {
  const shelves = new Map(draft.map((shelf) => [shelf.id, shelf]))
  const titles = new Map(codes.map(({ code, titles: many }) => [code, many]))
  const unplaced = draft.filter((shelf) => shelf.outline.length === 0)
  return [
    ...unplaced.map((shelf) => ({ code: shelf.id, titles: titles.get(shelf.id) ?? null, shelf })),
    ...codes
      .filter(({ code }) => !shelves.has(code))
      .map(({ code, titles: many }) => ({ code, titles: many, shelf: null })),
  ].sort((one, other) => (other.titles ?? -1) - (one.titles ?? -1))
}
