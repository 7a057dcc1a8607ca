import { type Kysely, sql } from 'kysely'

const withoutRowid = sql`without rowid`

/** Keyed by (kiosk, sequence), which grows: random UUIDs as a key would scatter every insert over the whole tree. */
export async function up(db: Kysely<unknown>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const events = db.schema
    .createTable('usage_events')
    .addColumn('kiosk_no', 'integer', (column) => column.notNull())
    .addColumn('sequence', 'bigint', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('menu', 'text', (column) => column.notNull())
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .addColumn('clock', 'text', (column) => column.notNull())
    .addColumn('ahead', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('usage_events_key', ['kiosk_no', 'sequence'])
  await (dialect === 'sqlite' ? events.modifyEnd(withoutRowid) : events).execute()
  await db.schema
    .createTable('usage_rollup')
    .addColumn('kiosk_no', 'integer', (column) => column.notNull())
    .addColumn('month', 'text', (column) => column.notNull())
    .addColumn('menu', 'text', (column) => column.notNull())
    .addColumn('accesses', 'bigint', (column) => column.notNull())
    .addColumn('unverified', 'bigint', (column) => column.notNull().defaultTo(0))
    .addPrimaryKeyConstraint('usage_rollup_key', ['kiosk_no', 'month', 'menu'])
    .execute()
  await db.schema
    .createTable('usage_progress')
    .addColumn('kiosk_no', 'integer', (column) => column.primaryKey())
    .addColumn('acknowledged_through', 'bigint', (column) => column.notNull())
    .addColumn('highest_known', 'bigint', (column) => column.notNull())
    .execute()
}
