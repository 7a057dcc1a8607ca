import type { Kysely } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { KioskError } from '../../contract/error-codes.ts'
import type { Database, Dialect } from './database.ts'
import { up as kiosks } from './migrations/001-kiosks.ts'
import { up as usage } from './migrations/002-usage.ts'
import { up as audit } from './migrations/010-audit.ts'
import { up as releases } from './migrations/020-releases.ts'
import { up as staff } from './migrations/030-staff.ts'
import { up as internet } from './migrations/040-internet.ts'
import { up as library } from './migrations/050-library.ts'
import { up as libraryGenerations } from './migrations/051-library-generations.ts'

type OurMigration = (db: Kysely<unknown>, dialect: Dialect) => Promise<void>

/** A static list: a file forgotten in the folder is a file not run. Numbers are never reused. */
const all: Record<string, OurMigration> = {
  '001-kiosks': kiosks,
  '002-usage': usage,
  '010-audit': audit,
  '020-releases': releases,
  '030-staff': staff,
  '040-internet': internet,
  '050-library': library,
  '051-library-generations': libraryGenerations,
}

/** Brings the database to this program's shape. @throws KioskError `data-newer-than-program` */
export async function migrate(db: Kysely<Database>, dialect: Dialect): Promise<void> {
  const migrations: Record<string, Migration> = Object.fromEntries(
    Object.entries(all).map(([name, migration]) => [name, { up: (on: Kysely<unknown>) => migration(on, dialect) }]),
  )
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    allowUnorderedMigrations: true,
  })
  await refuseNewer(db)
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
}

async function refuseNewer(db: Kysely<Database>): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some((table) => table.name === 'kysely_migration')) return
  const done = await (db as Kysely<unknown> as Kysely<{ kysely_migration: { name: string } }>)
    .selectFrom('kysely_migration')
    .select('name')
    .execute()
  const unknown = done.map((row) => row.name).filter((name) => !(name in all))
  if (unknown.length > 0) {
    throw new KioskError(
      'data-newer-than-program',
      `The data was written by a newer version of this program (it knows ${unknown.join(', ')}). Install that version, or restore a copy of the data that is older.`,
      { unknown: unknown.join(', ') },
    )
  }
}
