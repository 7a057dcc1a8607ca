import type SQLite from 'better-sqlite3'
import type { SqliteDatabase } from 'kysely'

const mostKept = 300

/** The same few statements come again and again, and to prepare one costs as much as to run it: the last ones are kept. */
export function keepStatements(database: SQLite.Database): SqliteDatabase {
  const kept = new Map<string, SQLite.Statement>()
  return {
    close: () => database.close(),
    prepare(text) {
      // Every transaction of ours writes. One that begins by reading is refused at its first write, without waiting, when another process wrote in between.
      const sql = text === 'begin' ? 'begin immediate' : text
      // A change of the tables is no daily work; whatever was prepared for the old ones goes.
      if (!/^(?:select|insert|update|delete|with|begin|commit|rollback)\b/i.test(sql)) {
        kept.clear()
        return database.prepare<unknown[]>(sql)
      }
      const statement = kept.get(sql) ?? database.prepare<unknown[]>(sql)
      kept.delete(sql)
      kept.set(sql, statement)
      const [oldest] = kept.keys()
      if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
      return statement
    },
  }
}
