import { z } from 'zod'
import { type DeskShelf, deskShelfSchema } from '../../../../contract/library/shelf-desk.ts'
import type { Draft } from './draft.ts'

/** Of this window alone, so that a session that ended or a page loaded anew costs no drawing. */
const place = 'library-shelves'
const keptSchema = z.object({
  base: z.array(deskShelfSchema),
  now: z.array(deskShelfSchema.extend({ key: z.string(), id: z.string(), name: z.record(z.string(), z.string()) })),
})
export type Kept = { base: DeskShelf[]; now: Draft }

export function keepDraft(kept: { base: readonly DeskShelf[]; now: Draft }): void {
  try {
    window.sessionStorage.setItem(place, JSON.stringify(kept))
  } catch {
    // No room or not allowed: then only the window itself has it.
  }
}

export const dropDraft = () => window.sessionStorage.removeItem(place)

/** @returns null: there is none, or none that can be used */
export function keptDraft(): Kept | null {
  const text = window.sessionStorage.getItem(place)
  if (text === null) return null
  try {
    const { base, now } = keptSchema.parse(JSON.parse(text))
    // A name that is being typed may be empty, which the contract's own form does not allow.
    return { base, now: now.map((shelf) => ({ ...shelf, name: { ...shelf.name, ja: shelf.name.ja ?? '' } })) }
  } catch {
    return null
  }
}
