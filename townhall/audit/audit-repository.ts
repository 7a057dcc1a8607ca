import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { AuditEntry, HubClock } from '../context.ts'
import type { Database } from '../database/database.ts'

/** Appends acts; each line carries a hash over itself and the line before, so that a line taken out by hand shows. */
export function createAudit(db: Kysely<Database>, clock: HubClock) {
  return async (entry: AuditEntry): Promise<void> => {
    const line = {
      at_ms: clock.nowMs(),
      actor: entry.actor,
      act: entry.act,
      subject: entry.subject,
      detail: entry.detail ?? '',
    }
    for (;;) {
      const last = await db
        .selectFrom('audit')
        .select(['id', 'chain'])
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst()
      const chain = createHash('sha256')
        .update(JSON.stringify([last?.chain ?? '', line.at_ms, line.actor, line.act, line.subject, line.detail]))
        .digest('hex')
      const done = await db
        .insertInto('audit')
        .values({ id: (last?.id ?? 0) + 1, ...line, chain })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirst()
      // Nobody else wrote a line between the look and the mark.
      if ((done.numInsertedOrUpdatedRows ?? 0n) > 0n) return
    }
  }
}

export async function readAudit(db: Kysely<Database>, query: { before?: number | undefined; limit: number }) {
  let select = db.selectFrom('audit').select(['id', 'at_ms', 'actor', 'act', 'subject', 'detail'])
  if (query.before !== undefined) select = select.where('id', '<', query.before)
  const rows = await select
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute()
  return {
    entries: rows.slice(0, query.limit).map((row) => ({
      id: row.id,
      atMs: row.at_ms,
      actor: row.actor,
      act: row.act,
      subject: row.subject,
      detail: row.detail,
    })),
    more: rows.length > query.limit,
  }
}
