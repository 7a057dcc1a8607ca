import Sqlite from 'better-sqlite3'
import type { KioskDatabase } from './open-database.ts'

/** Opens a damaged file to read what is left of it; null when not even that goes. */
export function openDamaged(path: string): KioskDatabase | null {
  try {
    const db = new Sqlite(path, { fileMustExist: true, timeout: 0 })
    db.pragma('locking_mode = EXCLUSIVE')
    db.pragma('query_only = ON')
    db.pragma('cell_size_check = ON')
    return db
  } catch {
    return null
  }
}
