import type { CompiledQuery, Kysely } from 'kysely'
import type { Database } from '../database/database.ts'
import type { LibraryTitleTable } from '../database/tables/library-table.ts'

/**
 * The two statements that an import asks for thousands of times. To put one into words costs more than the database takes to do it: it is
 * done once for each number of rows, and only the values change.
 */
export function wordedOnce(db: Kysely<Database>) {
  const inserts = new Map<number, CompiledQuery>()
  const lookUps = new Map<number, CompiledQuery<LibraryTitleTable>>()

  return {
    insert(rows: readonly LibraryTitleTable[]): CompiledQuery {
      const inOrder = ({ id, revision, source, record, deleted }: LibraryTitleTable) => ({
        id,
        revision,
        source,
        record,
        deleted,
      })
      const worded = inserts.get(rows.length) ?? db.insertInto('library_titles').values(rows.map(inOrder)).compile()
      inserts.set(rows.length, worded)
      return { ...worded, parameters: rows.flatMap((row) => Object.values(inOrder(row))) }
    },
    /** What there is of these titles up to that number, in no order. */
    async lookUp(ids: readonly string[], upTo: number): Promise<LibraryTitleTable[]> {
      if (ids.length === 0) return []
      const worded =
        lookUps.get(ids.length) ??
        db
          .selectFrom('library_titles')
          .select(['id', 'revision', 'source', 'record', 'deleted'])
          .where('id', 'in', ids)
          .where('revision', '<=', upTo)
          .compile()
      lookUps.set(ids.length, worded)
      return (await db.executeQuery<LibraryTitleTable>({ ...worded, parameters: [...ids, upTo] })).rows
    },
  }
}
export type WordedOnce = ReturnType<typeof wordedOnce>
