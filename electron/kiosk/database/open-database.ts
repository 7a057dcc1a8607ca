import { accessSync, constants } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { KioskError } from '../../../contract/error-codes.ts'
import { diskTrouble, sqliteCode } from './disk-trouble.ts'

export type KioskDatabase = Sqlite.Database

export type OpenDatabaseOptions = {
  path: string
  /** Step n brings the file from version n to n + 1; only ever added to. */
  migrations: readonly string[]
  /** `full`: a commit is on the disk before it returns. `normal`: it survives the process, not always the power. */
  durability: 'full' | 'normal'
}

/**
 * Opens or makes a database, alone: exclusive locking keeps a second kiosk process out, and keeps the index of the log in memory instead of
 * in a mapped file, which a full disk would turn into a bus error.
 * Throws `data-newer-than-program`, `disk-read-only`, `disk-full`, or SQLite's own error when the file cannot be read (see `isCorrupt`).
 */
export function openDatabase({ path, migrations, durability }: OpenDatabaseOptions): KioskDatabase {
  const db = connect(path)
  try {
    db.pragma('locking_mode = EXCLUSIVE')
    db.pragma('journal_mode = WAL')
    db.pragma(`synchronous = ${durability === 'full' ? 'FULL' : 'NORMAL'}`)
    db.pragma('trusted_schema = OFF')
    migrate(db, path, migrations)
    return db
  } catch (error) {
    db.close()
    throw inWords(error, path)
  }
}

function connect(path: string): KioskDatabase {
  try {
    return new Sqlite(path, { timeout: 2_000 })
  } catch (error) {
    throw inWords(error, path)
  }
}

function migrate(db: KioskDatabase, path: string, migrations: readonly string[]): void {
  const version = Number(db.pragma('user_version', { simple: true }))
  if (version > migrations.length) {
    throw new KioskError(
      'data-newer-than-program',
      `${path} was written by a newer version of this program (data version ${version}, known ${migrations.length})`,
      { file: path, version, known: migrations.length },
    )
  }
  for (const [step, sql] of migrations.entries()) {
    if (step < version) continue
    db.transaction(() => {
      db.exec(sql)
      db.pragma(`user_version = ${step + 1}`)
    }).immediate()
  }
}

function inWords(error: unknown, path: string): unknown {
  const code = sqliteCode(error)
  if (code?.startsWith('SQLITE_BUSY') === true) {
    return new KioskError(
      'bad-arguments',
      `${path} is in use by another kiosk process`,
      { file: path },
      { cause: error },
    )
  }
  const trouble = diskTrouble(error)
  if (trouble === null || trouble === 'busy') return error
  // SQLite gives a read-only disk several names; the system call tells it apart from a full one.
  if (trouble === 'read-only' || !isWritable(dirname(path))) {
    return new KioskError('disk-read-only', `${path} cannot be written`, { file: path }, { cause: error })
  }
  return new KioskError('disk-full', `no room to open ${path}`, { file: path }, { cause: error })
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}
