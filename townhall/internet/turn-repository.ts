import { type Kysely, sql, type Transaction } from 'kysely'
import type { InternetCounts } from '../../contract/hub-api.ts'
import { internetRefusalSchema } from '../../contract/internet-policy.ts'
import type { Database } from '../database/database.ts'
import { tokyoDay } from '../usage/fiscal-calendar.ts'
import type { EndedTurn } from './read-turn.ts'

const turns = 'turns'

/** Adds turns to the days on which they ended; in the transaction that says that they were not counted before. */
export async function addTurns(
  trx: Transaction<Database>,
  kioskNo: number,
  ended: readonly { atMs: number; turn: EndedTurn }[],
): Promise<void> {
  const rows = new Map<string, { kiosk_no: number; day: string; what: string; times: number }>()
  for (const { atMs, turn } of ended) {
    const day = tokyoDay(atMs)
    for (const [what, times] of [[turns, 1] as const, ...turn.refused]) {
      const key = `${day} ${what}`
      const row = rows.get(key) ?? { kiosk_no: kioskNo, day, what, times: 0 }
      rows.set(key, { ...row, times: row.times + times })
    }
  }
  if (rows.size === 0) return
  await trx
    .insertInto('internet_counts')
    .values([...rows.values()])
    .onConflict((conflict) =>
      conflict
        .columns(['kiosk_no', 'day', 'what'])
        .doUpdateSet({ times: sql<number>`internet_counts.times + excluded.times` }),
    )
    .execute()
}

export function createTurnRepository(db: Kysely<Database>) {
  /** Days as `YYYY-MM-DD` in Asia/Tokyo, both included. */
  async function counts(kioskNo: number, fromDay: string, toDay: string): Promise<InternetCounts> {
    const rows = await db
      .selectFrom('internet_counts')
      .select(['what', sql<number | string>`sum(times)`.as('times')])
      .where('kiosk_no', '=', kioskNo)
      .where('day', '>=', fromDay)
      .where('day', '<=', toDay)
      .groupBy('what')
      .execute()
    const told = rows.map(({ what, times }) => ({ what, times: Number(times) }))
    return {
      turns: told.find(({ what }) => what === turns)?.times ?? 0,
      refused: told
        .flatMap(({ what, times }) => {
          // A reason of a later program, left by it, has no words here.
          const reason = internetRefusalSchema.safeParse(what)
          return reason.success ? [{ reason: reason.data, times }] : []
        })
        .sort((a, b) => b.times - a.times || a.reason.localeCompare(b.reason)),
    }
  }
  return { counts }
}
export type TurnRepository = ReturnType<typeof createTurnRepository>
