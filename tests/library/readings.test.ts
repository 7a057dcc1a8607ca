import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { libraryFilterSchema } from '../../contract/menus/library.ts'
import { openLibrarySearch } from '../../electron/kiosk/library/search/library-search.ts'
import type { RunLibrary } from '../../townhall/library/catalogue-jobs.ts'
import { createCatalogueRepository } from '../../townhall/library/catalogue-repository.ts'
import { libraryCommand } from '../../townhall/library/library-command.ts'
import { libraryFiles } from '../../townhall/library/library-files.ts'
import type { ReadingGuesser } from '../../townhall/library/readings/guesser.ts'
import { guessLate } from '../../townhall/library/readings/late-guesses.ts'
import { openMecab } from '../../townhall/library/readings/mecab.ts'
import { type TestHub, testHub } from '../../townhall/testing/test-hub.ts'
import { administratorAt } from '../../townhall/testing/test-staff.ts'

const known: Record<string, string> = {
  月夜の牛: 'つきよのうし',
  麦畑の音楽: 'むぎばたけのおんがく',
  白い丘: 'しろいおか',
  青い丘: 'あおいおか',
}
let town: TestHub
/** null: none on this machine. */
let analyser: { version: string; words: Record<string, string>; fails: boolean } | null
let asked: string[]

beforeEach(async () => {
  analyser = { version: 'one', words: known, fails: false }
  asked = []
  town = await testHub({ openGuesser: async () => (analyser === null ? null : playedGuesser(analyser)) })
})
afterEach(() => town.close())

function playedGuesser(of: NonNullable<typeof analyser>): ReadingGuesser {
  return {
    version: of.version,
    async guess(titles) {
      asked.push(...titles)
      if (of.fails) throw new Error('it has ended')
      return titles.map((title) => of.words[title] ?? null)
    },
    close: () => undefined,
  }
}

async function take(rows: readonly string[], ...more: string[]) {
  const file = join(town.dir, 'list.csv')
  writeFileSync(file, ['書誌番号,タイトル,タイトルヨミ,著者,資料番号', ...rows, ''].join('\n'))
  const said: string[] = []
  const say = (line: string) => void said.push(line)
  const code = await libraryCommand.run(['import', file, ...more], {
    ...{ say, warn: say, write: () => undefined, openHub: async () => town.hub.parts },
    abortOn: () => new AbortController().signal,
  })
  expect(code).toBe(0)
  return said.join('\n')
}
const catalogue = () => createCatalogueRepository(town.hub.context.db)
async function guesses() {
  const found: Record<string, string | undefined> = {}
  for await (const { id, record } of catalogue().all(await catalogue().revision())) found[id] = record.titleGuess
  return found
}
/** As a kiosk finds them, through the search files. */
async function find(text: string) {
  const files = (await libraryFiles(town.hub.context))?.segments.map(({ file }) => file) ?? []
  const search = openLibrarySearch({ files, covers: {} })
  try {
    const { total, titles } = search.search({ text, filter: libraryFilterSchema.parse({}), order: 'best' }, 0, 20)
    return { total, ids: titles.map(({ id }) => id) }
  } finally {
    search.close()
  }
}

describe('a list without readings', () => {
  const rows = ['1,月夜の牛,,,10', '2,麦畑の音楽,,,11', '3,謎の箱,,,12', '4,はらっぱ,,,13', '5,空,ツキヨ ノ ウシ,,14']

  it('is found by guessed ones, behind those that are given', async () => {
    const said = await take(rows)
    expect(said).toContain('漢字の題 3 にヨミがありません（うち 2 は推定しました、one）。')
    expect(await guesses()).toEqual({ 1: 'つきよのうし', 2: 'むぎばたけのおんがく' })
    expect(asked).toEqual(['月夜の牛', '麦畑の音楽', '謎の箱'])
    expect(await find('つきよ')).toEqual({ total: 2, ids: ['5', '1'] })
    expect(await find('つきよのうし')).toEqual({ total: 2, ids: ['5', '1'] })
    expect(await find('おんがく')).toEqual({ total: 1, ids: ['2'] })
    expect(await find('なぞ')).toEqual({ total: 0, ids: [] })
  })

  it('tells staff how many lack one and how many were guessed', async () => {
    await take(rows)
    const administrator = await administratorAt(town)
    const view = (await administrator.get('/api/v1/library')).json()
    const readings = { without: 3, guessed: 2, by: 'one' }
    expect(view).toMatchObject({ readings, last: { readings } })
    await take(['1,月夜の牛,ツキヨ,,10'], '--part')
    expect((await administrator.get('/api/v1/library')).json()).toMatchObject({
      readings: { without: 2, guessed: 1, by: 'one' },
      last: { readings: { without: 0, guessed: 0, by: 'one' } },
    })
  })

  it('says that there is nothing to guess with', async () => {
    analyser = null
    expect(await take(rows)).toContain('MeCab がないので、ヨミを推定していません。')
    expect(await guesses()).toEqual({})
    expect(await find('つきよ')).toEqual({ total: 1, ids: ['5'] })
  })

  it('that names its author in a title has that title read by nobody', async () => {
    await take(['1,白い丘,,丘,10', '2,青い丘,,"青い, 丘",11'])
    expect(await guesses()).toEqual({ 1: 'しろいおか' })
  })
})

describe('the next list', () => {
  const rows = ['1,月夜の牛,,,10', '2,麦畑の音楽,,,11']

  it('that is the same changes nothing, whether or not there is something to guess with', async () => {
    await take(rows)
    const before = await libraryFiles(town.hub.context)
    expect(await take(rows)).toContain('（新しい 0、変わった 0、除いた 0')
    analyser = null
    expect(await take(rows)).toContain('（新しい 0、変わった 0、除いた 0')
    analyser = { version: 'one', words: known, fails: true }
    expect(await take(rows)).toContain('（新しい 0、変わった 0、除いた 0')
    expect(await libraryFiles(town.hub.context)).toEqual(before)
    expect(await guesses()).toEqual({ 1: 'つきよのうし', 2: 'むぎばたけのおんがく' })
  })

  it('with a reading takes the guess away', async () => {
    await take(rows)
    expect(await take(['1,月夜の牛,ゲツヤ ノ ウシ,,10', rows[1] ?? ''])).toContain('変わった 1')
    expect(await guesses()).toEqual({ 2: 'むぎばたけのおんがく' })
    expect(await find('つきよ')).toEqual({ total: 0, ids: [] })
    expect(await find('げつや')).toEqual({ total: 1, ids: ['1'] })
  })

  it('with another title has another guess, or none where nothing guesses', async () => {
    await take(rows)
    await take(['1,白い丘,,,10', rows[1] ?? ''])
    expect(await guesses()).toEqual({ 1: 'しろいおか', 2: 'むぎばたけのおんがく' })
    analyser = null
    await take(['1,青い丘,,,10', rows[1] ?? ''])
    expect(await guesses()).toEqual({ 2: 'むぎばたけのおんがく' })
  })

  it('has all titles guessed anew by another version, once, of other sources too', async () => {
    analyser = null
    await take(rows)
    await take(['x,白い丘,,,20', 'y,はら,,,21'], '--source', 'other')
    expect(await guesses()).toEqual({})
    analyser = { version: 'two', words: { ...known, 月夜の牛: 'げつやのうし' }, fails: false }
    expect(await take(['3,青い丘,,,12'], '--part')).toContain('（新しい 1、変わった 0、除いた 0')
    expect(await guesses()).toEqual({
      ...{ 1: 'げつやのうし', 2: 'むぎばたけのおんがく', 3: 'あおいおか', x: 'しろいおか' },
    })
    expect(await catalogue().sources()).toEqual([
      { name: 'file', titles: 3 },
      { name: 'other', titles: 2 },
    ])
    expect((await catalogue().tally()).readings).toEqual({ without: 4, guessed: 4 })
    asked = []
    await take(['3,青い丘,,,12'], '--part')
    expect(asked).toEqual(['青い丘'])
  })

  it('may take away what another version would guess anew', async () => {
    await take(rows)
    await take(['x,白い丘,,,20'], '--source', 'other')
    analyser = { version: 'two', words: { 月夜の牛: 'げつやのうし', 白い丘: 'はくい' }, fails: false }
    await take(['2,麦畑の音楽,,,11'], '--really')
    expect(await guesses()).toEqual({ x: 'はくい' })
    expect((await catalogue().tally()).readings).toEqual({ without: 2, guessed: 1 })
  })

  it('is guessed as a whole again when the version before failed in the middle', async () => {
    await take(rows)
    analyser = { version: 'two', words: { ...known, 月夜の牛: 'げつやのうし' }, fails: true }
    await take(rows)
    expect(await guesses()).toEqual({ 1: 'つきよのうし', 2: 'むぎばたけのおんがく' })
    analyser.fails = false
    await take(['2,麦畑の音楽,,,11'], '--part')
    expect(await guesses()).toEqual({ 1: 'げつやのうし', 2: 'むぎばたけのおんがく' })
  })
})

describe('a catalogue that is there already', () => {
  const rows = ['1,月夜の牛,,,10', '2,麦畑の音楽,,,11', '3,はらっぱ,,,12']
  const inThisProcess: RunLibrary = (args, say) =>
    libraryCommand.run([...args], {
      ...{ say, warn: say, write: () => undefined, openHub: async () => town.hub.parts },
      abortOn: () => new AbortController().signal,
    })
  const afterStart = (run = inThisProcess) => guessLate(town.hub.context, new AbortController().signal, run)
  const asOf = () => catalogue().asOf()
  const never: RunLibrary = () => {
    throw new Error('there is nothing to guess')
  }

  it('has its readings guessed after the hub’s start, without a list, for the next search file', async () => {
    analyser = null
    await take(rows)
    const before = { asOf: await asOf(), sources: await catalogue().sources() }
    await libraryFiles(town.hub.context)
    await afterStart(never)
    analyser = { version: 'one', words: known, fails: false }
    town.clock.pass(3 * 86_400_000)
    await afterStart()
    expect(await guesses()).toEqual({ 1: 'つきよのうし', 2: 'むぎばたけのおんがく' })
    expect(await find('つきよ')).toEqual({ total: 1, ids: ['1'] })
    expect((await catalogue().tally()).readings).toEqual({ without: 2, guessed: 2 })
    // Nobody told anything new of the books.
    expect({ asOf: await asOf(), sources: await catalogue().sources() }).toEqual(before)
  })

  it('is guessed anew by another version only', async () => {
    await take(rows)
    await afterStart(never)
    analyser = { version: 'two', words: { 月夜の牛: 'げつやのうし' }, fails: false }
    await afterStart()
    expect(await guesses()).toEqual({ 1: 'げつやのうし' })
    await afterStart(never)
    expect(town.logged.filter(({ level }) => Number(level) >= 40)).toEqual([])
  })

  it('is tried again after the next start where what guesses ends in the middle', async () => {
    analyser = null
    await take(rows)
    analyser = { version: 'one', words: known, fails: true }
    await afterStart()
    expect(await guesses()).toEqual({})
    expect(town.logged.map(({ msg }) => msg)).toContain('library: the readings were not guessed to the end')
    analyser.fails = false
    await afterStart()
    expect(await guesses()).toEqual({ 1: 'つきよのうし', 2: 'むぎばたけのおんがく' })
  })

  it('that is none yet asks for nothing', async () => {
    await afterStart(never)
    expect(town.logged.filter(({ level }) => Number(level) >= 40)).toEqual([])
  })
})

const mecab = await openMecab()
mecab?.close()
describe.skipIf(mecab === null)('with MeCab itself', () => {
  it('a town’s list without readings is found by kana', async () => {
    await town.close()
    town = await testHub({ openGuesser: openMecab })
    expect(await take(['1,三匹の小さな牛,,,10', '2,第２巻 十勝の野鳥,,,11', '3,森〓外,,,12'])).toContain('うち 2 は')
    expect(await find('さんびき')).toEqual({ total: 1, ids: ['1'] })
    expect(await find('とかちのやちょう')).toEqual({ total: 1, ids: ['2'] })
    expect(await find('tokachi')).toEqual({ total: 1, ids: ['2'] })
  })
})
