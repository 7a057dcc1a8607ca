import { type Kysely, sql, type Transaction } from 'kysely'
import type { UsageEvent } from '../../contract/usage-event.ts'
import type { Database, Dialect } from '../database/database.ts'
import { decideBatch, gapFreeThrough, type RollupChange } from './decide-batch.ts'

export type Batch = { kioskNo: number; events: readonly UsageEvent[] }
export type BatchResult =
  | { kind: 'taken'; acknowledgedThrough: number; accepted: number; repeated: number }
  | { kind: 'conflict'; sequence: number }
export type SequenceState = {
  acknowledgedThrough: number
  highestKnown: number
  missing: { from: number; to: number }[]
}

/** Stamped so far ahead of the hub's clock: taken, but marked. */
const aheadMs = 600_000
/** Rows above a gap are read in pieces. */
const pieceRows = 5_000

export function createUsageRepository(db: Kysely<Database>, dialect: Dialect) {
  /** Takes several kiosks' batches in one transaction: one fsync answers them all. A conflicting batch takes nothing and fails nobody else. */
  async function takeBatches(batches: readonly Batch[], nowMs: number): Promise<BatchResult[]> {
    return db.transaction().execute(async (trx) => {
      const results: BatchResult[] = []
      for (const batch of batches) results.push(await takeBatch(trx, batch, nowMs))
      return results
    })
  }

  async function takeBatch(trx: Transaction<Database>, batch: Batch, nowMs: number): Promise<BatchResult> {
    const { kioskNo, events } = batch
    const progress = await readProgress(trx, kioskNo)
    const sequences = events.map((event) => event.sequence)
    const [first, last] = [Math.min(...sequences), Math.max(...sequences)]
    // Nothing is held above highest_known, so the usual batch needs no look at the rows.
    const held =
      first > progress.highest_known
        ? []
        : await trx
            .selectFrom('usage_events')
            .select(['sequence', 'id', 'menu'])
            .where('kiosk_no', '=', kioskNo)
            .where('sequence', '>=', first)
            .where('sequence', '<=', last)
            .execute()
    const decision = decideBatch(events, held)
    if (decision.kind === 'conflict') return decision

    if (decision.fresh.length > 0) {
      await insertEvents(trx, kioskNo, decision.fresh, nowMs)
      await addToRollup(trx, kioskNo, decision.rollup)
    }
    const acknowledgedThrough = await through(trx, kioskNo, progress, decision.fresh)
    const highest_known = Math.max(progress.highest_known, last)
    if (acknowledgedThrough !== progress.acknowledged_through || highest_known !== progress.highest_known) {
      await trx
        .insertInto('usage_progress')
        .values({ kiosk_no: kioskNo, acknowledged_through: acknowledgedThrough, highest_known })
        .onConflict((conflict) =>
          conflict.column('kiosk_no').doUpdateSet({ acknowledged_through: acknowledgedThrough, highest_known }),
        )
        .execute()
    }
    return { kind: 'taken', acknowledgedThrough, accepted: decision.fresh.length, repeated: decision.repeated }
  }

  async function readProgress(on: Kysely<Database>, kioskNo: number) {
    const select = on
      .selectFrom('usage_progress')
      .select(['acknowledged_through', 'highest_known'])
      .where('kiosk_no', '=', kioskNo)
    const row = await (dialect === 'postgres' && on.isTransaction ? select.forUpdate() : select).executeTakeFirst()
    return row ?? { acknowledged_through: 0, highest_known: 0 }
  }

  async function insertEvents(
    trx: Transaction<Database>,
    kioskNo: number,
    events: readonly UsageEvent[],
    nowMs: number,
  ): Promise<void> {
    const rows = JSON.stringify(
      events.map((event) => [
        event.sequence,
        event.id,
        event.menu,
        event.atMs,
        event.clock,
        event.atMs > nowMs + aheadMs ? 1 : 0,
      ]),
    )
    // One statement with one parameter for the whole batch, on either engine.
    const select =
      dialect === 'sqlite'
        ? sql`select ${kioskNo}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 from json_each(${rows})`
        : sql`select ${kioskNo}::int, (value ->> 0)::bigint, value ->> 1, value ->> 2, (value ->> 3)::bigint, value ->> 4, (value ->> 5)::int from json_array_elements(${rows}::json)`
    await sql`insert into usage_events (kiosk_no, sequence, id, menu, at_ms, clock, ahead) ${select}`.execute(trx)
  }

  async function addToRollup(trx: Transaction<Database>, kioskNo: number, changes: RollupChange[]): Promise<void> {
    await trx
      .insertInto('usage_rollup')
      .values(changes.map((change) => ({ kiosk_no: kioskNo, ...change })))
      .onConflict((conflict) =>
        conflict.columns(['kiosk_no', 'month', 'menu']).doUpdateSet({
          accesses: sql<number>`usage_rollup.accesses + excluded.accesses`,
          unverified: sql<number>`usage_rollup.unverified + excluded.unverified`,
        }),
      )
      .execute()
  }

  async function through(
    trx: Transaction<Database>,
    kioskNo: number,
    progress: { acknowledged_through: number; highest_known: number },
    fresh: readonly UsageEvent[],
  ): Promise<number> {
    const sorted = fresh.map((event) => event.sequence).sort((a, b) => a - b)
    let done = gapFreeThrough(progress.acknowledged_through, sorted)
    // Rows that came early may now follow without a gap.
    while (done > progress.acknowledged_through && done < progress.highest_known) {
      const rows = await trx
        .selectFrom('usage_events')
        .select('sequence')
        .where('kiosk_no', '=', kioskNo)
        .where('sequence', '>', done)
        .orderBy('sequence')
        .limit(pieceRows)
        .execute()
      const next = gapFreeThrough(
        done,
        rows.map((row) => row.sequence),
      )
      if (next === done) break
      done = next
    }
    return done
  }

  /** Which part of a kiosk's sequence is missing between its first event and `toldHighest` (or the highest held). */
  async function sequenceState(kioskNo: number, toldHighest = 0): Promise<SequenceState> {
    const progress = await readProgress(db, kioskNo)
    const highestKnown = Math.max(progress.highest_known, toldHighest)
    const missing: { from: number; to: number }[] = []
    let expected = progress.acknowledged_through + 1
    if (progress.highest_known > progress.acknowledged_through) {
      const rows = await db
        .selectFrom('usage_events')
        .select('sequence')
        .where('kiosk_no', '=', kioskNo)
        .where('sequence', '>', progress.acknowledged_through)
        .orderBy('sequence')
        .limit(100_000)
        .execute()
      for (const { sequence } of rows) {
        if (sequence > expected) missing.push({ from: expected, to: sequence - 1 })
        expected = sequence + 1
        if (missing.length >= 100) break
      }
    }
    return { acknowledgedThrough: progress.acknowledged_through, highestKnown, missing }
  }

  /** The roll-up rows of some months, for the report. */
  function monthlyCounts(fromMonth: string, toMonth: string) {
    return db
      .selectFrom('usage_rollup')
      .select(['kiosk_no', 'month', 'menu', 'accesses', 'unverified'])
      .where('month', '>=', fromMonth)
      .where('month', '<=', toMonth)
      .execute()
  }

  async function monthsHeld(): Promise<string[]> {
    const rows = await db.selectFrom('usage_rollup').select('month').distinct().orderBy('month').execute()
    return rows.map((row) => row.month)
  }

  /** Counts every row again, without the roll-up: what `verify-counts` compares with. */
  async function recount() {
    const month =
      dialect === 'sqlite'
        ? sql<string>`strftime('%Y-%m', (at_ms + 32400000) / 1000, 'unixepoch')`
        : sql<string>`to_char(to_timestamp((at_ms + 32400000) / 1000.0) at time zone 'UTC', 'YYYY-MM')`
    return db
      .selectFrom('usage_events')
      .select(['kiosk_no', month.as('month'), 'menu', sql<number>`count(*)`.as('accesses')])
      .groupBy(['kiosk_no', 'month', 'menu'])
      .execute()
  }

  return { takeBatches, sequenceState, monthlyCounts, monthsHeld, recount }
}
export type UsageRepository = ReturnType<typeof createUsageRepository>
