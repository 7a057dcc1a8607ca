import { type Kysely, sql } from 'kysely'
import type { LibraryRecord } from '../../contract/library/record.ts'
import type { Database } from '../database/database.ts'
import { createSettings } from '../settings-repository.ts'
import { addToTally, emptyTally, readTally, type Tally, writeTally } from './catalogue-tally.ts'
import { clearSuperseded, clearUnfinished } from './generations-repository.ts'
import { ImportCancelled, type ImportTurn, TurnLost, takeTurn } from './import-turn-repository.ts'
import { createGuesses, type Guesses } from './readings/guesses.ts'
import {
  isNewest,
  missingTitles,
  parseRecord,
  type StagedInput,
  stageGuesses,
  stageImport,
} from './staging-repository.ts'

const pageTitles = 1_000
const revisionSetting = 'library-revision'
const asOfSetting = 'library-as-of'
const tallySetting = 'library-tally'
/** How many rows there are that a later import has changed. */
const supersededSetting = 'library-superseded'
/** What guessed the readings of all titles last. */
const guessedBySetting = 'library-readings-by'
/** The number up to which such rows may be gone. */
const clearedSetting = 'library-cleared'
/** Below this part of the catalogue, clearing them is not worth disturbing a reader. */
const supersededPart = 0.05
const waitForOthersMs = 30 * 60_000
const mostTurns = 3

export type Import = StagedInput & {
  /** Day on which the source told it. */
  asOf: string
}
/** null: nobody told anything, and the day stays. */
type Staging = StagedInput & { asOf: string | null }
export type Imported = { added: number; changed: number; deleted: number; revision: number }
type Row = { id: string; record: LibraryRecord | null }

/**
 * The library's titles, from all sources. Each import that changes something has a number; what it writes is under that number and not
 * read before the number is the catalogue's, which is the last that an import does. So no writer waits for it longer than for one of
 * its many small transactions, and one that is cut off has changed nothing. A deleted title stays with the number that deleted it.
 */
export function createCatalogueRepository(db: Kysely<Database>) {
  const settings = createSettings(db)
  const number = async (name: string) => Number((await settings.read(name)) ?? 0)
  const revision = () => number(revisionSetting)

  async function write(on: Kysely<Database>, values: Record<string, string>): Promise<void> {
    const inPlace = createSettings(on)
    for (const [name, value] of Object.entries(values)) await inPlace.write(name, value)
  }

  async function tally(): Promise<Tally> {
    const kept = await settings.read(tallySetting)
    // Written before there was one.
    return kept === null ? countTally() : readTally(kept)
  }

  /** With all that is counted now. */
  async function countedTally(): Promise<Tally> {
    const kept = await tally()
    return kept.readings === null ? countTally() : kept
  }

  async function countTally(): Promise<Tally> {
    const counted = emptyTally()
    for await (const { source, record } of rows(await revision()))
      if (record !== null) addToTally(counted, source, record)
    return counted
  }

  const total = async (source?: string): Promise<number> => {
    const { sources } = await tally()
    return source === undefined ? [...sources.values()].reduce((sum, one) => sum + one, 0) : (sources.get(source) ?? 0)
  }

  /** In the order of ids, a page at a time, as the catalogue was by that number. `after`: only what later imports changed. */
  async function* rows(upTo: number, after?: number): AsyncGenerator<Row & { source: string }, void, undefined> {
    for (let last = ''; ; ) {
      let query = db
        .selectFrom('library_titles as title')
        .select(['id', 'source', 'record', 'deleted'])
        .where('id', '>', last)
        .where('revision', '<=', upTo)
        .where(isNewest(upTo))
        .orderBy('id')
        .limit(pageTitles)
      query = after === undefined ? query.where('deleted', '=', 0) : query.where('revision', '>', after)
      const page = await query.execute()
      for (const { id, source, record, deleted } of page)
        yield { id, source, record: deleted === 1 ? null : parseRecord(record) }
      last = page.at(-1)?.id ?? ''
      if (page.length < pageTitles) return
    }
  }

  /** Titles that the import leaves as they are, a page at a time. */
  async function* untouched(current: number, input: Staging) {
    const named = new Set([...input.records.map(({ id }) => id), ...input.gone])
    let page: { source: string; record: LibraryRecord }[] = []
    for await (const { id, source, record } of rows(current)) {
      if (record === null || named.has(id) || (input.whole && source === input.source)) continue
      page.push({ source, record })
      if (page.length < pageTitles) continue
      yield page
      page = []
    }
    if (page.length > 0) yield page
  }

  async function inTurn<Done>(
    work: (turn: ImportTurn) => Promise<Done>,
    cancelled?: AbortSignal,
  ): Promise<Done | null> {
    for (let turns = 1; ; turns += 1) {
      const turn = await takeTurn(db, waitForOthersMs, cancelled)
      if (turn === null) return null
      try {
        return await work(turn)
      } catch (error) {
        if (error instanceof ImportCancelled) await clearCancelled(turn)
        if (!(error instanceof TurnLost) || turns === mostTurns) throw error
      } finally {
        await turn.giveBack()
      }
    }
  }

  async function importIn(
    turn: ImportTurn,
    input: Staging,
    { progress, guesses }: { progress: (titles: number) => void; guesses: Guesses },
  ): Promise<Imported> {
    const [current, counts] = [await revision(), await countedTally()]
    await clearUnfinished({ db, turn, current })
    guesses.begin()
    const stage = { db, turn, current, tally: counts, progress, guesses }
    const staged = await stageImport(stage, input)
    const { added, changed, deleted } = staged
    // Another version guesses everything anew, once.
    const isAnother = guesses.version() !== null && guesses.version() !== (await settings.read(guessedBySetting))
    const guessed = isAnother ? await stageGuesses(stage, untouched(current, input)) : 0
    const version = guesses.version()
    const about = {
      ...(input.asOf === null ? {} : { [asOfSetting]: input.asOf }),
      [tallySetting]: writeTally(counts),
      // Not of one that has failed in between.
      ...(version === null ? {} : { [guessedBySetting]: version }),
    }
    if (added + changed + deleted + guessed === 0) {
      await turn.write((trx) => write(trx, about))
      return { ...staged, revision: current }
    }
    const next = current + 1
    const superseded = (await number(supersededSetting)) + changed + deleted + guessed
    await turn.write((trx) =>
      write(trx, {
        ...about,
        [revisionSetting]: String(next),
        [supersededSetting]: String(superseded),
      }),
    )
    // The titles are in, whoever wants it to end now. What is not cleared now is cleared after the next import.
    turn.finish()
    if (superseded > (await total()) * supersededPart) await clear(turn, next).catch(() => undefined)
    return { ...staged, revision: next }
  }

  /** Nobody sees it any more; what cannot be cleared now, the next import clears. */
  async function clearCancelled(turn: ImportTurn): Promise<void> {
    turn.finish()
    await clearUnfinished({ db, turn, current: await revision() }).catch(() => undefined)
  }

  async function clear(turn: ImportTurn, current: number): Promise<void> {
    // Said before the first is gone, so that nobody takes what is left for the whole.
    await turn.write((trx) => write(trx, { [clearedSetting]: String(current) }))
    await clearSuperseded({ db, turn, current })
    await turn.write((trx) => write(trx, { [supersededSetting]: '0' }))
  }

  return {
    /**
     * Waits for its turn behind other imports, for half an hour at most. Calls `progress` now and then with the titles that were gone through.
     * One that is cancelled has changed nothing and left nothing.
     * @returns null: others did not end in that time, and nothing was done
     * @throws ImportCancelled
     */
    import: (
      input: Import,
      progress: (titles: number) => void = () => {},
      guesses: Guesses = createGuesses(null),
      cancelled?: AbortSignal,
    ): Promise<Imported | null> => inTurn((turn) => importIn(turn, input, { progress, guesses }), cancelled),
    /** Guesses the readings of all titles anew where another version guessed last, or none: an import in which no title is named, in its turn too. */
    guessAnew: (guesses: Guesses): Promise<Imported | null> =>
      inTurn((turn) => {
        const nothing = { source: '', records: [], gone: [], whole: false, asOf: null }
        return importIn(turn, nothing, { progress: () => {}, guesses })
      }),
    /** Clears what an import left that was cut off. While another one is at work that is its own business. */
    async clearUnfinished(signal?: AbortSignal): Promise<void> {
      const current = await revision()
      const left = await db.selectFrom('library_titles').select('id').where('revision', '>', current).limit(1).execute()
      const turn = left.length === 0 ? null : await takeTurn(db, 0)
      if (turn === null) return
      try {
        // Under the turn: the one who had it before may have ended well.
        await clearUnfinished({ db, turn, current: await revision(), signal })
      } finally {
        await turn.giveBack()
      }
    },
    /** How many titles of the source an import of these as the whole would delete. */
    async wouldDelete({ source, records }: Pick<Import, 'source' | 'records'>): Promise<number> {
      const named = new Set(records.map(({ id }) => id))
      return (await missingTitles(db, await revision(), source, named)).length
    },
    total,
    tally,
    /** Most first. */
    sources: async () =>
      [...(await tally()).sources]
        .map(([name, titles]) => ({ name, titles }))
        .sort((one, other) => other.titles - one.titles || (one.name < other.name ? -1 : 1)),
    /** What guessed readings at the last import that had anything to guess with. */
    guessedBy: () => settings.read(guessedBySetting),
    revision,
    asOf: () => settings.read(asOfSetting),
    /** Of what was read by a smaller number than this something may be missing: an import came between and cleared up. */
    clearedUpTo: () => number(clearedSetting),
    /** As it was by that number, the catalogue's own or an earlier one. */
    async *all(upTo: number): AsyncGenerator<{ id: string; record: LibraryRecord }, void, undefined> {
      for await (const { id, record } of rows(upTo)) if (record !== null) yield { id, record }
    },
    byIds: async (ids: readonly string[]): Promise<Map<string, LibraryRecord>> => {
      if (ids.length === 0) return new Map()
      const found = await db
        .selectFrom('library_titles')
        .select(['id', 'record', 'deleted'])
        .where('id', 'in', ids)
        // In the same statement: between two the catalogue may become the next.
        .where(
          'revision',
          '<=',
          sql<number>`(select cast(value as bigint) from settings where name = ${revisionSetting})`,
        )
        .orderBy('revision')
        .execute()
      const newest = new Map(found.map((row) => [row.id, row]))
      return new Map(
        [...newest.values()].flatMap(({ id, record, deleted }) =>
          deleted === 1 ? [] : [[id, parseRecord(record)] as const],
        ),
      )
    },
    /** What imports after the one changed up to the other; a deleted title has no record. */
    changes: (after: number, upTo: number): AsyncGenerator<Row, void, undefined> => rows(upTo, after),
    changed: async (after: number, upTo: number) =>
      Number(
        (
          await db
            .selectFrom('library_titles')
            .select(sql<number | string>`count(distinct id)`.as('titles'))
            .where('revision', '>', after)
            .where('revision', '<=', upTo)
            .executeTakeFirst()
        )?.titles ?? 0,
      ),
  }
}
export type CatalogueRepository = ReturnType<typeof createCatalogueRepository>
