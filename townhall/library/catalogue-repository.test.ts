import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
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
    const ids = async () => (await listOf(catalogue.all())).map(({ id }) => id)
    return { catalogue, ids, context: { db, dataDir: place.dataDir } }
  }

  it('takes what is new or changed, and nothing twice', async () => {
    const { catalogue, ids } = await open()
    expect(await catalogue.import(from(numbered(1_500)))).toEqual({ added: 1_500, changed: 0, deleted: 0, revision: 1 })
    expect(await catalogue.import(from(numbered(1_500)))).toEqual({ added: 0, changed: 0, deleted: 0, revision: 1 })
    const next = numbered(1_499).map((one, at) => (at === 7 ? { ...one, loans: 3 } : one))
    expect(await catalogue.import(from(next))).toEqual({ added: 0, changed: 1, deleted: 1, revision: 2 })
    expect(await ids()).toEqual(numbered(1_499).map(({ id }) => id))
    expect((await listOf(catalogue.changesAfter(1))).map(({ id, deleted }) => [id, deleted])).toEqual([
      ['n00007', false],
      ['n01499', true],
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
    expect(all.map(({ revision }) => revision).sort()).toEqual([1, 2, 3])
    expect(await ids()).toEqual([...numbered(900).map(({ id }) => id), 'y', 'z'])
    expect(await catalogue.total()).toBe(902)
    expect(all.reduce((sum, { added }) => sum + added, 0)).toBe(902)
    // Whichever came last has it.
    const changed = all.reduce((sum, one) => sum + one.changed, 0)
    expect(changed).toBe(1)
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
