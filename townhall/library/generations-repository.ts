import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/database.ts'
import { decideLump, firstLump } from './decide-lump.ts'
import type { ImportTurn } from './import-turn-repository.ts'

/** Rows are cleared in lumps of so many. */
const rowsPerLump = 50

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
    const rows = await db
      .selectFrom('library_titles as title')
      .select('id')
      .where('id', '>', last)
      .where('revision', '<=', current)
      .where(
        sql<boolean>`exists (select 1 from library_titles newer where newer.id = title.id and newer.revision > title.revision and newer.revision <= ${current})`,
      )
      .orderBy('id')
      .limit(lumps * rowsPerLump)
      .execute()
    last = rows.at(-1)?.id ?? ''
    if (last === '') return
    const ids = rows.map(({ id }) => id)
    const tookMs = await turn.write((trx) =>
      trx
        .deleteFrom('library_titles')
        .where('id', 'in', ids)
        .where(
          'revision',
          '<',
          sql<number>`(select max(kept.revision) from library_titles kept where kept.id = library_titles.id and kept.revision <= ${current})`,
        )
        .execute(),
    )
    lumps = decideLump(lumps, tookMs)
  }
}
