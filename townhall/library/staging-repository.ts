import { type CompiledQuery, type Kysely, sql } from 'kysely'
import { z } from 'zod'
import { holdingSchema, type LibraryRecord, libraryRecordSchema } from '../../contract/library/record.ts'
import type { Database } from '../database/database.ts'
import type { LibraryTitleTable } from '../database/tables/library-table.ts'
import { addToTally, type Tally, takeFromTally } from './catalogue-tally.ts'
import { decideLump, firstLump } from './decide-lump.ts'
import type { ImportTurn } from './import-turn-repository.ts'
import type { Guesses } from './readings/guesses.ts'
import { type WordedOnce, wordedOnce } from './title-statements-repository.ts'

const compareTitles = 500
/** Titles of one statement: so many questions of one kind are prepared once. */
const rowsPerStatement = 50
const progressEvery = 5_000

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
  guesses: Guesses
}

/** What a title of before counts for: to judge all of it again is most of the work where every title changed. */
const countedSchema = libraryRecordSchema
  .pick({ id: true, title: true, titleReading: true, titleGuess: true })
  .extend({ holdings: z.array(holdingSchema.pick({ branch: true, shelf: true })) })

/** Writes what is new or other than what there is, and what goes, under the next number, which nobody reads yet. */
export async function stageImport(stage: Stage, input: StagedInput): Promise<Staged> {
  const { db, turn, current, tally, progress, guesses } = stage
  const [revision, { source, whole }] = [current + 1, input]
  const staged: Staged = { added: 0, changed: 0, deleted: 0 }
  const gone = new Set(input.gone)
  // In the order of the table's key: what is written, and cleared after the next import, lies together on the disk.
  const records = input.records.toSorted((one, other) => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0))
  const words = wordedOnce(db)
  const write = lumpsOf(turn, words)
  const ofSource = tally.sources.get(source) ?? 0
  let staying = 0

  for (let from = 0; from < records.length; from += compareTitles) {
    const batch = records
      .slice(from, from + compareTitles)
      // Of two with one identifier the later counts; they kept their order.
      .filter(({ id }, at) => records[from + at + 1]?.id !== id && !gone.has(id))
    const before = await formerly(
      words,
      current,
      batch.map(({ id }) => id),
    )
    const formerRecord = (id: string) => {
      const former = before.get(id)
      return former === undefined || former.deleted === 1 ? null : parseRecord(former.record)
    }
    for (const record of await guesses.ofImport(batch, formerRecord)) {
      const text = JSON.stringify(record)
      const former = before.get(record.id)
      if (former?.deleted === 0 && former.source === source) staying += 1
      if (former?.record === text && former.deleted === 0 && former.source === source) continue
      if (former === undefined || former.deleted === 1) staged.added += 1
      else {
        staged.changed += 1
        takeFormer(tally, former)
      }
      addToTally(tally, source, record)
      await write({ id: record.id, revision, source, record: text, deleted: 0 })
    }
    await turn.keep()
    if (from > 0 && from % progressEvery === 0) progress(from)
  }

  const leave = async (leaving: readonly string[]) => {
    for (let from = 0; from < leaving.length; from += compareTitles) {
      const before = await formerly(words, current, leaving.slice(from, from + compareTitles))
      for (const [id, former] of before) {
        if (former.deleted === 1 || former.source !== source) continue
        staged.deleted += 1
        takeFormer(tally, former)
        await write({ id, revision, source, record: '', deleted: 1 })
      }
      await turn.keep()
    }
  }
  await leave([...gone])
  // To look through the whole catalogue for what was not named takes long, and mostly there is nothing.
  if (whole && staying + staged.deleted < ofSource) {
    const named = new Set([...records.map(({ id }) => id), ...gone])
    await leave(await missingTitles(db, current, source, named))
  }
  await write(null)
  return staged
}

/** Of titles that are there already and not in the import: those whose guessed reading is another now, under the next number too. @returns how many */
export async function stageGuesses(
  { db, turn, current, tally, guesses }: Stage,
  others: AsyncIterable<readonly { source: string; record: LibraryRecord }[]>,
): Promise<number> {
  const write = lumpsOf(turn, wordedOnce(db))
  let written = 0
  for await (const rows of others) {
    const guessed = await guesses.again(
      rows.map(({ record }) => record),
      (id) => rows.find(({ record }) => record.id === id)?.record ?? null,
    )
    for (const [at, { source, record }] of rows.entries()) {
      const now = guessed[at] ?? record
      if (now === record) continue
      takeFromTally(tally, source, record)
      addToTally(tally, source, now)
      await write({ id: now.id, revision: current + 1, source, record: JSON.stringify(now), deleted: 0 })
      written += 1
    }
    await turn.keep()
  }
  await write(null)
  return written
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

function takeFormer(tally: Tally, { source, record }: LibraryTitleTable): void {
  takeFromTally(tally, source, countedSchema.parse(JSON.parse(record)))
}

async function formerly(
  words: WordedOnce,
  current: number,
  ids: readonly string[],
): Promise<Map<string, LibraryTitleTable>> {
  const newest = new Map<string, LibraryTitleTable>()
  for (const row of await words.lookUp(ids, current)) {
    const known = newest.get(row.id)
    if (known === undefined || Number(known.revision) < Number(row.revision)) newest.set(row.id, row)
  }
  return newest
}

/** null: whatever is held goes now. The statements are made before the transaction begins, not while others wait for it. */
function lumpsOf(turn: ImportTurn, words: WordedOnce) {
  let rows: LibraryTitleTable[] = []
  let statements: CompiledQuery[] = []
  let most = firstLump
  return async (row: LibraryTitleTable | null): Promise<void> => {
    if (row !== null) rows.push(row)
    if (rows.length === rowsPerStatement || (row === null && rows.length > 0)) {
      statements.push(words.insert(rows))
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
