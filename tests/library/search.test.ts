import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { madeRecords } from '../../bench/search-catalogue.ts'
import { drawQueries } from '../../bench/search-queries.ts'
import { openScan } from '../../bench/search-scan.ts'
import { classOf } from '../../contract/library/match-class.ts'
import { packRecord, unpackRecord } from '../../contract/library/packed-record.ts'
import { readQuery } from '../../contract/library/query-terms.ts'
import { type LibraryRecord, libraryRecordSchema, titleKinds } from '../../contract/library/record.ts'
import { ownFields, sharedFields, sharedTexts } from '../../contract/library/title-fields.ts'
import { type LibraryFilter, type LibraryQuery, libraryFilterSchema } from '../../contract/menus/library.ts'
import { openLibrarySearch } from '../../electron/kiosk/library/search/library-search.ts'
import { buildSegment } from '../../townhall/library/segment/build-segment.ts'

let dir = ''
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'library-search-'))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const pieces = [...'あいうえおかがこごせとはばへんー々ゝ猫國国心邊𠮷〓ヴァコンピュータァッ・ ab12Zō'].concat(
  'ゔぁ',
  'ﾊﾞ',
  '学校',
  'しんぶん',
)
const text = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 7 }).map((all) => all.join(''))
const contributor = fc.record({ name: text, reading: fc.option(text, { nil: undefined }) })
const idOf = (number: number) => `id${number}`
const record: fc.Arbitrary<LibraryRecord> = fc.record({
  id: fc.nat(25).map(idOf),
  kind: fc.constantFrom(...titleKinds),
  title: text,
  titleReading: fc.option(text, { nil: undefined }),
  titleGuess: fc.option(text, { nil: undefined }),
  subtitle: fc.option(text, { nil: undefined }),
  volume: fc.option(fc.constantFrom('1', '上'), { nil: undefined }),
  authors: fc.array(contributor, { maxLength: 2 }),
  series: fc.array(contributor, { maxLength: 1 }),
  publisher: fc.option(fc.constantFrom('猫社', 'あか書房'), { nil: undefined }),
  year: fc.option(fc.integer({ min: 1990, max: 2012 }), { nil: undefined }),
  subjects: fc.array(fc.constantFrom('学校', '猫'), { maxLength: 1 }),
  ndc: fc.option(fc.constantFrom('9', '91', '913.6', '913', '007.6', '123'), { nil: undefined }),
  isbn: fc.option(fc.constantFrom('9784101010137', '9784003101018', '9791234567896'), { nil: undefined }),
  ages: fc.option(fc.constantFrom({ from: 0, to: 3 }, { from: 3, to: 6 }), { nil: undefined }),
  aboutTown: fc.boolean(),
  loans: fc.constantFrom(0, 1, 5, 4_000_000_000),
  arrived: fc.option(fc.constantFrom('2024-01-02', '2024-01-03', '1969-05-05'), { nil: undefined }),
  holdings: fc.array(
    fc.record({
      item: fc.constant(null),
      branch: fc.constant('main'),
      shelf: fc.constantFrom('s1', 's2', null),
      callNumber: fc.constantFrom('913.6/ナ', '913/ア', '9/2', '9/12', null),
      readingRoomOnly: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
})
const filter: fc.Arbitrary<LibraryFilter> = fc
  .record({
    kinds: fc.oneof(fc.constant([]), fc.subarray([...titleKinds])),
    shelves: fc.oneof(fc.constant([]), fc.subarray(['s1', 's2', 'none'])),
    yearFrom: fc.option(fc.integer({ min: 1985, max: 2005 }), { nil: undefined }),
    yearTo: fc.option(fc.integer({ min: 1995, max: 2015 }), { nil: undefined }),
    ndc: fc.option(fc.constantFrom('9', '91', '913', '0', '1'), { nil: undefined }),
    age: fc.option(fc.nat(7), { nil: undefined }),
    aboutTown: fc.boolean(),
    onlyIn: fc.boolean(),
  })
  .map((one) => libraryFilterSchema.parse(one))
const typed = fc.oneof(
  fc.array(text, { maxLength: 3 }).map((words) => words.join(' ')),
  fc.constantFrom(
    '',
    '978',
    '4-10-101013-5',
    '978-4-10-101013-7',
    'isbn9784',
    '913.6',
    'kokoro',
    'nekokokoa',
    'sinbun',
    'gakkou',
    'う',
    'い',
    'ー',
  ),
)
const query: fc.Arbitrary<LibraryQuery> = fc.record({
  text: typed.map((one) => one.slice(0, 100)),
  filter,
  order: fc.constantFrom('best', 'popular', 'new'),
})
const files = fc.array(
  fc.record({
    records: fc.uniqueArray(record, { selector: ({ id }) => id, maxLength: 14 }),
    gone: fc.array(fc.nat(25).map(idOf), { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 3 },
)

/** What the files say in the end, by loans and id. */
function living(of: readonly { records: readonly LibraryRecord[]; gone: readonly string[] }[]): LibraryRecord[] {
  const byId = new Map<string, LibraryRecord>()
  for (const [at, { records, gone }] of of.entries()) {
    if (at > 0) for (const id of gone) byId.delete(id)
    for (const one of records) byId.set(one.id, one)
  }
  return [...byId.values()].sort((one, other) => other.loans - one.loans || (one.id < other.id ? -1 : 1))
}

const fieldsOf = (one: LibraryRecord) => [...ownFields(one), ...sharedTexts(one).flatMap(sharedFields)]

function passes(one: LibraryRecord, f: LibraryFilter, out: ReadonlySet<string>): boolean {
  return (
    (f.kinds.length === 0 || f.kinds.includes(one.kind)) &&
    (f.shelves.length === 0 || one.holdings.some(({ shelf }) => shelf !== null && f.shelves.includes(shelf))) &&
    (f.yearFrom === undefined || (one.year !== undefined && one.year >= f.yearFrom)) &&
    (f.yearTo === undefined || (one.year !== undefined && one.year <= f.yearTo)) &&
    (f.ndc === undefined || (one.ndc ?? '').split('.')[0]?.startsWith(f.ndc) === true) &&
    (f.age === undefined || (one.ages !== undefined && one.ages.from <= f.age && f.age <= one.ages.to)) &&
    (!f.aboutTown || one.aboutTown) &&
    (!f.onlyIn || isIn(one, out))
  )
}
const isIn = (one: LibraryRecord, out: ReadonlySet<string>) =>
  one.holdings.some(({ readingRoomOnly }) => !readingRoomOnly) && !out.has(one.id)

/** Title by title, by the rule as it is written. */
function bruteForce(
  all: readonly LibraryRecord[],
  { text, filter, order }: LibraryQuery,
  out: ReadonlySet<string>,
): string[] {
  const terms = readQuery(text)
  const found = all.flatMap((one) => {
    const matchClass = classOf(fieldsOf(one), terms)
    return matchClass > 0 && passes(one, filter, out) ? [{ one, matchClass }] : []
  })
  if (order === 'best') found.sort((a, b) => a.matchClass - b.matchClass)
  if (order === 'new')
    found.sort((a, b) => ((a.one.arrived ?? '') < (b.one.arrived ?? '') ? 1 : a.one.arrived === b.one.arrived ? 0 : -1))
  return found.map(({ one }) => one.id)
}

function bruteCounts(all: readonly LibraryRecord[], q: LibraryQuery, out: ReadonlySet<string>) {
  const left = (without: Partial<LibraryFilter>) => {
    const ids = new Set(bruteForce(all, { ...q, filter: { ...q.filter, ...without } }, out))
    return all.filter(({ id }) => ids.has(id))
  }
  const tally = <Key extends string | number>(keys: readonly Key[]) => {
    const counts = new Map<Key, number>()
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
    return counts
  }
  const byYear = tally(
    left({ yearFrom: undefined, yearTo: undefined }).map(({ year }) => Math.floor((year ?? 0) / 10) * 10),
  )
  return {
    kinds: Object.fromEntries(tally(left({ kinds: [] }).map(({ kind }) => kind))),
    shelves: Object.fromEntries(
      tally(
        left({ shelves: [] }).flatMap(({ holdings }) => [...new Set(holdings.flatMap(({ shelf }) => shelf ?? []))]),
      ),
    ),
    decades: [...byYear].sort(([a], [b]) => a - b).map(([from, titles]) => ({ from, titles })),
    ndc: Object.fromEntries(tally(left({ ndc: undefined }).flatMap(({ ndc }) => ndc?.charAt(0) ?? []))),
    in: left({ onlyIn: false }).filter((one) => isIn(one, out)).length,
  }
}

async function build(of: readonly { records: readonly LibraryRecord[]; gone: readonly string[] }[]): Promise<string[]> {
  const paths: string[] = []
  for (const [at, { records, gone }] of of.entries()) {
    const file = join(dir, `${at}.seg`)
    await buildSegment({ records, gone, file })
    paths.push(file)
  }
  return paths
}

describe('the search over search files', () => {
  it('finds, counts, ranks and pages as looking at every title does', async () => {
    await fc.assert(
      fc.asyncProperty(
        files,
        fc.array(query, { minLength: 6, maxLength: 6 }),
        fc.array(fc.nat(25).map(idOf)),
        fc.boolean(),
        async (of, queries, out, known) => {
          const search = openLibrarySearch({ files: await build(of), covers: {} })
          try {
            const all = living(of)
            expect(search.titles).toBe(all.length)
            search.takeOut({ ids: known ? out : null, begins: true, ends: true })
            const gone = new Set(known ? out : [])
            for (const one of queries) {
              const expected = bruteForce(all, one, gone)
              const answer = search.search(one, 0, 60)
              expect({ one, total: answer.total, ids: answer.titles.map(({ id }) => id) }).toEqual({
                one,
                total: expected.length,
                ids: expected,
              })
              expect(search.search(one, 3, 4).titles.map(({ id }) => id)).toEqual(expected.slice(3, 7))
              expect({ one, counts: search.counts(one) }).toEqual({
                one,
                counts: { ...bruteCounts(all, one, gone), ...(!known && { in: null }) },
              })
            }
            for (const one of all)
              expect(search.title(one.id)?.record).toEqual(libraryRecordSchema.parse(JSON.parse(JSON.stringify(one))))
            expect(search.title('nobody')).toBe(null)
          } finally {
            search.close()
          }
        },
      ),
      { numRuns: 150 },
    )
  })

  it('finds the same where the answers to frequent forms are kept ready', async () => {
    const base = [...madeRecords(21_000, 3)].map(partlyGuessed)
    const delta = [...madeRecords(500, 4, 20_700)].map(partlyGuessed)
    const of = [
      { records: base, gone: [] },
      { records: delta, gone: ['t5', 't6'] },
    ]
    const all = living(of).map((one) => ({ id: one.id, fields: fieldsOf(one) }))
    const search = openLibrarySearch({ files: await build(of), covers: {} })
    try {
      for (const text of [
        'し',
        'い',
        'う',
        'しん',
        'の',
        '学',
        'ン',
        'か の',
        'しう',
        'コー',
        'aい',
        '1',
        '1 2',
        '9',
      ]) {
        const terms = readQuery(text)
        const found = all.flatMap(({ id, fields }) => {
          const matchClass = classOf(fields, terms)
          return matchClass === 0 ? [] : [{ id, matchClass }]
        })
        found.sort((one, other) => one.matchClass - other.matchClass)
        const answer = search.search({ text, filter: libraryFilterSchema.parse({}), order: 'best' }, 0, 60)
        expect({ text, total: answer.total, ids: answer.titles.map(({ id }) => id) }).toEqual({
          text,
          total: found.length,
          ids: found.slice(0, 60).map(({ id }) => id),
        })
      }
    } finally {
      search.close()
    }
  })

  it('finds what a scan of all texts finds, where a file has many blocks and others follow it', async () => {
    const of = [
      { records: [...madeRecords(5_003, 5)].map(partlyGuessed), gone: [] },
      { records: [...madeRecords(300, 6, 4_900)].map(partlyGuessed), gone: ['t7', 't4910'] },
      { records: [...madeRecords(90, 7, 5_150)], gone: ['t5151', 't5000'] },
    ]
    const all = living(of)
    const scan = openScan(all, 60)
    const search = openLibrarySearch({ files: await build(of), covers: {} })
    try {
      expect(search.titles).toBe(all.length)
      for (const { text } of drawQueries(all, 15, 8)) {
        const answer = search.search({ text, filter: libraryFilterSchema.parse({}), order: 'best' }, 0, 60)
        const found = { text, total: answer.total, first: answer.titles.map(({ id }) => id) }
        expect(found).toEqual({ text, ...scan.search(text) })
      }
    } finally {
      search.close()
    }
  })

  it('reads files of the format before, which had no guesses', async () => {
    const [file = ''] = await build([{ records: [onShelf('a', '1')], gone: [] }])
    const bytes = readFileSync(file)
    bytes.writeUInt32LE(2, 8)
    writeFileSync(file, bytes)
    const search = openLibrarySearch({ files: [file], covers: {} })
    expect(search.title('a')?.record).toEqual(onShelf('a', '1'))
    search.close()
    const packed = packRecord(onShelf('a', '1'))
    expect(unpackRecord(packed.slice(0, 20))).toEqual(onShelf('a', '1'))
  })

  it('gives the neighbours on the shelf in the order of the spines', async () => {
    const base = [1, 2, 3, 10, 12, 20].map((line) => onShelf(`b${line}`, `913.6/${line}`))
    const delta = [onShelf('d11', '913.6/11'), onShelf('other', '913.6/4', 's2')]
    const search = openLibrarySearch({
      files: await build([
        { records: base, gone: [] },
        { records: delta, gone: ['b3'] },
      ]),
      covers: {},
    })
    const page = search.title('b12')
    search.close()
    expect(page?.before.map(({ id }) => id)).toEqual(['b1', 'b2', 'b10', 'd11'])
    expect(page?.after.map(({ id }) => id)).toEqual(['b20'])
  })

  it.each([
    ['しんふん', 'しんぶん'],
    ['しぶん', 'しんぶん'],
    ['しんんぶん', 'しんぶん'],
    ['しぶんん', 'しんぶん'],
    ['シンフン', 'シンブン'],
    ['こどもの しんふん', 'こどもの しんぶん'],
  ])('suggests for %s what may have been meant', async (slip, meant) => {
    const records = ['こどもの しんぶん', 'しんぶんの よみかた', 'とけい'].map((title, at) => ({
      ...onShelf(`t${at}`, '1'),
      title,
    }))
    const search = openLibrarySearch({ files: await build([{ records, gone: [] }]), covers: {} })
    const suggested = search.suggest(slip)
    search.close()
    expect(suggested).toContain(meant)
  })

  it('makes the same bytes of the same records in any order', async () => {
    const records = ['い', 'ろ', 'は'].map((title, at) => ({ ...onShelf(`t${at}`, '1'), title }))
    const [one = ''] = await build([{ records, gone: [] }])
    const bytes = readFileSync(one)
    await build([{ records: records.toReversed(), gone: [] }])
    expect(readFileSync(one).equals(bytes)).toBe(true)
  })

  it('refuses what is no whole search file', async () => {
    const [file = ''] = await build([{ records: [onShelf('a', '1')], gone: [] }])
    const bytes = readFileSync(file)
    const refused = () =>
      expect(() => openLibrarySearch({ files: [file], covers: {} }).close()).toThrow(
        expect.objectContaining({ code: 'content-refused' }),
      )
    for (const length of [0, 10, 40, Math.floor(bytes.length / 2), bytes.length - 1]) {
      writeFileSync(file, bytes)
      truncateSync(file, length)
      refused()
    }
    writeFileSync(file, 'no search file at all, though long enough for one')
    refused()
    const otherFormat = Buffer.from(bytes)
    otherFormat.writeUInt32LE(99, 8)
    writeFileSync(file, otherFormat)
    refused()
    writeFileSync(file, Buffer.concat([bytes, Buffer.from('x')]))
    refused()
    rmSync(file)
    refused()
  })

  it('answers or says content-refused whatever byte of a file is damaged', async () => {
    const [file = ''] = await build([
      {
        records: ['ねこ', '猫の本', 'コーヒー'].map((title, at) => ({ ...onShelf(`t${at}`, '1/2'), title })),
        gone: [],
      },
    ])
    const bytes = readFileSync(file)
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const damaged = Buffer.from(bytes)
        damaged[at] = (damaged[at] ?? 0) ^ flip
        writeFileSync(file, damaged)
        try {
          const search = openLibrarySearch({ files: [file], covers: {} })
          try {
            search.search({ text: 'ねこ', filter: libraryFilterSchema.parse({}), order: 'best' }, 0, 20)
            search.title('t1')
            search.suggest('ねこお')
          } finally {
            search.close()
          }
        } catch (error) {
          expect(error).toMatchObject({ code: 'content-refused' })
        }
      }),
      // Where the header lies, by a part of a byte.
      { numRuns: 1000, examples: [[16, 1]] },
    )
  })
})

/** Of every other title the reading as if the hub had guessed it. */
function partlyGuessed(one: LibraryRecord, at: number): LibraryRecord {
  const { titleReading, ...bare } = one
  return at % 2 === 0 || titleReading === undefined ? one : { ...bare, titleGuess: titleReading }
}

function onShelf(id: string, callNumber: string, shelf = 's1'): LibraryRecord {
  const holding = { item: null, branch: 'main', shelf, callNumber, readingRoomOnly: false }
  return {
    id,
    kind: 'book',
    title: id,
    authors: [],
    series: [],
    subjects: [],
    aboutTown: false,
    loans: 0,
    holdings: [holding],
  }
}
