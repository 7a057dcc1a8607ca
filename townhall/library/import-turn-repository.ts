import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../database/database.ts'
import { isProcessAlive, processPlace } from '../process-owner.ts'

const setting = 'library-import-turn'
const lookEveryMs = 100
const beatEveryMs = 1_000
/** Whoever has not been heard so long has lost its machine; a line to PostgreSQL that hangs is shorter. */
const silentMs = 60_000
const restMs = 4

/** Somebody else took the turn of an import that was silent too long: what it staged is gone. */
export class TurnLost extends Error {
  override readonly name = 'TurnLost'
}

/** Somebody wants the import to end before its end. */
export class ImportCancelled extends Error {
  override readonly name = 'ImportCancelled'
}

/**
 * One import at a time, over all processes and machines of this database. It is held by a row that every write of the import changes in
 * its own transaction: whoever has lost the turn cannot write any more, however long it slept.
 * @returns null: the turn of another did not end in time
 * @throws ImportCancelled
 */
export async function takeTurn(
  db: Kysely<Database>,
  waitMs: number,
  cancelled?: AbortSignal,
): Promise<ImportTurn | null> {
  const began = performance.now()
  let other = { value: '', sinceMs: began }
  for (;;) {
    if (cancelled?.aborted) throw new ImportCancelled()
    const mine = `${randomUUID()} ${process.pid} ${processPlace()} 0`
    const held = await db.selectFrom('settings').select('value').where('name', '=', setting).executeTakeFirst()
    if (held === undefined) {
      if (await add(db, mine)) return new ImportTurn(db, mine, cancelled)
    } else {
      if (held.value !== other.value) other = { value: held.value, sinceMs: performance.now() }
      const silent = performance.now() - other.sinceMs >= silentMs
      if ((silent || isGone(held.value)) && (await change(db, held.value, mine)))
        return new ImportTurn(db, mine, cancelled)
    }
    if (performance.now() - began >= waitMs) return null
    await setTimeout(lookEveryMs)
  }
}

export class ImportTurn {
  private readonly db: Kysely<Database>
  private mine: string
  private cancelled: AbortSignal | undefined
  private beatMs = performance.now()

  constructor(db: Kysely<Database>, mine: string, cancelled?: AbortSignal) {
    this.db = db
    this.mine = mine
    this.cancelled = cancelled
  }

  /** What is left to do is done to its end, whoever wants it to end. */
  finish(): void {
    this.cancelled = undefined
  }

  /**
   * One transaction, as long as nobody has taken the turn. Before it there is a little rest since the last one: who waits for SQLite looks
   * again after some milliseconds, and must find it free now and then.
   * @returns how long the work took, in ms: neither the wait for others nor the disk's last word, which are no shorter for less work
   * @throws TurnLost, ImportCancelled
   */
  async write(work: (trx: Transaction<Database>) => Promise<unknown>): Promise<number> {
    this.goOn()
    const next = this.mine.replace(/\d+$/, (beat) => String(Number(beat) + 1))
    const restedMs = performance.now() - this.beatMs
    if (restedMs < restMs) await setTimeout(restMs - restedMs)
    const tookMs = await this.db.transaction().execute(async (trx) => {
      if (!(await change(trx, this.mine, next))) throw new TurnLost('another import took the turn')
      const began = performance.now()
      await work(trx)
      return performance.now() - began
    })
    this.mine = next
    this.beatMs = performance.now()
    return tookMs
  }

  /** For work that only reads: says now and then that it goes on. */
  async keep(): Promise<void> {
    this.goOn()
    if (performance.now() - this.beatMs >= beatEveryMs) await this.write(async () => undefined)
  }

  private goOn(): void {
    if (this.cancelled?.aborted) throw new ImportCancelled()
  }

  async giveBack(): Promise<void> {
    await this.db.deleteFrom('settings').where('name', '=', setting).where('value', '=', this.mine).execute()
  }
}

/** Of another machine, or another container of this one, nobody knows here. */
function isGone(value: string): boolean {
  const [, pid, place] = value.split(' ')
  return place === processPlace() && !isProcessAlive(Number(pid))
}

async function add(db: Kysely<Database>, value: string): Promise<boolean> {
  const result = await db
    .insertInto('settings')
    .values({ name: setting, value })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows) === 1
}

async function change(db: Kysely<Database>, from: string, to: string): Promise<boolean> {
  const result = await db
    .updateTable('settings')
    .set({ value: to })
    .where('name', '=', setting)
    .where('value', '=', from)
    .executeTakeFirst()
  return Number(result.numUpdatedRows) === 1
}
