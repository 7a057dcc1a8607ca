import type { Holding } from '../../contract/library/record.ts'
import type { TitleStatus } from '../../contract/menus/library.ts'
import type { Loans } from './read-loans.ts'

export const unknownStatus = (id: string): TitleStatus => ({
  id,
  state: 'unknown',
  copiesIn: null,
  due: null,
  items: [],
})

/** What a visitor is told of a title. A copy without a number cannot be asked for: where all depends on it, nobody knows. */
export function decideStatus(id: string, holdings: readonly Holding[], loans: Loans): TitleStatus {
  const borrowable = holdings.filter((one) => !one.readingRoomOnly)
  if (holdings.length === 0) return unknownStatus(id)
  const items = holdings.flatMap(({ item }) =>
    item === null ? [] : [{ item, out: loans.has(item), due: loans.get(item)?.due ?? null }],
  )
  if (borrowable.length === 0) return { id, state: 'reading-room', copiesIn: 0, due: null, items }
  const copiesIn = borrowable.filter(({ item }) => item !== null && !loans.has(item)).length
  if (copiesIn > 0) return { id, state: 'in', copiesIn, due: null, items }
  if (borrowable.some(({ item }) => item === null)) return { ...unknownStatus(id), items }
  const due = borrowable.flatMap(({ item }) => loans.get(item ?? '')?.due ?? []).sort()[0]
  return { id, state: 'out', copiesIn: 0, due: due ?? null, items }
}
