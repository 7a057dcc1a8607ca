import type { LibraryRecord } from '../../../contract/library/record.ts'
import type { LibraryStatus, TitleStatus } from '../../../contract/menus/library.ts'

/** As many titles as visitors look at in a day. */
const mostKnown = 5_000

/** Loan status as it was last told, so that with the line cut a visitor still reads how it stood, and when. */
export function createLoanMemory() {
  const known = new Map<string, { asOfMs: number; status: TitleStatus }>()
  return {
    keep({ asOfMs, titles }: LibraryStatus): void {
      if (asOfMs === null) return
      for (const status of titles) {
        known.delete(status.id)
        if (status.state !== 'unknown') known.set(status.id, { asOfMs, status })
      }
      for (const id of known.keys()) {
        if (known.size <= mostKnown) break
        known.delete(id)
      }
    },
    /** In the order of the records; the age is that of the oldest that is told. */
    recall(records: readonly LibraryRecord[]): LibraryStatus {
      const told = records.flatMap(({ id }) => known.get(id) ?? [])
      return {
        asOfMs: told.length === 0 ? null : Math.min(...told.map(({ asOfMs }) => asOfMs)),
        titles: records.map((record) => known.get(record.id)?.status ?? untold(record)),
      }
    },
  }
}

/** That a title never leaves the house is known without asking. */
function untold({ id, holdings }: LibraryRecord): TitleStatus {
  const stays = holdings.length > 0 && holdings.every(({ readingRoomOnly }) => readingRoomOnly)
  return { id, state: stays ? 'reading-room' : 'unknown', copiesIn: null, due: null, items: [] }
}
