import { type Kysely, sql } from 'kysely'
import type { Dialect } from '../database.ts'

/** A title has a row for each import that changed it, so that an import can write bit by bit what nobody reads before its last word. */
export async function up(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  // PostgreSQL is in a transaction already; on SQLite each statement would be one, and a power cut between them cost the catalogue.
  if (dialect === 'sqlite') await db.transaction().execute(move)
  else await move(db)
}

async function move(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('library_generations')
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('revision', 'bigint', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('record', 'text', (column) => column.notNull())
    .addColumn('deleted', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('library_generations_key', ['id', 'revision'])
    .execute()
  await sql`insert into library_generations (id, revision, source, record, deleted) select id, revision, source, record, deleted from library_titles`.execute(
    db,
  )
  await db.schema.dropTable('library_titles').execute()
  await db.schema.alterTable('library_generations').renameTo('library_titles').execute()
  await db.schema.createIndex('library_titles_by_revision').on('library_titles').columns(['revision', 'id']).execute()
}
