import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/database.ts'

export type ReleaseRow = {
  number: number
  publishedAtMs: number
  publishedBy: string
  sizeBytes: number
  changedFiles: number
}

export function createReleaseRepository(db: Kysely<Database>) {
  return {
    async add(row: ReleaseRow): Promise<void> {
      await db
        .insertInto('releases')
        .values({
          number: row.number,
          published_at_ms: row.publishedAtMs,
          published_by: row.publishedBy,
          size_bytes: row.sizeBytes,
          changed_files: row.changedFiles,
        })
        .onConflict((conflict) => conflict.column('number').doNothing())
        .execute()
    },
    async latestNumber(): Promise<number> {
      const row = await db
        .selectFrom('releases')
        .select(sql<number | null>`max(number)`.as('number'))
        .executeTakeFirst()
      return Number(row?.number ?? 0)
    },
    async list(): Promise<ReleaseRow[]> {
      const rows = await db.selectFrom('releases').selectAll().orderBy('number', 'desc').limit(200).execute()
      return rows.map((row) => ({
        number: row.number,
        publishedAtMs: row.published_at_ms,
        publishedBy: row.published_by,
        sizeBytes: row.size_bytes,
        changedFiles: row.changed_files,
      }))
    },
  }
}
