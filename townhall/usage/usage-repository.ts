import { CompiledQuery, type Kysely, sql, type Transaction } from 'kysely'
import type { UsageEvent } from '../../contract/usage-event.ts'
import type { Database, Dialect } from '../database/database.ts'
import { decideBatch, gapFreeThrough, type RollupChange } from './decide-batch.ts'
import { lastInstantMs } from './fiscal-calendar.ts'

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
const mostGapsTold = 100
const rowsPerInsert = 100
const columnsPerRow = 7

function insertText(rows: number, dialect: Dialect): string {
  const placeholder = (index: number) => (dialect === 'sqlite' ? '?' : `$${index + 1}`)
  const row = (at: number) =>
    `(${Array.from({ length: columnsPerRow }, (_, index) => placeholder(at * columnsPerRow + index)).join(', ')})`
  return `insert into usage_events (kiosk_no, sequence, id, menu, at_ms, clock, ahead) values ${Array.from({ length: rows }, (_, at) => row(at)).join(', ')}`
}

export function createUsageRepository(db: Kysely<Database>, dialect: Dialect) {
  const texts = new Map<number, string>()
  function textFor(rows: number): string {
    const text = texts.get(rows) ?? insertText(rows, dialect)
    texts.set(rows, text)
    return text
  }

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
    for (let at = 0; at < events.length; at += rowsPerInsert) {
      const rows = events.slice(at, at + rowsPerInsert)
      // Written out: to build five hundred rows of placeholders anew costs more than to insert them.
      const values = rows.flatMap((event) => [
        kioskNo,
        event.sequence,
        event.id,
        event.menu,
        event.atMs,
        event.clock,
        event.atMs > nowMs + aheadMs ? 1 : 0,
      ])
      await trx.executeQuery(CompiledQuery.raw(textFor(rows.length), values))
    }
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
    const { acknowledged_through: acknowledgedThrough, highest_known: highestHeld } = progress
    const highestKnown = Math.max(highestHeld, toldHighest)
    const missing = highestHeld > acknowledgedThrough ? await gapsAbove(kioskNo, acknowledgedThrough) : []
    // What the kiosk said it has counted, and has not delivered yet.
    if (highestKnown > highestHeld) missing.push({ from: highestHeld + 1, to: highestKnown })
    return { acknowledgedThrough, highestKnown, missing }
  }

  async function gapsAbove(kioskNo: number, acknowledgedThrough: number): Promise<{ from: number; to: number }[]> {
    const { rows } = await sql<{ from: number; to: number }>`
      select before + 1 as "from", sequence - 1 as "to"
      from (
        select sequence, coalesce(lag(sequence) over (order by sequence), ${acknowledgedThrough}) as before
        from usage_events where kiosk_no = ${kioskNo} and sequence > ${acknowledgedThrough}
      ) as held
      where sequence > before + 1
      order by sequence
      limit ${mostGapsTold}`.execute(db)
    return rows.map((row) => ({ from: Number(row.from), to: Number(row.to) }))
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
        ? sql<string>`strftime('%Y-%m', (min(at_ms, ${lastInstantMs}) + 32400000) / 1000, 'unixepoch')`
        : sql<string>`to_char(to_timestamp((least(at_ms, ${lastInstantMs}) + 32400000) / 1000.0) at time zone 'UTC', 'YYYY-MM')`
    return db
      .selectFrom('usage_events')
      .select(['kiosk_no', month.as('month'), 'menu', sql<number>`count(*)`.as('accesses')])
      .groupBy(['kiosk_no', 'month', 'menu'])
      .execute()
  }

  return { takeBatches, sequenceState, monthlyCounts, monthsHeld, recount }
}
export type UsageRepository = ReturnType<typeof createUsageRepository>
