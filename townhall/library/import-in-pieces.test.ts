import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LibraryRecord } from '../../contract/library/record.ts'
import type { Database } from '../database/database.ts'
import { openDatabase } from '../database/open-database.ts'
import { processPlace } from '../process-owner.ts'
import { createSettings } from '../settings-repository.ts'
import { onEachEngine } from '../testing/each-engine.ts'
import { testHub } from '../testing/test-hub.ts'
import { createCatalogueRepository } from './catalogue-repository.ts'
import { ImportCancelled, takeTurn } from './import-turn-repository.ts'

const title = (id: string, more: Partial<LibraryRecord> = {}): LibraryRecord => ({
  ...{ id, kind: 'book', title: `題${id}`, authors: [], series: [], subjects: [], aboutTown: false, loans: 0 },
  holdings: [],
  ...more,
})
const numbered = (count: number, loans = 0) =>
  Array.from({ length: count }, (_, at) => title(`n${String(at).padStart(5, '0')}`, { loans }))
const from = (records: LibraryRecord[], more: object = {}) => ({
  ...{ source: 'file', records, gone: [], whole: true, asOf: '2026-11-25' },
  ...more,
})
async function seen(db: Kysely<Database>) {
  const catalogue = createCatalogueRepository(db)
  const loans = new Set<number>()
  let titles = 0
  for await (const { record } of catalogue.all(await catalogue.revision())) {
    titles += 1
    loans.add(record.loans)
  }
  return { titles, loans: [...loans], total: await catalogue.total() }
}
/** Rows that nobody reads yet. */
async function staged(db: Kysely<Database>): Promise<number> {
  const revision = await createCatalogueRepository(db).revision()
  return (await db.selectFrom('library_titles').select('id').where('revision', '>', revision).execute()).length
}
const rowsOf = async (db: Kysely<Database>) => (await db.selectFrom('library_titles').select('id').execute()).length

onEachEngine('an import', (engine) => {
  /** A second hub on the same database that waits for nobody: in one process with the import it would wait for itself. */
  async function open() {
    const { db, dialect, place } = await engine.open()
    const { db: other } = await engine.openAgain(place)
    if (dialect === 'sqlite') await sql`pragma busy_timeout = 0`.execute(other)
    /** @returns whether it could */
    const write = (name: string, value: string) =>
      createSettings(other)
        .write(name, value)
        .then(() => true)
        .catch((error: unknown) => {
          if (error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY') return false
          throw error
        })
    return { db, other, write }
  }

  it('lets others write all the while, and shows them nothing of it before it shows all', async () => {
    const { db, other, write } = await open()
    await createCatalogueRepository(db).import(from(numbered(2_000)))
    let over = false
    const importing = createCatalogueRepository(db)
      .import(from(numbered(3_000, 7)))
      .finally(() => {
        over = true
      })
    let between = 0
    while (!over) {
      if ((await staged(other)) > 0) {
        const written = await write('a-count', String(between))
        const now = await seen(other)
        // The last word may come while we look; then it is the new one, whole.
        if (written && (await staged(other)) > 0) {
          expect(now).toEqual({ titles: 2_000, loans: [0], total: 2_000 })
          between += 1
        }
      }
      await setImmediate()
    }
    expect(await importing).toEqual({ added: 1_000, changed: 2_000, deleted: 0, revision: 2 })
    expect(between).toBeGreaterThan(0)
    expect(await seen(other)).toEqual({ titles: 3_000, loans: [7], total: 3_000 })
    // What was changed is cleared away.
    expect(await rowsOf(other)).toBe(3_000)
  })

  it('that is cancelled in its middle has changed nothing and left nothing, and the next one comes in', async () => {
    const { db, other } = await open()
    await createCatalogueRepository(db).import(from(numbered(2_000)))
    const cancelling = new AbortController()
    const importing = createCatalogueRepository(db)
      .import(from(numbered(12_000, 7)), () => cancelling.abort(), undefined, cancelling.signal)
      .catch((error: unknown) => error)
    await expect.poll(() => staged(other)).toBeGreaterThan(0)
    expect(await importing).toBeInstanceOf(ImportCancelled)
    expect(await seen(other)).toEqual({ titles: 2_000, loans: [0], total: 2_000 })
    expect(await rowsOf(other)).toBe(2_000)
    expect(await createCatalogueRepository(other).import(from(numbered(3_000, 9)))).toMatchObject({ added: 1_000 })
    expect(await seen(other)).toEqual({ titles: 3_000, loans: [9], total: 3_000 })
  })

  it('that is cancelled while it waits behind another one waits no longer', async () => {
    const { db, other } = await open()
    const turn = await takeTurn(other, 0)
    const cancelling = new AbortController()
    const importing = createCatalogueRepository(db)
      .import(from(numbered(10)), undefined, undefined, cancelling.signal)
      .catch((error: unknown) => error)
    cancelling.abort()
    expect(await importing).toBeInstanceOf(ImportCancelled)
    await turn?.giveBack()
    expect(await rowsOf(other)).toBe(0)
  })

  it('that is cancelled when its titles are in stands, and clears away what it changed', async () => {
    const { db, other } = await open()
    await createCatalogueRepository(db).import(from(numbered(2_000)))
    const cancelling = new AbortController()
    const importing = createCatalogueRepository(db).import(
      from(numbered(2_000, 7)),
      undefined,
      undefined,
      cancelling.signal,
    )
    while ((await createCatalogueRepository(other).revision()) === 1) await setImmediate()
    cancelling.abort()
    expect(await importing).toMatchObject({ changed: 2_000, revision: 2 })
    expect(await seen(other)).toEqual({ titles: 2_000, loans: [7], total: 2_000 })
    expect(await rowsOf(other)).toBe(2_000)
  })

  it('that lost its turn while it slept writes no more, and begins anew when it has it again', async () => {
    const { db, other, write } = await open()
    const told: number[] = []
    const importing = createCatalogueRepository(db).import(from(numbered(20_600)), (titles) => {
      told.push(titles)
      // As if its machine had been away for long: the turn is somebody else's, and that one ends well.
      if (told.length === 1) void steal()
    })
    async function steal() {
      while (!(await write('library-import-turn', 'token 1 elsewhere/pid:[1] 5'))) await setImmediate()
      const before = await staged(other)
      await setTimeout(300)
      expect(await staged(other)).toBe(before)
      while (
        !(await sql`delete from settings where name = 'library-import-turn'`.execute(other).then(
          () => true,
          () => false,
        ))
      )
        await setImmediate()
    }
    expect(await importing).toMatchObject({ added: 20_600, revision: 1 })
    expect(told).toEqual([5_000, 5_000, 10_000, 15_000, 20_000])
    expect(await staged(other)).toBe(0)
    expect((await seen(other)).titles).toBe(20_600)
  })

  it('waits for whoever is silent but may be there on another machine, and not for one that is gone from this', async () => {
    const { db } = await engine.open()
    const turn = await takeTurn(db, 0)
    expect(turn).not.toBeNull()
    expect(await takeTurn(db, 300)).toBeNull()
    await turn?.giveBack()
    const settings = createSettings(db)
    await settings.write('library-import-turn', 'token 1 elsewhere/pid:[1] 5')
    expect(await takeTurn(db, 300)).toBeNull()
    const gone = spawn(process.execPath, ['-e', ''])
    await new Promise((resolve) => gone.once('exit', resolve))
    await settings.write('library-import-turn', `token ${gone.pid} ${processPlace()} 5`)
    expect(await takeTurn(db, 0)).not.toBeNull()
  })
})

describe('an import that is ended in the middle', () => {
  let dir: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'import-cut-off-'))
  })
  afterEach(() => rmSync(dir, { recursive: true, force: true }))

  it.each(['SIGKILL', 'SIGTERM'] as const)(
    'by %s leaves the catalogue as it was; the hub clears up when it starts',
    async (signal) => {
      const dataDir = join(dir, 'data')
      const { db } = await openDatabase({ dataDir })
      const catalogue = createCatalogueRepository(db)
      await catalogue.import(from(numbered(500)))
      const file = join(dir, 'list.csv')
      const rows = Array.from({ length: 30_000 }, (_, at) => `n${String(at).padStart(5, '0')},新しい題${at}`)
      writeFileSync(file, ['書誌番号,タイトル', ...rows].join('\n'))
      const args = [
        ...process.execArgv,
        join(import.meta.dirname, '..', 'cli.ts'),
        'library',
        'import',
        file,
        '--data',
        dataDir,
      ]
      const child = spawn(process.execPath, args, { stdio: 'ignore' })
      const ended = new Promise((resolve) => child.once('exit', (code) => resolve(code)))
      while ((await staged(db)) === 0 && child.exitCode === null) await setTimeout(5)
      child.kill(signal)
      expect(await ended).not.toBe(0)
      expect(await staged(db)).toBeGreaterThan(0)
      expect(await seen(db)).toEqual({ titles: 500, loans: [0], total: 500 })
      const town = await testHub({ dataDir })
      try {
        await expect.poll(() => staged(db)).toBe(0)
        expect(await rowsOf(db)).toBe(500)
        expect(await catalogue.import(from(numbered(501)))).toMatchObject({ added: 1, changed: 0, revision: 2 })
      } finally {
        await town.close()
        await db.destroy()
      }
    },
  )
})
