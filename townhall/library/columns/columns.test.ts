import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LibraryOfHub } from '../../../contract/library/hub-view.ts'
import type { ListColumns } from '../../../contract/library/list-columns.ts'
import { type TestHub, testHub } from '../../testing/test-hub.ts'
import { administratorAt, type Browser, browserAt, colleagueAt } from '../../testing/test-staff.ts'
import { createCatalogueRepository } from '../catalogue-repository.ts'
import { libraryCommand } from '../library-command.ts'
import { judgeChoice } from './kept-columns.ts'

let town: TestHub
let administrator: Browser
let editor: Browser
const headings = ['№', '本の名', 'かいた人', '題名']
const strange = (...rows: string[]) => ['町立図書館の一覧,,,', headings.join(','), ...rows, ''].join('\r\n')
const file = strange('1,十勝の空,山田 花子,十勝のそら', '2,門,夏目 漱石,', '3,雪国,川端 康成,', '4,こころ,夏目 漱石,')
const choice = {
  headings,
  columns: [
    { field: 'id', column: '№' },
    { field: 'title', column: '本の名' },
    { field: 'authors', column: 'かいた人' },
  ],
}

const cookieOf = (browser: Browser) => [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
async function readColumns(bytes: string | Uint8Array<ArrayBuffer>, name = 'list.csv', browser = editor) {
  const body = new FormData()
  body.set('file', new File([bytes], name))
  const request = new Request('http://hub/', { method: 'POST', body })
  return town.ask('/api/v1/library/columns/read', {
    method: 'POST',
    raw: new Uint8Array(await request.arrayBuffer()),
    headers: {
      ...{ cookie: cookieOf(browser), origin: town.hub.url },
      'content-type': request.headers.get('content-type') ?? '',
    },
  })
}
const tableOf = async (bytes: string | Uint8Array<ArrayBuffer>) =>
  ((await readColumns(bytes)).json() as ListColumns).table
const columnsOf = (table: ListColumns['table']) =>
  Object.fromEntries(table?.fields.flatMap(({ field, column }) => (column === null ? [] : [[field, column]])) ?? [])
const keep = (of: unknown, browser = editor) => browser.post('/api/v1/library/columns', of)

async function handIn(text: string): Promise<LibraryOfHub> {
  const headers = { cookie: cookieOf(editor), origin: town.hub.url, 'content-type': 'application/octet-stream' }
  const answer = await town.ask('/upload/library?name=list.csv&really=1', { raw: text, method: 'POST', headers })
  expect(answer.status).toBe(202)
  await expect.poll(() => town.hub.parts.catalogueJobs.idle()).toBe(true)
  return (await editor.get('/api/v1/library')).json() as LibraryOfHub
}
async function titles(): Promise<{ id: string; title: string; authors: string[] }[]> {
  const catalogue = createCatalogueRepository(town.hub.context.db)
  const found = []
  for await (const { id, record } of catalogue.all(await catalogue.revision()))
    found.push({ id, title: record.title, authors: record.authors.map(({ name }) => name) })
  return found
}

describe('the columns of a list', () => {
  beforeEach(async () => {
    town = await testHub()
    administrator = await administratorAt(town)
    editor = await colleagueAt(town, administrator, 'editor')
  })
  afterEach(() => town.close())

  it('are told with the first three rows and our guess, whatever stands above them', async () => {
    expect(await tableOf(file)).toMatchObject({ headings, understood: false, rows: { length: 3 } })
    const known = await tableOf('書誌番号,書名,ﾀｲﾄﾙﾖﾐ,色\r\n1,門,モン,赤\r\n')
    expect(known).toMatchObject({ understood: true, rows: [['1', '門', 'モン', '赤']] })
    expect(columnsOf(known)).toEqual({ id: '書誌番号', title: '書名', titleReading: 'ﾀｲﾄﾙﾖﾐ' })
  })

  it('of no table are none, and a file of Excel is told in words', async () => {
    expect(await tableOf('<?xml version="1.0"?><collection/>')).toBeNull()
    const excel = await readColumns(new Uint8Array([0x50, 0x4b, 3, 4, 0]), 'list.xlsx')
    expect(excel.status).toBe(422)
    expect(excel.json()).toMatchObject({ message: expect.stringContaining('Excel のファイルです。') })
  })

  it('that were chosen are read so, this time and the next, and only those: a name of ours that means something else is left', async () => {
    expect((await handIn(strange('1,門,夏目 漱石,'))).last?.refusal).toContain('受け取れる書誌がありません。')
    expect((await keep(choice)).status).toBe(200)
    expect((await handIn(file)).last).toMatchObject({ refusal: null, titles: 4 })
    expect(await titles()).toContainEqual({ id: '1', title: '十勝の空', authors: ['山田 花子'] })
    const again = await tableOf(file)
    expect(again?.understood).toBe(true)
    expect(columnsOf(again)).toEqual({ id: '№', title: '本の名', authors: 'かいた人' })
    // Pasted together from two lists, and the second row of names is no book.
    expect((await handIn(file + strange('5,三四郎,夏目 漱石,').split('\r\n').slice(1).join('\r\n'))).titles).toBe(5)
    const acts = await town.hub.context.db.selectFrom('audit').select(['actor', 'act', 'detail']).execute()
    expect(acts).toContainEqual({
      ...{ actor: 'editor@town.example', act: 'library-columns-set' },
      detail: '書誌番号=№、タイトル=本の名、著者=かいた人',
    })
  })

  it('can be chosen anew, and another list is not touched by it', async () => {
    await keep(choice)
    const columns = choice.columns.map((one) => (one.field === 'title' ? { ...one, column: '題名' } : one))
    await keep({ headings, columns })
    await handIn(file)
    expect(await titles()).toEqual([{ id: '1', title: '十勝のそら', authors: ['山田 花子'] }])
    await handIn('書誌番号,題名\r\n9,草枕\r\n')
    expect(await titles()).toEqual([{ id: '9', title: '草枕', authors: [] }])
  })

  it('that are typed on the command line come before those that were chosen', async () => {
    await keep(choice)
    const list = join(town.dir, 'list.csv')
    writeFileSync(list, file)
    const io = { say: () => undefined, warn: () => undefined, write: () => undefined }
    const whole = { ...io, abortOn: () => new AbortController().signal, openHub: async () => town.hub.parts }
    expect(await libraryCommand.run(['import', list, '--column', '著者=かいた人'], whole)).toBe(0)
    expect((await titles()).map(({ title }) => title)).toEqual(['十勝のそら'])
  })

  it('are for those who hand lists in', async () => {
    const approver = await colleagueAt(town, administrator, 'approver')
    expect((await keep(choice, approver)).status).toBe(403)
    expect((await keep(choice, browserAt(town))).status).toBe(401)
    expect((await readColumns(file, 'list.csv', approver)).status).toBe(403)
    const refused = await keep({ ...choice, columns: choice.columns.slice(0, 1) })
    expect(refused.status).toBe(422)
    expect(refused.json()).toMatchObject({ message: '「タイトル」の列を選んでください。' })
  })
})

const [id, title] = choice.columns
it.each([
  ['enough', [id, title], null],
  ['no title', [id], '「タイトル」の列を選んでください。'],
  ['a title alone', [title], 'もう1つ選んでください'],
  ['a column that is not there', [title, { field: 'id', column: '番号' }], '「番号」の列は、'],
  ['a field that we have not', [title, { field: 'color', column: '№' }], '「№」の列は、'],
  ['one field twice', [title, title, id], '同じ項目が2度'],
] as const)('a choice with %s is judged', (_, columns, words) => {
  const some = columns.flatMap((one) => (one === undefined ? [] : [one]))
  const judged = judgeChoice({ headings, columns: some })
  if (words === null) expect(judged).toBeNull()
  else expect(judged).toContain(words)
})
