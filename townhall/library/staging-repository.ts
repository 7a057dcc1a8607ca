import { type CompiledQuery, type Kysely, sql } from 'kysely'
import { type LibraryRecord, libraryRecordSchema } from '../../contract/library/record.ts'
import type { Database } from '../database/database.ts'
import { addToTally, type Tally, takeFromTally } from './catalogue-tally.ts'
import { decideLump, firstLump } from './decide-lump.ts'
import type { ImportTurn } from './import-turn-repository.ts'

const compareTitles = 500
/** Titles of one statement: so many questions of one kind are prepared once. */
const rowsPerStatement = 50
const progressEvery = 20_000

type Row = { id: string; revision: number; source: string; record: string; deleted: number }
type Former = { record: string; source: string; deleted: number }
export type Staged = { added: number; changed: number; deleted: number }
export type StagedInput = {
  source: string
  records: readonly LibraryRecord[]
  gone: readonly string[]
  whole: boolean
}
type Stage = {
  db: Kysely<Database>
  turn: ImportTurn
  /** What readers see. */
  current: number
  /** Changed to what it will be. */
  tally: Tally
  progress: (titles: number) => void
}

/** Writes what is new or other than what there is, and what goes, under the next number, which nobody reads yet. */
export async function stageImport(stage: Stage, input: StagedInput): Promise<Staged> {
  const { db, turn, current, tally, progress } = stage
  const revision = current + 1
  const staged: Staged = { added: 0, changed: 0, deleted: 0 }
  const gone = new Set(input.gone)
  // Of two with one identifier the later counts.
  const latest = new Map(input.records.map((record, at) => [record.id, at]))
  const write = lumpsOf(db, turn)

  for (let from = 0; from < input.records.length; from += compareTitles) {
    const batch = input.records
      .slice(from, from + compareTitles)
      .filter(({ id }, at) => latest.get(id) === from + at && !gone.has(id))
    const before = await formerly(
      db,
      current,
      batch.map(({ id }) => id),
    )
    for (const record of batch) {
      const { source } = input
      const text = JSON.stringify(record)
      const former = before.get(record.id)
      if (former?.record === text && former.deleted === 0 && former.source === source) continue
      if (former === undefined || former.deleted === 1) staged.added += 1
      else {
        staged.changed += 1
        takeFromTally(tally, former.source, parseRecord(former.record))
      }
      addToTally(tally, source, record)
      await write({ id: record.id, revision, source, record: text, deleted: 0 })
    }
    await turn.keep()
    if (from > 0 && from % progressEvery === 0) progress(from)
  }

  const leaving = [...gone, ...(input.whole ? await missingTitles(db, current, input.source, latest) : [])]
  for (let from = 0; from < leaving.length; from += compareTitles) {
    const before = await formerly(db, current, leaving.slice(from, from + compareTitles))
    for (const [id, former] of before) {
      if (former.deleted === 1 || former.source !== input.source) continue
      staged.deleted += 1
      takeFromTally(tally, former.source, parseRecord(former.record))
      await write({ id, revision, source: input.source, record: '', deleted: 1 })
    }
    await turn.keep()
  }
  await write(null)
  return staged
}

/** Titles of the source that are not among the named ones. */
export async function missingTitles(
  db: Kysely<Database>,
  current: number,
  source: string,
  named: { has(id: string): boolean },
): Promise<string[]> {
  const rows = await db
    .selectFrom('library_titles as title')
    .select('id')
    .where('source', '=', source)
    .where('deleted', '=', 0)
    .where('revision', '<=', current)
    .where(isNewest(current))
    .execute()
  return rows.map(({ id }) => id).filter((id) => !named.has(id))
}

/** Of the rows of `title`: no later import up to that number has changed it. */
export const isNewest = (upTo: number) =>
  sql<boolean>`not exists (select 1 from library_titles newer where newer.id = title.id and newer.revision > title.revision and newer.revision <= ${upTo})`

export const parseRecord = (text: string): LibraryRecord => libraryRecordSchema.parse(JSON.parse(text))

async function formerly(db: Kysely<Database>, current: number, ids: readonly string[]): Promise<Map<string, Former>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('library_titles')
    .select(['id', 'record', 'source', 'deleted'])
    .where('id', 'in', ids)
    .where('revision', '<=', current)
    .orderBy('revision')
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** null: whatever is held goes now. The statements are made before the transaction begins, not while others wait for it. */
function lumpsOf(db: Kysely<Database>, turn: ImportTurn) {
  let rows: Row[] = []
  let statements: CompiledQuery[] = []
  let most = firstLump
  return async (row: Row | null): Promise<void> => {
    if (row !== null) rows.push(row)
    if (rows.length === rowsPerStatement || (row === null && rows.length > 0)) {
      statements.push(db.insertInto('library_titles').values(rows).compile())
      rows = []
    }
    if (statements.length === 0 || (row !== null && statements.length < most)) return
    const lump = statements
    statements = []
    const tookMs = await turn.write(async (trx) => {
      for (const statement of lump) await trx.executeQuery(statement)
    })
    most = decideLump(lump.length, tookMs)
  }
}
