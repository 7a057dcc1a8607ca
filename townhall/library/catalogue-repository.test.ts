import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { LibraryRecord } from '../../contract/library/record.ts'
import { onEachEngine } from '../testing/each-engine.ts'
import { createCatalogueRepository } from './catalogue-repository.ts'
import { decideFiles, libraryFiles } from './library-files.ts'

const title = (id: string, more: Partial<LibraryRecord> = {}): LibraryRecord => ({
  ...{
    id,
    kind: 'book',
    title: `題${id}`,
    authors: [],
    series: [],
    subjects: [],
    aboutTown: false,
    loans: 0,
    holdings: [],
  },
  ...more,
})
const numbered = (count: number) => Array.from({ length: count }, (_, at) => title(`n${String(at).padStart(5, '0')}`))
const from = (records: LibraryRecord[], more: object = {}) => ({
  source: 'file',
  records,
  gone: [],
  whole: true,
  asOf: '2026-11-25',
  ...more,
})

async function listOf<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const row of rows) list.push(row)
  return list
}

onEachEngine('the catalogue of the library', (engine) => {
  async function open() {
    const { db, place } = await engine.open()
    const catalogue = createCatalogueRepository(db)
    const ids = async () => (await listOf(catalogue.all(await catalogue.revision()))).map(({ id }) => id)
    return { catalogue, ids, context: { db, dataDir: place.dataDir } }
  }

  it('takes what is new or changed, and nothing twice', async () => {
    const { catalogue, ids } = await open()
    expect(await catalogue.import(from(numbered(1_500)))).toEqual({ added: 1_500, changed: 0, deleted: 0, revision: 1 })
    expect(await catalogue.import(from(numbered(1_500)))).toEqual({ added: 0, changed: 0, deleted: 0, revision: 1 })
    const next = numbered(1_499).map((one, at) => (at === 7 ? { ...one, loans: 3 } : one))
    expect(await catalogue.import(from(next))).toEqual({ added: 0, changed: 1, deleted: 1, revision: 2 })
    expect(await ids()).toEqual(numbered(1_499).map(({ id }) => id))
    expect((await listOf(catalogue.changes(1, 2))).map(({ id, record }) => [id, record?.loans])).toEqual([
      ['n00007', 3],
      ['n01499', undefined],
    ])
  })

  it('of one source deletes nothing of another, and a part deletes only what it names', async () => {
    const { catalogue, ids } = await open()
    await catalogue.import(from([title('a'), title('b')]))
    await catalogue.import(from([title('c')], { source: 'other' }))
    await catalogue.import(from([title('d')], { whole: false, gone: ['a', 'c'] }))
    expect(await ids()).toEqual(['b', 'c', 'd'])
    await catalogue.import(from([title('a')], { whole: false }))
    expect(await ids()).toEqual(['a', 'b', 'c', 'd'])
  })

  it('takes two at the same time one after the other, and loses nothing of either', async () => {
    const { catalogue, ids } = await open()
    const all = await Promise.all([
      catalogue.import(from(numbered(900))),
      catalogue.import(from([title('z')], { source: 'other' })),
      catalogue.import(from([title('n00001', { loans: 9 }), title('y')], { source: 'third', whole: false })),
    ])
    expect(all.map((one) => one?.revision).sort()).toEqual([1, 2, 3])
    expect(await ids()).toEqual([...numbered(900).map(({ id }) => id), 'y', 'z'])
    expect(await catalogue.total()).toBe(902)
    expect(all.reduce((sum, one) => sum + (one?.added ?? 0), 0)).toBe(902)
    // Whichever came last has it.
    const changed = all.reduce((sum, one) => sum + (one?.changed ?? 0), 0)
    expect(changed).toBe(1)
  })

  it('is read as it was by a number, also while imports go on, until what they changed is cleared away', async () => {
    const { catalogue } = await open()
    await catalogue.import(from(numbered(2_500)))
    const reading = catalogue.all(1)
    await reading.next()
    await catalogue.import(from([title('n02400', { loans: 3 }), title('n02500')], { whole: false, gone: ['n02300'] }))
    const rest = await listOf(reading)
    expect(rest).toHaveLength(2_499)
    expect(rest.every(({ record }) => record.loans === 0)).toBe(true)
    expect(await catalogue.clearedUpTo()).toBe(0)
    expect((await listOf(catalogue.changes(1, 2))).map(({ id, record }) => [id, record?.loans])).toEqual([
      ['n02300', undefined],
      ['n02400', 3],
      ['n02500', 0],
    ])
    const late = catalogue.all(2)
    await late.next()
    await catalogue.import(from(numbered(2_500).map((one) => ({ ...one, loans: 1 }))))
    expect((await listOf(late)).length).toBeLessThan(2_499)
    expect(await catalogue.clearedUpTo()).toBe(3)
  })

  it('counts what is where, the same as if it were counted anew', async () => {
    const { catalogue, context } = await open()
    const copies = (...places: [branch: string, shelf: string | null][]) =>
      places.map(([branch, shelf]) => ({ ...{ item: null, branch, shelf, callNumber: null, readingRoomOnly: false } }))
    const holdings = [copies(['本館', '文学'], ['分館', null]), copies(['', '文学']), copies(['本館', '__proto__']), []]
    for (let step = 0; step < 12; step += 1) {
      const some = numbered(40)
        .filter((_, at) => (at * 7 + step * 3) % 5 < 3)
        .map((one, at) => ({ ...one, holdings: holdings[(at + step) % 4] ?? [] }))
      const whole = step % 4 === 3
      await catalogue.import(
        from(some, { whole, source: step % 3 === 0 ? 'other' : 'file', gone: whole ? [] : ['n00007'] }),
      )
      const kept = await catalogue.tally()
      await context.db.deleteFrom('settings').where('name', '=', 'library-tally').execute()
      const counted = await catalogue.tally()
      const bare = ({ sources, branches, shelves }: typeof kept) => [
        [...sources].sort(),
        [...branches].map(([word, { copies }]) => [word, copies]).sort(),
        [...shelves].map(([word, { copies }]) => [word, copies]).sort(),
      ]
      expect(bare(kept)).toEqual(bare(counted))
      expect(await catalogue.total()).toBe((await listOf(catalogue.all(await catalogue.revision()))).length)
    }
  })

  it('of a hub that kept one row a title is all there', async () => {
    const { db, dialect, place } = await engine.open()
    await db.schema.dropTable('library_titles').execute()
    await sql`create table library_titles (id text primary key, source text not null, record text not null, revision bigint not null, deleted integer not null)`.execute(
      db,
    )
    await db.insertInto('settings').values({ name: 'library-revision', value: '7' }).execute()
    const row = (id: string, deleted: number) => ({
      id,
      source: 'file',
      record: JSON.stringify(title(id)),
      revision: 7,
      deleted,
    })
    await db
      .insertInto('library_titles')
      .values([row('a', 0), row('b', 1), row('c', 0)])
      .execute()
    await sql`delete from kysely_migration where name = '051-library-generations'`.execute(db)
    const again = createCatalogueRepository((await engine.openAgain(place)).db)
    expect(await again.sources()).toEqual([{ name: 'file', titles: 2 }])
    expect(await again.import(from([title('a'), title('b')]))).toEqual({
      added: 1,
      changed: 0,
      deleted: 1,
      revision: 8,
    })
    expect(
      (await listOf(again.all(8))).map(({ id }) => id),
      dialect,
    ).toEqual(['a', 'b'])
  })

  it('becomes a base and then a file for each change, the same while nothing changes, anew when its list is damaged', async () => {
    const { catalogue, context } = await open()
    expect(await libraryFiles(context)).toBeNull()
    await catalogue.import(from(numbered(100)))
    const base = await libraryFiles(context)
    expect(base).toMatchObject({ asOf: '2026-11-25', segments: [{ records: 100 }] })
    expect(await libraryFiles(context)).toEqual(base)
    await catalogue.import(from([title('n00003', { loans: 5 })], { whole: false, gone: ['n00004'] }))
    const two = await libraryFiles(context)
    expect(two?.segments).toEqual([...(base?.segments ?? []), expect.objectContaining({ records: 1 })])
    await catalogue.import(from(numbered(60)))
    expect((await libraryFiles(context))?.segments).toMatchObject([{ records: 60 }])
    const dir = join(context.dataDir, 'library')
    expect(readdirSync(dir).filter((file) => file.endsWith('.library'))).toHaveLength(1)
    const journal = readFileSync(join(dir, 'journal.json'), 'utf8')
    expect(journal).toContain('base-')
    // Of a program that wrote its files in another way.
    await catalogue.import(from([title('n00003', { loans: 6 })], { whole: false }))
    writeFileSync(join(dir, 'journal.json'), JSON.stringify({ ...JSON.parse(journal), format: 1 }))
    expect((await libraryFiles(context))?.segments).toMatchObject([{ records: 60 }])
  })
})

describe('a new base', () => {
  const files = (...records: number[]) => ({ segments: records.map((count) => ({ records: count })) })
  it.each([
    [null, 0, 'base'],
    [files(1_000), 0, 'none'],
    [files(1_000), 50, 'delta'],
    [files(1_000), 51, 'base'],
    [files(1_000, 30), 20, 'delta'],
    [files(1_000, 30), 21, 'base'],
    [files(100_000, ...Array.from({ length: 29 }, () => 1)), 1, 'base'],
  ] as const)('%j with %i changes: %s', (journal, changed, decided) => {
    expect(decideFiles(journal, changed)).toBe(decided)
  })
})
