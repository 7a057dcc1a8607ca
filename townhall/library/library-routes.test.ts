import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LibraryOfHub } from '../../contract/library/hub-view.ts'
import { rememberContentDir } from '../content-dir.ts'
import { kohaServer } from '../testing/koha-server.ts'
import { type TestHub, testHub } from '../testing/test-hub.ts'
import { administratorAt, type Browser, browserAt, colleagueAt } from '../testing/test-staff.ts'
import { libraryCommand } from './library-command.ts'
import { lastReport } from './take-catalogue.ts'

let town: TestHub
let administrator: Browser
beforeEach(async () => {
  town = await testHub()
  administrator = await administratorAt(town)
})
afterEach(() => town.close())

const cookieOf = (browser: Browser) => [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
const send = (browser: Browser, text: string, query = '?name=list.csv', headers: Record<string, string> = {}) =>
  town.ask(`/upload/library${query}`, {
    raw: text,
    method: 'POST',
    headers: {
      ...{ cookie: cookieOf(browser), origin: town.hub.url, 'content-type': 'application/octet-stream' },
      ...headers,
    },
  })
const view = async (browser = administrator) => (await browser.get('/api/v1/library')).json() as LibraryOfHub
/** Once nothing is being read any more. */
async function settled(): Promise<LibraryOfHub> {
  await expect.poll(async () => town.hub.parts.catalogueJobs.idle()).toBe(true)
  return view()
}
const list = (...rows: string[]) => ['書誌番号,タイトル,資料番号', ...rows, ''].join('\n')
const uploads = () => readdirSync(join(town.dir, 'data', 'library-uploads'))

describe('the library in the console', () => {
  it('begins with nothing, and is for those who have to do with content', async () => {
    expect(await view()).toMatchObject({
      ...{ titles: 0, asOf: null, sources: [], running: null, last: null, watch: null, daily: [] },
      loans: { kind: 'none', toldAtMs: null, failure: null },
    })
    for (const [role, status] of [
      ['editor', 200],
      ['approver', 200],
      ['desk', 403],
    ] as const)
      expect((await (await colleagueAt(town, administrator, role)).get('/api/v1/library')).status).toBe(status)
    expect((await browserAt(town).get('/api/v1/library')).status).toBe(401)
  })

  it('takes a list from the browser, tells each bad row, and writes down who gave it', async () => {
    const editor = await colleagueAt(town, administrator, 'editor')
    expect((await send(editor, list('1,雪国,10', '2,,11', '3,門,12'), '?name=%E8%94%B5%E6%9B%B8.csv')).status).toBe(202)
    expect(await settled()).toMatchObject({
      titles: 2,
      last: {
        ...{ actor: 'editor@town.example', from: '蔵書.csv', refusal: null, titles: 2, refused: 1, added: 2 },
        notices: [{ line: 3, column: 'タイトル', severity: 'refused', reason: 'タイトルがありません。' }],
      },
    })
    const acts = await town.hub.context.db.selectFrom('audit').select(['actor', 'act']).execute()
    expect(acts).toContainEqual({ actor: 'editor@town.example', act: 'library-imported' })
    await expect.poll(uploads).toEqual([])
  })

  it('tells words for 館 and 保管場所 that the town’s folder does not know, in the report and as long as they are there', async () => {
    const folder = join(town.dir, 'town')
    mkdirSync(join(folder, 'library'), { recursive: true })
    writeFileSync(join(folder, 'library', 'branches.csv'), '館,名称\n本館,本館\n')
    writeFileSync(join(folder, 'library', 'shelves.csv'), '棚,館,名称\n文学,本館,文学\n')
    await rememberContentDir(town.hub.context, folder)
    const rows = ['1,雪国,10,本館,文学', '2,こころ,11,分館,文学', '3,門,12,分館,書庫']
    const places = (...some: string[]) => ['書誌番号,タイトル,資料番号,館,保管場所', ...some, ''].join('\n')
    await send(administrator, places(...rows))
    const taken = await settled()
    expect(taken.unknownPlaces).toEqual({
      all: 2,
      first: [
        { column: '館', value: '分館', copies: 2, example: 'こころ' },
        { column: '保管場所', value: '書庫', copies: 1, example: '門' },
      ],
    })
    expect(taken.last?.notices).toMatchObject([
      { column: '館', value: '分館', severity: 'note', reason: expect.stringMatching(/branches\.csv にない.*2 冊/) },
      {
        column: '保管場所',
        value: '書庫',
        severity: 'note',
        reason: expect.stringMatching(/shelves\.csv にない.*「門」/),
      },
    ])
    writeFileSync(join(folder, 'library', 'branches.csv'), '館,名称\n本館,本館\n分館,分館\n')
    expect((await view()).unknownPlaces.first.map(({ value }) => value)).toEqual(['書庫'])
    await send(administrator, places(...rows.slice(0, 2)), '?name=list.csv&really=1')
    expect((await settled()).unknownPlaces).toEqual({ all: 0, first: [] })
  })

  it('a list that was taken is not forgotten by a hub that ends meanwhile: the next one takes it up', async () => {
    const dataDir = join(town.dir, 'data')
    expect((await send(administrator, list('1,雪国,10'), '?name=kept.csv')).status).toBe(202)
    expect(town.hub.parts.catalogueJobs.idle()).toBe(false)
    await town.hub.close()
    const next = await testHub({ dataDir })
    await expect.poll(() => next.hub.parts.catalogueJobs.idle()).toBe(true)
    expect(await lastReport(next.hub.context)).toMatchObject({ from: 'kept.csv', refusal: null, titles: 1, added: 1 })
    await expect.poll(uploads).toEqual([])
    await next.close()
  })

  it('a list over which the hub ended twice is told to have come to no end', async () => {
    const dataDir = join(town.dir, 'data')
    await send(administrator, list('1,雪国,10'), '?name=kept.csv')
    await town.hub.close()
    const second = await testHub({ dataDir })
    expect(second.hub.parts.catalogueJobs.idle()).toBe(false)
    await second.close()
    const third = await testHub({ dataDir })
    await expect
      .poll(() => lastReport(third.hub.context))
      .toMatchObject({
        ...{
          from: 'kept.csv',
          actor: expect.stringContaining('@'),
          titles: 0,
          refusal: expect.stringContaining('2度止まりました'),
        },
      })
    expect(uploads()).toEqual([])
    await third.close()
  })

  it('of half a list takes nothing and says so, until it is meant', async () => {
    await send(administrator, list(...Array.from({ length: 60 }, (_, no) => `n${no},題${no},${no}`)))
    await settled()
    const half = list('n1,題1,1')
    await send(administrator, half)
    expect((await settled()).last?.refusal).toContain('60 タイトルのうち 59')
    await send(administrator, half, '?name=list.csv&part=1')
    expect((await settled()).titles).toBe(60)
    await send(administrator, half, '?name=list.csv&really=1')
    expect((await settled()).titles).toBe(1)
  })

  it.each([
    ['nothing', '', '?name=list.csv', 400, 'ファイルが空です。'],
    ['a file without a name', 'x', '', 400, 'ファイルの名前が読めません。'],
  ] as const)('refuses %s in words', async (_, text, query, status, message) => {
    const answer = await send(administrator, text, query)
    expect(answer.status).toBe(status)
    expect(answer.json()).toMatchObject({ message })
    expect(uploads()).toEqual([])
  })

  it('takes nothing from whom it is not for, nor from a page of another site', async () => {
    const approver = await colleagueAt(town, administrator, 'approver')
    expect((await send(approver, list('1,雪国,10'))).status).toBe(403)
    expect((await send(browserAt(town), list('1,雪国,10'))).status).toBe(401)
    const foreign = await send(administrator, list('1,雪国,10'), '?name=a.csv', { origin: 'https://elsewhere.example' })
    expect(foreign.status).toBe(403)
    expect((await settled()).last).toBeNull()
  })

  it('of two lists at the same instant takes one, and refuses the other in words', async () => {
    const [hostname, port] = [new URL(town.hub.url).hostname, Number(new URL(town.hub.url).port)]
    const body = list('1,雪国,10')
    const head = [
      ...['POST /upload/library?name=slow.csv HTTP/1.1', `host: ${hostname}:${port}`, `origin: ${town.hub.url}`],
      ...[`cookie: ${cookieOf(administrator)}`, 'content-type: application/octet-stream', 'connection: close'],
      `content-length: ${Buffer.byteLength(body)}`,
    ]
    // Both were let in while nothing was being read: the slow one is still on its way when the other is whole.
    const slow = connect(port, hostname)
    let answer = ''
    slow.setEncoding('utf8').on('data', (text: string) => {
      answer += text
    })
    slow.write(`${head.join('\r\n')}\r\n\r\n${body.slice(0, 10)}`)
    await expect.poll(uploads).toHaveLength(1)
    expect((await send(administrator, list('2,門,12'), '?name=quick.csv')).status).toBe(202)
    expect(town.hub.parts.catalogueJobs.idle()).toBe(false)
    slow.write(body.slice(10))
    await expect.poll(() => answer).toContain('ほかの蔵書を受け取っているところです。')
    expect(answer).toMatch(/^HTTP\/1\.1 409/)
    expect(await settled()).toMatchObject({ titles: 1, last: { from: 'quick.csv' } })
    await expect.poll(uploads).toEqual([])
  })

  it('of a file that breaks off on its way nothing stays', async () => {
    const { hostname, port } = new URL(town.hub.url)
    const line = connect(Number(port), hostname)
    const head = [
      ...['POST /upload/library?name=list.csv HTTP/1.1', `host: ${hostname}:${port}`, `origin: ${town.hub.url}`],
      ...[`cookie: ${cookieOf(administrator)}`, 'content-type: application/octet-stream', 'content-length: 100000'],
    ]
    line.write(`${head.join('\r\n')}\r\n\r\n${list('1,雪国,10')}`)
    await expect.poll(uploads).toHaveLength(1)
    line.destroy()
    await expect.poll(uploads).toEqual([])
    expect((await settled()).last).toBeNull()
  })

  it('tells where loan status comes from, how old it is, and what is wrong with it', async () => {
    const loans = async () => (await view()).loans
    const io = {
      say: () => undefined,
      warn: () => undefined,
      write: () => undefined,
      abortOn: () => new AbortController().signal,
    }
    const library = (...args: string[]) => libraryCommand.run(args, { ...io, openHub: async () => town.hub.parts })
    const file = join(town.dir, 'loans.csv')
    await library('loans', file)
    expect(await loans()).toMatchObject({
      kind: 'file',
      toldAtMs: null,
      failure: { reason: expect.stringContaining('開けません') },
    })
    writeFileSync(file, '資料番号,状態\n10,貸出中\n')
    // Written by the town's clock: the machine's has gone on by as much as these tests took.
    const writtenMs = town.clock.nowMs()
    utimesSync(file, new Date(writtenMs), new Date(writtenMs))
    town.clock.pass(60_000)
    expect(await loans()).toEqual({ kind: 'file', toldAtMs: writtenMs, failure: null })
    const koha = await kohaServer({})
    await library('loans', 'koha', koha.address)
    await koha.close()
    expect(await loans()).toEqual({ kind: 'koha', toldAtMs: null, failure: null })
    expect(existsSync(file)).toBe(true)
  })
})
