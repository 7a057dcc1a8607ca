import { type Kysely, sql, type Transaction } from 'kysely'
import { type LibraryRecord, libraryRecordSchema } from '../../contract/library/record.ts'
import type { Database } from '../database/database.ts'

const batchTitles = 400
const pageTitles = 1_000
const progressEvery = 50 * batchTitles
const revisionSetting = 'library-revision'
const asOfSetting = 'library-as-of'

export type Import = {
  source: string
  records: readonly LibraryRecord[]
  gone: readonly string[]
  /** Whether this is all that the source has: what it named before and does not now is deleted. */
  whole: boolean
  /** Day on which the source told it. */
  asOf: string
}
type Difference = {
  rows: { id: string; source: string; record: string }[]
  gone: readonly string[]
  added: number
  changed: number
}
export type Imported = { added: number; changed: number; deleted: number; revision: number }

/** The library's titles, from all sources. Each import that changes something has a number; a deleted title stays with the number that deleted it. */
export function createCatalogueRepository(db: Kysely<Database>) {
  async function setting(on: Kysely<Database>, name: string): Promise<string | null> {
    const row = await on.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst()
    return row?.value ?? null
  }
  const write = (on: Kysely<Database>, name: string, value: string) =>
    on
      .insertInto('settings')
      .values({ name, value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
      .execute()

  /** What of these is new or other than what there is, and what goes. Only reads: nobody waits for it. */
  async function compare(on: Kysely<Database>, input: Import, progress: (titles: number) => void): Promise<Difference> {
    const rows: Difference['rows'] = []
    const counts = { added: 0, changed: 0 }
    for (let from = 0; from < input.records.length; from += batchTitles) {
      const batch = new Map(
        input.records.slice(from, from + batchTitles).map((record) => [record.id, JSON.stringify(record)]),
      )
      const before = new Map(
        (
          await on
            .selectFrom('library_titles')
            .select(['id', 'record', 'deleted', 'source'])
            .where('id', 'in', [...batch.keys()])
            .execute()
        ).map((row) => [row.id, row]),
      )
      for (const [id, record] of batch) {
        const former = before.get(id)
        if (former?.record === record && former.deleted === 0 && former.source === input.source) continue
        if (former === undefined || former.deleted === 1) counts.added += 1
        else counts.changed += 1
        rows.push({ id, source: input.source, record })
      }
      if (from > 0 && from % progressEvery === 0) progress(from)
    }
    return { ...counts, rows, gone: input.whole ? [...input.gone, ...(await missing(on, input))] : input.gone }
  }

  /** @returns null when another import came between: `seen` is the number that the difference was reckoned by, null that of this transaction */
  async function take(
    trx: Transaction<Database>,
    input: Import,
    seen: { revision: number; difference: Difference } | null,
  ): Promise<Imported | null> {
    // The first statement takes the row of the number: a second import waits here for the first.
    await sql`insert into settings (name, value) values (${revisionSetting}, '0') on conflict (name) do update set value = settings.value`.execute(
      trx,
    )
    const former = Number(await setting(trx, revisionSetting))
    if (seen !== null && seen.revision !== former) return null
    const { rows, gone, added, changed } = seen?.difference ?? (await compare(trx, input, () => {}))
    const revision = former + 1
    for (let from = 0; from < rows.length; from += batchTitles)
      await trx
        .insertInto('library_titles')
        .values(rows.slice(from, from + batchTitles).map((row) => ({ ...row, revision, deleted: 0 })))
        .onConflict((conflict) =>
          conflict.column('id').doUpdateSet((row) => ({
            source: row.ref('excluded.source'),
            record: row.ref('excluded.record'),
            revision: row.ref('excluded.revision'),
            deleted: row.ref('excluded.deleted'),
          })),
        )
        .execute()
    let deleted = 0
    for (let from = 0; from < gone.length; from += batchTitles) {
      const result = await trx
        .updateTable('library_titles')
        .set({ deleted: 1, revision })
        .where('id', 'in', gone.slice(from, from + batchTitles))
        .where('source', '=', input.source)
        .where('deleted', '=', 0)
        .executeTakeFirst()
      deleted += Number(result.numUpdatedRows)
    }
    await write(trx, asOfSetting, input.asOf)
    const anything = added + changed + deleted > 0
    if (anything) await write(trx, revisionSetting, String(revision))
    return { added, changed, deleted, revision: anything ? revision : former }
  }

  async function missing(on: Kysely<Database>, input: Pick<Import, 'source' | 'records'>): Promise<string[]> {
    const named = new Set(input.records.map(({ id }) => id))
    const rows = await on
      .selectFrom('library_titles')
      .select('id')
      .where('source', '=', input.source)
      .where('deleted', '=', 0)
      .execute()
    return rows.map(({ id }) => id).filter((id) => !named.has(id))
  }

  /** In the order of ids, a page at a time. */
  async function* rows(
    after: number,
    withDeleted: boolean,
  ): AsyncGenerator<{ id: string; record: LibraryRecord; deleted: boolean }, void, undefined> {
    for (let last = ''; ; ) {
      let query = db
        .selectFrom('library_titles')
        .select(['id', 'record', 'deleted'])
        .where('id', '>', last)
        .orderBy('id')
        .limit(pageTitles)
      if (after > 0) query = query.where('revision', '>', after)
      if (!withDeleted) query = query.where('deleted', '=', 0)
      const page = await query.execute()
      for (const row of page)
        yield { id: row.id, record: libraryRecordSchema.parse(JSON.parse(row.record)), deleted: row.deleted === 1 }
      last = page.at(-1)?.id ?? ''
      if (page.length < pageTitles) return
    }
  }

  const currentRevision = async () => Number((await setting(db, revisionSetting)) ?? 0)

  const total = async (source?: string) => {
    let query = db
      .selectFrom('library_titles')
      .select(sql<number | string>`count(*)`.as('titles'))
      .where('deleted', '=', 0)
    if (source !== undefined) query = query.where('source', '=', source)
    return Number((await query.executeTakeFirst())?.titles ?? 0)
  }

  return {
    /** Compared before it is written: a daily list of which little has changed keeps nobody from writing for longer than that little. */
    async import(input: Import, progress: (titles: number) => void = () => {}): Promise<Imported> {
      for (let tries = 0; tries < 2; tries += 1) {
        const revision = await currentRevision()
        const seen = { revision, difference: await compare(db, input, progress) }
        const done = await db.transaction().execute((trx) => take(trx, input, seen))
        if (done !== null) return done
      }
      const done = await db.transaction().execute((trx) => take(trx, input, null))
      if (done === null) throw new Error('an import that reckons for itself has nothing to wait for')
      return done
    },
    /** How many titles of the source an import of these as the whole would delete. */
    wouldDelete: async (input: Pick<Import, 'source' | 'records'>) => (await missing(db, input)).length,
    total,
    /** Most first. */
    sources: async () => {
      const rows = await db
        .selectFrom('library_titles')
        .select(['source', sql<number | string>`count(*)`.as('titles')])
        .where('deleted', '=', 0)
        .groupBy('source')
        .execute()
      return rows
        .map(({ source, titles }) => ({ name: source, titles: Number(titles) }))
        .sort((one, other) => other.titles - one.titles || (one.name < other.name ? -1 : 1))
    },
    revision: currentRevision,
    asOf: () => setting(db, asOfSetting),
    all: () => rows(0, false),
    byIds: async (ids: readonly string[]): Promise<Map<string, LibraryRecord>> => {
      const found = await db
        .selectFrom('library_titles')
        .select(['id', 'record'])
        .where('id', 'in', ids)
        .where('deleted', '=', 0)
        .execute()
      return new Map(found.map(({ id, record }) => [id, libraryRecordSchema.parse(JSON.parse(record))]))
    },
    /** What changed after that import, deleted titles too. */
    changesAfter: (revision: number) => rows(revision, true),
    changed: async (after: number) =>
      Number(
        (
          await db
            .selectFrom('library_titles')
            .select(sql<number | string>`count(*)`.as('titles'))
            .where('revision', '>', after)
            .executeTakeFirst()
        )?.titles ?? 0,
      ),
  }
}
export type CatalogueRepository = ReturnType<typeof createCatalogueRepository>
