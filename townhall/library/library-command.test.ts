import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { segmentFormat } from '../../contract/library/segment.ts'
import { calilServer } from '../testing/calil-server.ts'
import { kohaServer } from '../testing/koha-server.ts'
import { oaiServer } from '../testing/oai-server.ts'
import { marcRecord, sruServer } from '../testing/sru-server.ts'
import { type TestHub, testHub } from '../testing/test-hub.ts'
import { enrolledAt } from '../testing/test-machine.ts'
import { libraryCommand } from './library-command.ts'

let town: TestHub
const servers: { close(): Promise<void> }[] = []
beforeEach(async () => {
  town = await testHub()
})
afterEach(async () => {
  await town.close()
  for (const server of servers.splice(0)) await server.close()
})

const at = (name: string) => join(town.dir, name)
function drop(name: string, text: string | Uint8Array): string {
  writeFileSync(at(name), text)
  return at(name)
}
/** As it is typed: what is said, what is warned of, how it ends; a wrong call ends in its words. */
async function library(...args: string[]) {
  const [out, err]: [string[], string[]] = [[], []]
  const code = await libraryCommand
    .run(args, {
      say: (line) => void out.push(line),
      warn: (line) => void err.push(line),
      write: () => undefined,
      openHub: async () => town.hub.parts,
      abortOn: () => new AbortController().signal,
    })
    .catch((error: unknown) => {
      err.push(error instanceof Error ? error.message : String(error))
      return 2
    })
  return { code, out: out.join('\n'), err: err.join('\n') }
}
const acts = async () =>
  (await town.hub.context.db.selectFrom('audit').select(['act', 'subject', 'detail']).orderBy('id').execute()).filter(
    ({ act }) => act.startsWith('library'),
  )
const sixtyWithout = '漢字の題 60 にヨミがありません。MeCab がないので、ヨミを推定していません。'
const catalogue = '書誌番号,タイトル,ISBN,資料番号\nb1,雪国,9784003101018,1\nb2,こころ,9784834000825,2\n'

describe('library import', () => {
  it('takes a list, tells what it could not, and writes it down', async () => {
    const done = await library('import', drop('list.csv', `${catalogue}b3,,,3\n`))
    expect(done).toMatchObject({
      code: 0,
      out: '3 件を読み、2 タイトルを受け取りました（新しい 2、変わった 0、除いた 0、受け取れない 1）。',
    })
    expect(done.err).toContain('list.csv:4:タイトル 受け取れません: タイトルがありません。')
    expect((await library('status')).out).toContain('蔵書 2 タイトル')
    expect(await acts()).toEqual([
      { act: 'library-imported', subject: 'file', detail: '2 added, 0 changed, 0 deleted' },
    ])
  })

  it.each([
    ['an empty file', ''],
    ['no list at all', '<html><body>503</body></html>'],
    ['a table of something else', '名称,住所\n図書館,東4条\n'],
  ])('of %s keeps what there was, with words', async (_, text) => {
    await library('import', drop('list.csv', catalogue))
    const done = await library('import', drop('wrong.csv', text))
    expect(done).toMatchObject({ code: 1, out: '' })
    expect(done.err).toContain('受け取れる書誌がありません。いまの蔵書はそのままです。')
    expect((await library('status')).out).toContain('蔵書 2 タイトル')
  })

  it('of half a list stops, until it is really meant or called a part', async () => {
    const rows = Array.from({ length: 100 }, (_, no) => `n${no},題${no}`)
    await library('import', drop('list.csv', ['書誌番号,タイトル', ...rows].join('\n')))
    const half = drop('half.csv', ['書誌番号,タイトル', ...rows.slice(0, 60)].join('\n'))
    expect(await library('import', half)).toMatchObject({
      code: 1,
      err: expect.stringContaining('100 タイトルのうち 40'),
    })
    expect(await library('import', half, '--part')).toMatchObject({ code: 0 })
    expect((await library('status')).out).toContain('蔵書 100 タイトル')
    expect(await library('import', half, '--really')).toMatchObject({ code: 0 })
    expect((await library('status')).out).toContain('蔵書 60 タイトル')
  })

  it('takes columns by the names that it is told', async () => {
    const file = drop('list.csv', '番号,本の名\n7,雪国\n')
    expect((await library('import', file)).code).toBe(1)
    const named = await library('import', file, '--column', 'タイトル=本の名', '--column', '書誌番号=番号')
    expect(named).toMatchObject({ code: 0, out: expect.stringContaining('1 タイトルを受け取りました') })
    expect((await library('import', file, '--column', '本の題=本の名')).err).toContain(
      '--column は「タイトル=列の名前」',
    )
  })

  it('of a file that is not there says so, and an unknown word tells the known ones', async () => {
    expect(await library('import', at('nowhere.csv'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('がありません'),
    })
    expect(await library('burn')).toMatchObject({ code: 2, err: expect.stringContaining('library import FILE') })
  })
})

describe('library harvest', () => {
  it('over OAI-PMH takes what is there, then what changed, and writes both down', async () => {
    const oai = await oaiServer(
      [
        { id: 'x:1', title: '雪国', day: '2026-11-01' },
        { id: 'x:2', title: 'こころ', day: '2026-11-25' },
      ],
      '2026-11-20',
    )
    servers.push(oai)
    oai.be('broken-record')
    const first = await library('harvest', oai.address)
    expect(first).toMatchObject({ code: 0, out: expect.stringContaining('1 タイトルを受け取りました（新しい 1') })
    expect(first.err).toContain('x:1 受け取れません: レコードが途中で切れています。')
    expect(await library('harvest', oai.address)).toMatchObject({ code: 0, out: expect.stringContaining('変わった 0') })
    expect(oai.asked.at(-1)).toContain('from=2026-11-20')
    expect((await acts()).map(({ act, detail }) => [act, detail])).toEqual([
      ['library-imported', '1 added, 0 changed, 0 deleted'],
      ['library-imported', '0 added, 0 changed, 0 deleted'],
    ])
  })

  it('over SRU takes the whole list of a query, beside what other sources have, and of half a list nothing', async () => {
    const records = Array.from({ length: 60 }, (_, no) => marcRecord(`m${no}`, `題${no}`))
    await library('import', drop('list.csv', catalogue))
    const sru = await sruServer(records)
    servers.push(sru)
    expect(await library('harvest', sru.address, '--query', 'ndc=9')).toMatchObject({
      code: 0,
      err: `  60 タイトル\n${sixtyWithout}`,
    })
    expect((await library('status')).out).toContain('蔵書 62 タイトル')
    const less = await sruServer(records.slice(0, 20))
    servers.push(less)
    expect(await library('harvest', less.address, '--query', 'ndc=9')).toMatchObject({
      code: 1,
      err: expect.stringContaining('60 タイトルのうち 40'),
    })
    expect((await acts()).at(-1)).toMatchObject({ act: 'library-import-refused', subject: 'sru' })
    expect((await library('harvest', less.address, '--query', 'ndc=9', '--really')).code).toBe(0)
    expect((await library('status')).out).toContain('蔵書 22 タイトル')
    less.be('bad-query')
    expect(await library('harvest', less.address, '--query', '=')).toMatchObject({
      code: 1,
      err: '検索式（--query）の書き方がちがいます（10 Query syntax error）。いまの蔵書はそのままです。',
    })
  })
})

describe('library status', () => {
  it('tells what there is, what became of the last list, and where loans come from', async () => {
    expect((await library('status')).out).toBe(
      '蔵書 0 タイトル（まだ受け取っていません）\n貸出の状態: 受け取っていません',
    )
    await library('import', drop('list.csv', '<html>503</html>'))
    await library('loans', at('loans.csv'))
    const { out } = await library('status')
    expect(out).toMatch(/最後に渡された一覧: .*list\.csv 受け取れる書誌がありません。/)
    expect(out).toContain('貸出の状態: 一覧のファイル 貸出の一覧のファイルが開けません。')
  })
})

describe('library build', () => {
  it('writes the search files once there is a catalogue', async () => {
    expect(await library('build')).toEqual({ code: 1, out: '蔵書がまだありません。', err: '' })
    await library('import', drop('list.csv', catalogue))
    expect(await library('build')).toMatchObject({ code: 0, out: expect.stringContaining('検索ファイル 1') })
    expect(JSON.parse(readFileSync(at('data/library/journal.json'), 'utf8'))).toMatchObject({ format: segmentFormat })
  })
})

describe('library loans', () => {
  async function statesAtKiosk() {
    const kiosk = await enrolledAt(town)
    const answer = await kiosk.post('/api/v1/kiosk/library/status', { ids: ['b1', 'b2'] })
    const { titles, asOfMs } = answer.json() as { asOfMs: number | null; titles: { id: string; state: string }[] }
    return { known: asOfMs !== null, states: titles.map(({ id, state }) => `${id} ${state}`).sort() }
  }
  beforeEach(async () => {
    await library('import', drop('list.csv', catalogue))
  })

  it('koha: a kiosk is told what Koha says of what is on its screen', async () => {
    const koha = await kohaServer({ 1: { title: '10', onLoan: '2026-12-01' }, 2: { title: '11' } })
    servers.push(koha)
    const set = await library('loans', 'koha', koha.address)
    expect(set).toMatchObject({ code: 0, err: '', out: expect.stringContaining('2 タイトルの状態がわかりました') })
    expect(await statesAtKiosk()).toEqual({ known: true, states: ['b1 out', 'b2 in'] })
    expect((await acts()).at(-1)).toMatchObject({ act: 'library-loans-set', subject: 'koha' })
  })

  it('koha that knows none of the numbers: that is said', async () => {
    const koha = await kohaServer({ 77: { title: '10' } })
    servers.push(koha)
    expect(await library('loans', 'koha', koha.address)).toMatchObject({
      code: 0,
      out: expect.stringContaining('0 タイトルの状態がわかりました'),
      err: expect.stringContaining('itemnumber（952 $9）ではない'),
    })
  })

  it('koha that is away: the setting is kept, and visitors read nothing of loans', async () => {
    const koha = await kohaServer({})
    servers.push(koha)
    koha.be('html')
    const set = await library('loans', 'koha', koha.address)
    expect(set).toMatchObject({ code: 0, err: expect.stringContaining('ILS-DI ではありません') })
    expect(await statesAtKiosk()).toEqual({ known: false, states: [] })
  })

  it('calil: its key is kept where only this user reads it, and told to nobody', async () => {
    const calil = await calilServer({ 9784003101018: { 芽室: '貸出可' }, 9784834000825: { 芽室: '貸出中' } })
    servers.push(calil)
    const key = drop('key.txt', '\uFEFFsecretkey0123456789\r\n')
    const set = await library('loans', 'calil', 'Hokkaido_Memuro', '--key-file', key, '--address', calil.address)
    expect(set).toMatchObject({ code: 0, err: '' })
    expect(statSync(at('data/calil-key')).mode & 0o777).toBe(0o600)
    expect(await statesAtKiosk()).toEqual({ known: true, states: ['b1 in', 'b2 out'] })
    expect(calil.asked.at(-1)?.get('appkey')).toBe('secretkey0123456789')
    const { db } = town.hub.context
    const kept = await db.selectFrom('settings').selectAll().execute()
    const told = JSON.stringify([kept, await db.selectFrom('audit').selectAll().execute(), town.logged, set])
    expect(told).not.toContain('secretkey0123456789')
  })

  it('none: nothing is asked any more', async () => {
    const koha = await kohaServer({ 1: { title: '10' } })
    servers.push(koha)
    await library('loans', 'koha', koha.address)
    expect((await library('loans', 'none')).code).toBe(0)
    const before = koha.asked.length
    expect((await statesAtKiosk()).known).toBe(false)
    expect(koha.asked).toHaveLength(before)
  })

  it.each([
    [['koha'], 'アドレスは https://'],
    [['koha', 'ftp://koha.example'], 'アドレスは https://'],
    [['koha', 'https://admin:pass@koha.example/'], 'パスワードを書かないで'],
    [['koha', 'https://koha.example/ilsdi.pl?service=Describe'], '「?」'],
    [['https://koha.example/'], 'koha か calil と書きます'],
    [['calil'], 'システムIDは'],
    [['calil', 'd2c1f0a9b8e7d6c5f4a3b2c1d0e9f8a7'], 'アプリケーションキーのようです'],
    [['calil', 'Hokkaido_Memuro'], '--key-file で渡してください'],
    [['calil', 'Hokkaido_Memuro', '--key-file', 'nowhere.txt'], 'がありません'],
    [['loans.csv', '--due-dates'], '--due-dates は'],
    [['koha', 'https://koha.example/', '--key-file', 'x'], '--key-file は'],
  ])('%j is refused in words, and nothing is kept', async (args, words) => {
    expect(await library('loans', ...args)).toMatchObject({ code: 2, err: expect.stringContaining(words), out: '' })
    expect((await acts()).map(({ act }) => act)).toEqual(['library-imported'])
  })

  it('a folder, or a file that holds no key, is refused in words', async () => {
    mkdirSync(at('drop'))
    expect((await library('loans', at('drop'))).err).toContain('フォルダーです')
    const wrong = drop('key.txt', 'これは鍵では\nありません')
    expect((await library('loans', 'calil', 'Hokkaido_Memuro', '--key-file', wrong)).err).toContain('英数字の1行')
  })
})
