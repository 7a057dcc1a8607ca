import { type Kysely, sql } from 'kysely'
import type { HealthEntry, KioskStatus } from '../../contract/health.ts'
import type { Database } from '../database/database.ts'
import { readTurn } from '../internet/read-turn.ts'
import { addTurns } from '../internet/turn-repository.ts'

export type Kiosk = {
  no: number
  id: string
  facilityId: string
  name: string
  publicKeyX: string
  state: 'active' | 'revoked'
}

const columns = ['no', 'id', 'facility_id', 'name', 'public_key_x', 'state'] as const
const toKiosk = (row: {
  no: number
  id: string
  facility_id: string
  name: string
  public_key_x: string
  state: 'active' | 'revoked'
}): Kiosk => ({
  no: row.no,
  id: row.id,
  facilityId: row.facility_id,
  name: row.name,
  publicKeyX: row.public_key_x,
  state: row.state,
})

export function createKioskRepository(db: Kysely<Database>) {
  async function byId(id: string): Promise<Kiosk | null> {
    const row = await db.selectFrom('kiosks').select(columns).where('id', '=', id).executeTakeFirst()
    return row ? toKiosk(row) : null
  }

  const all = () => db.selectFrom('kiosks').selectAll().orderBy('no').execute()

  /**
   * A machine gets a name of its own (`chuo-kominkan`, then `chuo-kominkan-2`), because it begins its own sequence;
   * the machine that stood there before is retired.
   */
  async function enrol(input: {
    facilityId: string
    name: string
    publicKeyX: string
    codeId: string
    nowMs: number
  }): Promise<Kiosk | null> {
    return db.transaction().execute(async (trx) => {
      const used = await trx
        .updateTable('kiosk_codes')
        .set({ used_at_ms: input.nowMs, key_hex: '' })
        .where('code_id', '=', input.codeId)
        .where('used_at_ms', 'is', null)
        .executeTakeFirst()
      if (used.numUpdatedRows === 0n) return null
      const here = await trx.selectFrom('kiosks').select('no').where('facility_id', '=', input.facilityId).execute()
      await trx
        .updateTable('kiosks')
        .set({ state: 'revoked', revoked_at_ms: input.nowMs })
        .where('facility_id', '=', input.facilityId)
        .where('state', '=', 'active')
        .execute()
      const highest = await trx
        .selectFrom('kiosks')
        .select(sql<number>`coalesce(max(no), 0)`.as('no'))
        .executeTakeFirstOrThrow()
      const row = {
        no: Number(highest.no) + 1,
        id: here.length === 0 ? input.facilityId : `${input.facilityId}-${here.length + 1}`,
        facility_id: input.facilityId,
        name: input.name,
        public_key_x: input.publicKeyX,
        state: 'active' as const,
        enrolled_at_ms: input.nowMs,
        refused: 0,
      }
      await trx.insertInto('kiosks').values(row).execute()
      return toKiosk(row)
    })
  }

  async function revoke(id: string, nowMs: number): Promise<boolean> {
    const done = await db
      .updateTable('kiosks')
      .set({ state: 'revoked', revoked_at_ms: nowMs })
      .where('id', '=', id)
      .where('state', '=', 'active')
      .executeTakeFirst()
    return done.numUpdatedRows > 0n
  }

  const heard = (no: number, nowMs: number) =>
    db.updateTable('kiosks').set({ last_heard_at_ms: nowMs }).where('no', '=', no).execute()

  const keepStatus = (no: number, status: KioskStatus, nowMs: number) =>
    db
      .updateTable('kiosks')
      .set({ status_json: JSON.stringify(status), last_heard_at_ms: nowMs })
      .where('no', '=', no)
      .execute()

  /** As the kiosk told it last, unjudged; null: it has told nothing. */
  async function lastStatus(no: number): Promise<unknown> {
    const row = await db.selectFrom('kiosks').select('status_json').where('no', '=', no).executeTakeFirst()
    return row?.status_json ? JSON.parse(row.status_json) : null
  }

  const countRefusal = (id: string) =>
    db.updateTable('kiosks').set({ refused: sql<number>`refused + 1` }).where('id', '=', id).execute()

  /** What an entry counts for is counted with it, once, however often it is sent. */
  async function keepHealth(no: number, entries: readonly HealthEntry[]): Promise<number> {
    const turns = new Map(
      entries.flatMap((entry) =>
        entry.code === 'internet-turn-ended'
          ? [[entry.sequence, { atMs: entry.atMs, turn: readTurn(entry.detail) }] as const]
          : [],
      ),
    )
    await db.transaction().execute(async (trx) => {
      const added = await trx
        .insertInto('kiosk_health')
        .values(
          entries.map((entry) => ({
            kiosk_no: no,
            sequence: entry.sequence,
            at_ms: entry.atMs,
            level: entry.level,
            code: entry.code,
            detail_json: JSON.stringify(turns.get(entry.sequence)?.turn.detail ?? entry.detail),
          })),
        )
        .onConflict((conflict) => conflict.columns(['kiosk_no', 'sequence']).doNothing())
        .returning('sequence')
        .execute()
      const ended = added.flatMap(({ sequence }) => turns.get(sequence) ?? [])
      await addTurns(trx, no, ended)
    })
    return Math.max(...entries.map((entry) => entry.sequence))
  }

  const health = (no: number, limit: number) =>
    db
      .selectFrom('kiosk_health')
      .selectAll()
      .where('kiosk_no', '=', no)
      .orderBy('sequence', 'desc')
      .limit(limit)
      .execute()

  async function addCode(code: {
    codeId: string
    facilityId: string
    keyHex: string
    expiresAtMs: number
  }): Promise<boolean> {
    const done = await db
      .insertInto('kiosk_codes')
      .values({
        code_id: code.codeId,
        facility_id: code.facilityId,
        key_hex: code.keyHex,
        expires_at_ms: code.expiresAtMs,
        attempts: 0,
      })
      .onConflict((conflict) => conflict.column('code_id').doNothing())
      .executeTakeFirst()
    return (done.numInsertedOrUpdatedRows ?? 0n) > 0n
  }

  /** Takes one of the code's few attempts; null when the code is unknown, used, too old, or has none left. */
  async function attemptCode(
    codeId: string,
    nowMs: number,
    maxAttempts: number,
  ): Promise<{ facilityId: string; key: Buffer } | null> {
    const row = await db
      .updateTable('kiosk_codes')
      .set({ attempts: sql<number>`attempts + 1` })
      .where('code_id', '=', codeId)
      .where('used_at_ms', 'is', null)
      .where('expires_at_ms', '>', nowMs)
      .where('attempts', '<', maxAttempts)
      .returning(['facility_id', 'key_hex'])
      .executeTakeFirst()
    return row ? { facilityId: row.facility_id, key: Buffer.from(row.key_hex, 'hex') } : null
  }

  /** @returns false when the token was seen before */
  async function rememberToken(jti: string, expiresAtMs: number): Promise<boolean> {
    const done = await db
      .insertInto('kiosk_tokens')
      .values({ jti, expires_at_ms: expiresAtMs })
      .onConflict((conflict) => conflict.column('jti').doNothing())
      .executeTakeFirst()
    return (done.numInsertedOrUpdatedRows ?? 0n) > 0n
  }
  const forgetTokens = (beforeMs: number) =>
    db.deleteFrom('kiosk_tokens').where('expires_at_ms', '<', beforeMs).execute()
  const forgetCodes = (beforeMs: number) => db.deleteFrom('kiosk_codes').where('expires_at_ms', '<', beforeMs).execute()

  return {
    byId,
    all,
    enrol,
    revoke,
    heard,
    keepStatus,
    lastStatus,
    countRefusal,
    keepHealth,
    health,
    addCode,
    attemptCode,
    rememberToken,
    forgetTokens,
    forgetCodes,
  }
}
export type KioskRepository = ReturnType<typeof createKioskRepository>
