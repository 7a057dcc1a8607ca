import { accessSync, constants, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { Kysely, PostgresDialect, SqliteDialect } from 'kysely'
import pg from 'pg'
import { KioskError } from '../../contract/error-codes.ts'
import type { Database, Dialect } from './database.ts'
import { keepStatements } from './keep-statements.ts'
import { migrate } from './migrations.ts'

export type OpenDatabase = { db: Kysely<Database>; dialect: Dialect }

/**
 * The hub's database, brought to this program's shape: PostgreSQL when an URL is given, else SQLite in the data folder.
 * @throws KioskError `disk-read-only`, `data-newer-than-program`
 */
export async function openDatabase(options: {
  dataDir: string
  databaseUrl?: string | undefined
}): Promise<OpenDatabase> {
  const opened = options.databaseUrl ? openPostgres(options.databaseUrl) : openSqlite(options.dataDir)
  try {
    await migrate(opened.db, opened.dialect)
  } catch (error) {
    await opened.db.destroy()
    throw inWords(error, options.dataDir)
  }
  return opened
}

function openSqlite(dataDir: string): OpenDatabase {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    accessSync(dataDir, constants.W_OK)
    const sqlite = new SQLite(join(dataDir, 'hub.sqlite'))
    sqlite.pragma('journal_mode = WAL')
    sqlite.pragma('synchronous = FULL')
    sqlite.pragma('foreign_keys = ON')
    sqlite.pragma('busy_timeout = 10000')
    return {
      db: new Kysely<Database>({ dialect: new SqliteDialect({ database: keepStatements(sqlite) }) }),
      dialect: 'sqlite',
    }
  } catch (error) {
    throw inWords(error, dataDir)
  }
}

function openPostgres(databaseUrl: string): OpenDatabase {
  // bigint: our numbers stay below 2^53 (milliseconds, sequences, counts).
  pg.types.setTypeParser(20, Number)
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 })
  // A line that breaks while nobody uses it is opened anew at the next use; unheard, it would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return { db: new Kysely<Database>({ dialect: new PostgresDialect({ pool }) }), dialect: 'postgres' }
}

const noAccess = new Set([
  'EACCES',
  'EEXIST',
  'ENOTDIR',
  'EPERM',
  'EROFS',
  'SQLITE_CANTOPEN',
  'SQLITE_READONLY',
  'SQLITE_READONLY_DIRECTORY',
])

function inWords(error: unknown, dataDir: string): unknown {
  if (error instanceof KioskError || !(error instanceof Error)) return error
  const code = 'code' in error ? String(error.code) : ''
  if (noAccess.has(code)) {
    return new KioskError(
      'disk-read-only',
      `The data folder cannot be written: ${dataDir}. Give this user the right to write there, or name another with --data.`,
      { dataDir },
      { cause: error },
    )
  }
  if (['ENOSPC', 'SQLITE_FULL'].includes(code)) {
    return new KioskError('disk-full', `The disk is full: ${dataDir}.`, { dataDir }, { cause: error })
  }
  if (['SQLITE_NOTADB', 'SQLITE_CORRUPT'].includes(code)) {
    return new KioskError(
      'internal',
      `The database in ${dataDir} is damaged (${error.message}). Nothing was changed. Put back a copy of the data folder, or name another with --data.`,
      { dataDir },
      { cause: error },
    )
  }
  return error
}
