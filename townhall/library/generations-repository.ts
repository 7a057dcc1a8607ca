import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/database.ts'
import { decideLump, firstLump } from './decide-lump.ts'
import type { ImportTurn } from './import-turn-repository.ts'

/** Rows are cleared in lumps of so many. */
const rowsPerLump = 50
/** Gone through, of which what stays costs little. */
const rowsPerRange = 100

type Clearing = { db: Kysely<Database>; turn: ImportTurn; current: number; signal?: AbortSignal | undefined }

/** What an import left that was cut off. */
export async function clearUnfinished({ db, turn, current, signal }: Clearing): Promise<void> {
  for (let lumps = firstLump; !signal?.aborted; ) {
    const rows = await db
      .selectFrom('library_titles')
      .select('id')
      .where('revision', '>', current)
      .limit(lumps * rowsPerLump)
      .execute()
    if (rows.length === 0) return
    const ids = rows.map(({ id }) => id)
    const tookMs = await turn.write((trx) =>
      trx.deleteFrom('library_titles').where('id', 'in', ids).where('revision', '>', current).execute(),
    )
    lumps = decideLump(lumps, tookMs)
  }
}

/** What a later import has changed. Whoever still reads by an earlier number must begin anew. */
export async function clearSuperseded({ db, turn, current }: Clearing): Promise<void> {
  for (let [last, lumps] = ['', firstLump]; ; ) {
    const upTo = await db
      .selectFrom('library_titles')
      .select('id')
      .where('id', '>', last)
      .orderBy('id')
      .limit(1)
      .offset(lumps * rowsPerRange - 1)
      .executeTakeFirst()
    // By ranges of the key: to name one by one what goes would take three times as long.
    const tookMs = await turn.write((trx) => {
      const rows = trx
        .deleteFrom('library_titles')
        .where('id', '>', last)
        .where(
          sql<boolean>`exists (select 1 from library_titles newer where newer.id = library_titles.id and newer.revision > library_titles.revision and newer.revision <= ${current})`,
        )
      return (upTo === undefined ? rows : rows.where('id', '<=', upTo.id)).execute()
    })
    if (upTo === undefined) return
    last = upTo.id
    lumps = decideLump(lumps, tookMs)
  }
}
