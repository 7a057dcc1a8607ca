import type { Kysely } from 'kysely'

/** Counts alone: there is no column into which an address would fit. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('internet_counts')
    .addColumn('kiosk_no', 'integer', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('what', 'text', (column) => column.notNull())
    .addColumn('times', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('internet_counts_key', ['kiosk_no', 'day', 'what'])
    .execute()
}
