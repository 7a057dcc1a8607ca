import type { DeskShelf } from '../../../../contract/library/shelf-desk.ts'
import { isSame } from './draft.ts'

export type Merge = {
  shelves: DeskShelf[]
  /** Codes that only the other changed. */
  theirs: string[]
  /** Codes that both changed, each otherwise: here mine were kept. */
  both: string[]
}

/**
 * Two who began with the same shelves: what one changed is taken from that one. What both changed is as mine, and named, so that it can be
 * looked at before it is saved. A shelf of the GeoJSON alone counts as a shelf that nobody wrote.
 */
export function decideMerge(
  base: readonly DeskShelf[],
  mine: readonly DeskShelf[],
  theirs: readonly DeskShelf[],
): Merge {
  const byId = (shelves: readonly DeskShelf[]) => new Map(shelves.map((shelf) => [shelf.id, shelf]))
  const [was, my, their] = [byId(base), byId(mine), byId(theirs)]
  const merged: Merge = { shelves: [], theirs: [], both: [] }
  for (const id of new Set([...their.keys(), ...my.keys(), ...was.keys()])) {
    const [before, here, there] = [was.get(id), my.get(id), their.get(id)]
    const changedHere = differs(before, here)
    const changedThere = differs(before, there)
    if (changedThere && !changedHere) merged.theirs.push(id)
    if (changedThere && changedHere && differs(here, there)) merged.both.push(id)
    const kept = changedHere ? here : there
    if (kept !== undefined) merged.shelves.push(kept)
  }
  return merged
}

function differs(one: DeskShelf | undefined, other: DeskShelf | undefined): boolean {
  if (one === undefined || other === undefined) return one !== other
  return !isSame(one, other)
}
