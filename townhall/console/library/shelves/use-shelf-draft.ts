import { useState } from 'react'
import type { SavedShelf, ShelfDesk } from '../../../../contract/library/shelf-desk.ts'
import { decideMerge, type Merge } from './decide-merge.ts'
import {
  begun,
  changed,
  changeOf,
  type Draft,
  type DraftShelf,
  decideFault,
  done,
  draftOf,
  redone,
  removed,
  takenIn,
  undone,
  written,
} from './draft.ts'
import type { Kept } from './kept-draft.ts'

/** The drawing under way: what the hub has, what was made of it, and the way back. */
export function useShelfDraft(first: ShelfDesk) {
  const [base, setBase] = useState(first)
  const [history, setHistory] = useState(() => begun(draftOf(first.shelves)))
  const [chosen, choose] = useState<string | null>(null)
  const { now } = history
  const change = changeOf(base.shelves, now)
  const changes = change.put.length + change.remove.length
  const putCodes = new Set(change.put.map(({ id }) => id))
  const faults = now.filter((shelf) => putCodes.has(shelf.id.trim()) && decideFault(shelf, now) !== null)

  const act = (make: (draft: Draft) => Draft, step: string | null = null) =>
    setHistory((before) => done(before, make(before.now), step))
  const shelf = now.find(({ key }) => key === chosen) ?? null

  return {
    base,
    shelves: now,
    shelf,
    choose,
    change,
    changes,
    faults,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    undo: () => setHistory(undone),
    redo: () => setHistory(redone),
    edit: (key: string, make: (shelf: DraftShelf) => DraftShelf, step: string | null = null) =>
      act((draft) => changed(draft, key, (one) => written(make(one))), step),
    /** Chosen at once, so that its name can be typed. */
    add(made: Omit<DraftShelf, 'key' | 'from' | 'given'>): void {
      const key = `new ${crypto.randomUUID()}`
      act((draft) => [...draft, { ...made, key, from: 'table', given: null }])
      choose(key)
    },
    remove(key: string): void {
      act((draft) => removed(draft, key))
      if (now.find((one) => one.key === key)?.given === null) choose(null)
    },
    /** Those of a file in place of what is drawn of them; the others stay. */
    takeIn(shelves: readonly SavedShelf[]): void {
      act((draft) => takenIn(draft, shelves))
    },
    /** The hub has it: what was drawn is what is there now. */
    saved: (desk: ShelfDesk) => setBase(desk),
    /** What another changed meanwhile is taken in; it is looked at and saved again. */
    merge(desk: ShelfDesk): Merge {
      const merged = decideMerge(base.shelves, now, desk.shelves)
      const keys = new Map(now.map((one) => [one.id, one.key]))
      setBase(desk)
      act(() => merged.shelves.map((one) => ({ ...one, key: keys.get(one.id) ?? one.id })))
      return merged
    },
    /** What the window kept from before. */
    resume(kept: Kept): void {
      const keys = new Map(kept.now.map((one) => [one.id, one.key]))
      const { shelves } = decideMerge(kept.base, kept.now, base.shelves)
      act(() => shelves.map((one) => ({ ...one, key: keys.get(one.id) ?? one.id })))
    },
    startOver(desk: ShelfDesk): void {
      setBase(desk)
      setHistory(begun(draftOf(desk.shelves)))
      choose(null)
    },
  }
}
export type ShelfDraft = ReturnType<typeof useShelfDraft>
