import type { DeskShelf, SavedShelf, ShelfChange } from '../../../../contract/library/shelf-desk.ts'

/** A shelf as it is drawn; `key` stays while its code is changed. */
export type DraftShelf = DeskShelf & { key: string }
export type Draft = readonly DraftShelf[]

export const draftOf = (shelves: readonly DeskShelf[]): Draft => shelves.map((shelf) => ({ ...shelf, key: shelf.id }))

/** What was and what is, for 元に戻す. Typing in one field is one step: `step` names it. */
export type History = { past: readonly Draft[]; now: Draft; future: readonly Draft[]; step: string | null }
const mostSteps = 200

export const begun = (now: Draft): History => ({ past: [], now, future: [], step: null })

export function done(history: History, next: Draft, step: string | null = null): History {
  if (next === history.now) return history
  if (step !== null && step === history.step) return { ...history, now: next, future: [] }
  return { past: [...history.past, history.now].slice(-mostSteps), now: next, future: [], step }
}

export function undone(history: History): History {
  const before = history.past.at(-1)
  if (before === undefined) return history
  return { past: history.past.slice(0, -1), now: before, future: [history.now, ...history.future], step: null }
}

export function redone(history: History): History {
  const [next, ...future] = history.future
  return next === undefined ? history : { past: [...history.past, history.now], now: next, future, step: null }
}

export const changed = (draft: Draft, key: string, change: (shelf: DraftShelf) => DraftShelf): Draft =>
  draft.map((shelf) => (shelf.key === key ? change(shelf) : shelf))

/** What is written of a shelf of a GeoJSON goes into shelves.csv, and holds from then on. */
export const written = (shelf: DraftShelf): DraftShelf =>
  shelf.from === 'drawing' ? { ...shelf, from: 'both' } : shelf

/** Without its row a shelf of a GeoJSON stands again where that has it; any other is gone. */
export function removed(draft: Draft, key: string): Draft {
  return draft.flatMap((shelf) => {
    if (shelf.key !== key) return [shelf]
    return shelf.given === null ? [] : [{ ...shelf, ...shelf.given, from: 'drawing' as const }]
  })
}

/** With what a file says of shelves; what it leaves open, a place or a name in another language, stays as it is drawn. */
export function takenIn(draft: Draft, shelves: readonly SavedShelf[]): Draft {
  const own = new Set(draft.map(({ id }) => id))
  const given = new Map(shelves.map((shelf) => [shelf.id, shelf]))
  return [
    ...draft.map((shelf) => {
      const other = given.get(shelf.id)
      if (other === undefined) return shelf
      // Where a row has no name, its code stands for it.
      const ja = other.name.ja === other.id ? shelf.name.ja : other.name.ja
      const { branch, plan, outline } = other.plan === null ? shelf : other
      const made = { ...shelf, branch, plan, outline, name: { ...shelf.name, ...other.name, ja } }
      return isSame(shelf, made) ? shelf : written(made)
    }),
    ...shelves
      .filter(({ id }) => !own.has(id))
      .map((shelf): DraftShelf => ({ ...shelf, key: `file ${shelf.id}`, from: 'table', given: null })),
  ]
}

/** Off the plan, with its name kept; one of a GeoJSON stands again where that has it. */
export const unplaced = (shelf: DraftShelf): DraftShelf =>
  shelf.given === null ? { ...shelf, plan: null, outline: [] } : { ...shelf, ...shelf.given }

const content = ({ id, branch, name, plan, outline, from }: DeskShelf) =>
  JSON.stringify([
    id,
    branch,
    name.ja,
    name.en,
    name['zh-Hans'],
    name['zh-Hant'],
    name.ko,
    name.vi,
    plan,
    outline,
    from,
  ])
export const isSame = (one: DeskShelf, other: DeskShelf) => content(one) === content(other)

/** As it is saved: without spaces around and without names that are empty. */
function tidied<S extends DeskShelf>(shelf: S): S {
  const { ja, ...others } = shelf.name
  const named = Object.entries(others).map(([language, text]) => [language, text.trim()])
  const name = { ...Object.fromEntries(named.filter(([, text]) => text !== '')), ja: ja.trim() }
  return { ...shelf, id: shelf.id.trim(), name }
}

/** What has to be saved. */
export function changeOf(base: readonly DeskShelf[], drawn: readonly DeskShelf[]): Pick<ShelfChange, 'put' | 'remove'> {
  const before = new Map(base.map((shelf) => [shelf.id, shelf]))
  const now = drawn.map(tidied)
  const rows = now.filter(({ from }) => from !== 'drawing')
  const ids = new Set(rows.map(({ id }) => id))
  const put = rows.filter((shelf) => {
    const was = before.get(shelf.id)
    return was === undefined || !isSame(was, shelf)
  })
  return {
    put: put.map(rowOf),
    remove: base.filter(({ id, from }) => from !== 'drawing' && !ids.has(id)).map(({ id }) => id),
  }
}

/** A place that is the GeoJSON's is left to the GeoJSON: when that is drawn anew, the shelf goes along. */
function rowOf({ id, branch, name, plan, outline, given }: DeskShelf): ShelfChange['put'][number] {
  const asGiven = given !== null && plan === given.plan && JSON.stringify(outline) === JSON.stringify(given.outline)
  return { id, branch, name, ...(asGiven ? { plan: null, outline: [] } : { plan, outline }) }
}

/** Why this shelf cannot be saved as it is, in words; null: it can. */
export function decideFault(drawn: DraftShelf, draft: Draft): string | null {
  const shelf = tidied(drawn)
  if (shelf.id === '') return '棚コードを入れてください。'
  if (shelf.name.ja === '') return '日本語の名前を入れてください。'
  if (draft.some(({ id, key }) => id.trim() === shelf.id && key !== shelf.key))
    return 'この棚コードの棚は、ほかにもあります。'
  const tooLong = [shelf.id, ...Object.values(shelf.name)].some((text) => text.length > 60)
  return tooLong ? '棚コードと名前は、60文字までにしてください。' : null
}
