import type { KioskDatabase } from '../database/open-database.ts'

/**
 * A disk quota for the database, decided anew before each write: SQLite itself answers SQLITE_FULL when `limit` pages are used up.
 * Free pages inside the file are taken by a ballast first, so that a full file is full at once, as a full disk is.
 */
export function pageLimiter(db: KioskDatabase, pageLimit: () => number | null) {
  const unlimited = 4_294_967_294
  let applied: number | null = null
  return <T>(work: () => T): T => {
    const limit = pageLimit()
    if (limit !== applied) {
      db.pragma(`max_page_count = ${limit ?? unlimited}`)
      applied = limit
    }
    if (limit !== null) {
      const pageSize = Number(db.pragma('page_size', { simple: true }))
      const freePages = Number(db.pragma('freelist_count', { simple: true }))
      db.exec(`INSERT INTO memory (name, value) VALUES ('ballast', printf('%.*c', ${(freePages + 2) * pageSize}, 'x'));
               DELETE FROM memory WHERE name = 'ballast'`)
    }
    return work()
  }
}
