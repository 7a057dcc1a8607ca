import { type Kysely, sql } from 'kysely'

/** Append-only: the database itself refuses to change or delete a line. */
export async function up(db: Kysely<unknown>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  await db.schema
    .createTable('audit')
    .addColumn('id', dialect === 'sqlite' ? 'integer' : 'serial', (column) => column.primaryKey())
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('act', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('detail', 'text', (column) => column.notNull())
    .addColumn('chain', 'text', (column) => column.notNull())
    .execute()
  if (dialect === 'sqlite') {
    await sql`create trigger audit_no_update before update on audit begin select raise(abort, 'audit is append-only'); end`.execute(
      db,
    )
    await sql`create trigger audit_no_delete before delete on audit begin select raise(abort, 'audit is append-only'); end`.execute(
      db,
    )
  } else {
    await sql`create function audit_refuse() returns trigger language plpgsql as $$ begin raise exception 'audit is append-only'; end $$`.execute(
      db,
    )
    await sql`create trigger audit_append_only before update or delete on audit for each row execute function audit_refuse()`.execute(
      db,
    )
  }
}
