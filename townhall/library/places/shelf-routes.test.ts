import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SavedShelf, ShelfChange, ShelfCodes, ShelfDesk } from '../../../contract/library/shelf-desk.ts'
import { createCatalogueRepository } from '../../library/catalogue-repository.ts'
import { type TestHub, testHub } from '../../testing/test-hub.ts'
import { administratorAt, type Browser, browserAt, colleagueAt } from '../../testing/test-staff.ts'

let town: TestHub
let content: string
let administrator: Browser
beforeEach(async () => {
  content = mkdtempSync(join(tmpdir(), 'shelf-desk-'))
  town = await testHub({ contentDir: content })
  write('library/branches.csv', '館,名称\n本館,本館\n')
  write('library/plans.csv', '図,館,名称,画像\n1階,本館,1階,floor.svg\n')
  write(
    'library/floor.svg',
    '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="400"><rect width="800" height="400"/></svg>',
  )
  write('library/shelves.csv', '棚,館,名称,図,位置,メモ\n文学,本館,文学,1階,"10,10 50,10 50,50",窓のそば\n')
  administrator = await administratorAt(town)
})
afterEach(async () => {
  await town.close()
  rmSync(content, { recursive: true, force: true })
})

const address = '/api/v1/library/shelves'
function write(path: string, text: string): void {
  mkdirSync(dirname(join(content, path)), { recursive: true })
  writeFileSync(join(content, path), text)
}
const table = () => readFileSync(join(content, 'library/shelves.csv'), 'utf8').replace('\uFEFF', '').split('\r\n')
const desk = async (browser = administrator) => (await browser.get(address)).json() as ShelfDesk
const shelf = (id: string, more: Partial<SavedShelf> = {}): SavedShelf => ({
  ...{ id, branch: '本館', name: { ja: id }, plan: '1階', ...more },
  outline: more.outline ?? [
    [0.6, 0.6],
    [0.9, 0.6],
    [0.9, 0.9],
  ],
})
async function save(change: Partial<ShelfChange>, browser = administrator) {
  const { revision } = await desk()
  return browser.post(address, { revision, put: [], remove: [], ...change })
}
const acts = async () =>
  (await town.hub.context.db.selectFrom('audit').select(['actor', 'act', 'subject', 'detail']).execute()).filter(
    ({ act }) => act === 'library-shelves-saved',
  )

describe('the desk of shelves', () => {
  it('shows the folder: branches, plans with their pictures, shelves, and what could not be read', async () => {
    write('library/plans.csv', '図,館,名称,画像\n1階,本館,1階,floor.svg\n2階,本館,2階,none.png\n')
    const seen = await desk()
    expect(seen).toMatchObject({
      closed: null,
      branches: [{ id: '本館' }],
      plans: [{ id: '1階', widthPx: 1600, heightPx: 800, file: 'floor.svg' }],
      shelves: [{ id: '文学', plan: '1階', from: 'table', given: null }],
      problems: [{ file: 'library/plans.csv', line: 3, severity: 'refused', reason: '画像のファイルがありません。' }],
    })
    const picture = await administrator.get(seen.plans[0]?.address ?? '')
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/webp'])
    expect(Buffer.from(picture.bytes.subarray(8, 12)).toString()).toBe('WEBP')
    expect((await administrator.get('/plan-picture/library?plan=9')).status).toBe(404)
    expect((await administrator.get('/plan-picture/library')).status).toBe(404)
  })

  it('writes a drawn shelf into shelves.csv, keeps the rest of it, and writes down who did it', async () => {
    const editor = await colleagueAt(town, administrator, 'editor')
    const added = shelf('絵本', { name: { ja: '絵本', en: 'Picture books', vi: 'Truyện tranh' } })
    const answer = await save({ put: [added] }, editor)
    expect(answer.status).toBe(200)
    expect(table()).toEqual([
      '棚,館,名称,図,位置,メモ,名称_英語,名称_ベトナム語',
      '文学,本館,文学,1階,"10,10 50,10 50,50",窓のそば,,',
      '絵本,本館,絵本,1階,"60,60 90,60 90,90",,Picture books,Truyện tranh',
      '',
    ])
    const seen = await desk()
    expect(seen.revision).toBe((answer.json() as { revision: string }).revision)
    expect(seen.shelves[1]).toEqual({ ...added, from: 'table', given: null })
    expect(await acts()).toEqual([
      {
        ...{ actor: 'editor@town.example', act: 'library-shelves-saved', subject: 'shelves.csv' },
        detail: '1 put, 0 removed: 絵本',
      },
    ])
    expect(readdirSync(join(content, 'library')).sort()).toEqual([
      ...['branches.csv', 'floor.svg', 'plans.csv', 'shelves.csv'],
    ])
  })

  it('begins shelves.csv where there is none, and takes rows away', async () => {
    rmSync(join(content, 'library/shelves.csv'))
    expect((await save({ put: [shelf('雑誌'), shelf('絵本', { plan: null, outline: [] })] })).status).toBe(200)
    expect((await save({ remove: ['雑誌'] })).status).toBe(200)
    expect(table().slice(1)).toEqual(['絵本,本館,絵本,,,', ''])
  })

  it('of two who saved what they saw at the same time the second is told, and nothing of the first is lost', async () => {
    const seen = await desk()
    const editor = await colleagueAt(town, administrator, 'editor')
    const [one, other] = [shelf('雑誌'), shelf('絵本')]
    const answers = await Promise.all([
      administrator.post(address, { revision: seen.revision, put: [one], remove: [] }),
      editor.post(address, { revision: seen.revision, put: [other], remove: ['文学'] }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const refused = answers.find(({ status }) => status === 409)
    expect(refused?.json()).toMatchObject({ code: 'CHANGED_MEANWHILE', message: 'ほかの人が先に棚を変えました。' })
    expect((await desk()).shelves).toHaveLength(refused === answers[1] ? 2 : 1)
    expect(await acts()).toHaveLength(1)
  })

  it('a colleague who wrote the file in Excel is noticed as well', async () => {
    const { revision } = await desk()
    write('library/shelves.csv', '棚,館\n文学,本館\n雑誌,本館\n')
    expect((await administrator.post(address, { revision, put: [], remove: ['文学'] })).status).toBe(409)
    expect(table()[0]).toContain('雑誌')
  })

  it.each([
    ['another branch', { put: [shelf('絵本', { branch: '分館' })] }, 'branches.csv にありません'],
    ['no such plan', { put: [shelf('絵本', { plan: '3階' })] }, 'この館の館内図ではありません'],
    ['one code twice', { put: [shelf('絵本'), shelf('絵本')] }, '2つあります'],
    ['put and taken away', { put: [shelf('文学')], remove: ['文学'] }, '消すものにも'],
    ['a name that says nothing', { put: [shelf('なし')] }, '何もない'],
  ] as const)('refuses %s in words, and the file stays', async (_, change, words) => {
    const before = table()
    const answer = await save({ put: [...change.put], ...('remove' in change ? { remove: [...change.remove] } : {}) })
    expect(answer.status).toBe(422)
    expect(answer.json()).toMatchObject({ message: expect.stringContaining(words) })
    expect(table()).toEqual(before)
    expect(await acts()).toEqual([])
  })

  it.each([
    [
      'two corners',
      shelf('絵本', {
        outline: [
          [0, 0],
          [1, 1],
        ],
      }),
    ],
    [
      'a corner outside',
      shelf('絵本', {
        outline: [
          [0, 0],
          [1, 1],
          [1.2, 0],
        ],
      }),
    ],
    ['a place on no plan', shelf('絵本', { plan: null })],
    ['a line break in a name', shelf('絵本', { name: { ja: '絵\n本' } })],
    ['no code', shelf('')],
    ['a code with a space behind it', shelf('絵本 ')],
  ])('takes nothing from a program that sends %s', async (_, bad) => {
    expect((await save({ put: [bad] })).status).toBe(400)
    expect(table().join('\n')).toBe('棚,館,名称,図,位置,メモ\n文学,本館,文学,1階,"10,10 50,10 50,50",窓のそば\n')
  })

  it('is for those who have to do with content; drawing for editors and administrators of this site alone', async () => {
    const { plans } = await desk()
    for (const [role, look, write] of [
      ['editor', 200, 200],
      ['approver', 200, 403],
      ['desk', 403, 403],
    ] as const) {
      const browser = await colleagueAt(town, administrator, role)
      for (const path of [address, '/api/v1/library/shelf-codes', `${address}/export`, plans[0]?.address ?? ''])
        expect([role, path, (await browser.get(path)).status]).toEqual([role, path, look])
      expect((await save({ put: [shelf('雑誌')] }, browser)).status).toBe(write)
    }
    const stranger = browserAt(town)
    expect((await save({ put: [shelf('絵本')] }, stranger)).status).toBe(401)
    for (const path of [address, plans[0]?.address ?? '']) expect((await stranger.get(path)).status).toBe(401)
    const { revision } = await desk()
    const foreign = { origin: 'https://elsewhere.example' }
    const change = { revision, put: [shelf('絵本')], remove: [] }
    expect((await administrator.post(address, change, foreign)).status).toBe(403)
    expect(table().join()).not.toContain('絵本')
  })

  it('says why nothing can be drawn: no folder, a table that cannot be read, a folder that takes no file', async () => {
    write('library/shelves.csv', '<html>503</html>')
    const seen = await desk()
    expect(seen.closed).toContain('読めない表がある')
    expect((await save({ put: [shelf('絵本')] })).status).toBe(422)
    expect(table()).toEqual(['<html>503</html>'])
    const without = await testHub()
    const other = await administratorAt(without)
    expect(await desk(other)).toMatchObject({ closed: expect.stringContaining('library'), revision: 'none', plans: [] })
    await without.close()
  })

  it.skipIf(process.getuid?.() === 0)('a folder that takes no file is told in words', async () => {
    const dir = join(content, 'library')
    chmodSync(dir, 0o500)
    const answer = await save({ put: [shelf('絵本')] })
    chmodSync(dir, 0o700)
    expect(answer.status).toBe(507)
    expect(answer.json()).toMatchObject({ message: expect.stringContaining('技術担当に知らせてください') })
  })

  it('a shelf of a GeoJSON plan that is moved goes into shelves.csv, and back when its row goes', async () => {
    const ring = (left: number, size: number) => [
      ...[
        [left, 0],
        [left + size, 0],
        [left + size, size],
        [left, size],
      ],
      [left, 0],
    ]
    const feature = (properties: object, coordinates: number[][]) => ({
      ...{ type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [coordinates] } },
    })
    const features = [feature({ 種類: '部屋' }, ring(0, 20)), feature({ 棚: '新聞', 名称: '新聞の棚' }, ring(2, 5))]
    write('library/plans.csv', '図,館,画像\n1階,本館,floor.geojson\n')
    write('library/floor.geojson', JSON.stringify({ type: 'FeatureCollection', features }))
    const newspapers = async () => (await desk()).shelves.find(({ id }) => id === '新聞')
    const before = await newspapers()
    expect(before).toMatchObject({ from: 'drawing', plan: '1階', name: { ja: '新聞の棚' } })
    await save({ put: [shelf('新聞')] })
    expect(await newspapers()).toMatchObject({ from: 'both', outline: shelf('').outline, given: before?.given })
    await save({ remove: ['新聞'] })
    expect(await newspapers()).toEqual(before)
  })

  it('gives the file out as it is, and reads one from elsewhere without saving it', async () => {
    const given = await administrator.get(`${address}/export`)
    expect(given.headers.get('content-type')).toContain('text/csv')
    expect(given.body).toContain('文学,本館,文学,1階')
    const form = new FormData()
    form.set('file', new File(['棚,図,位置\n雑誌,1階,"1,1 9,1 9,9"\n,,\n絵本,,\n,1階,\n'], '棚.csv'))
    const encoded = new Response(form)
    const answer = await town.ask(`${address}/read`, {
      raw: new Uint8Array(await encoded.arrayBuffer()),
      method: 'POST',
      headers: {
        ...{ 'content-type': encoded.headers.get('content-type') ?? '', origin: town.hub.url },
        cookie: [...administrator.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
    })
    expect(answer.json()).toMatchObject({
      shelves: [
        { id: '雑誌', branch: '本館', plan: '1階' },
        { id: '絵本', plan: null, outline: [] },
      ],
      problems: [{ file: '棚.csv', line: 5, column: '棚', severity: 'refused' }],
    })
    expect(table()[0]).not.toContain('雑誌')
  })
})

describe('the codes of the catalogue', () => {
  const codes = async () => (await administrator.get('/api/v1/library/shelf-codes')).json() as ShelfCodes
  it('are those of the folder’s list while the hub has none', async () => {
    expect(await codes()).toEqual({ counted: true, of: null, codes: [] })
    write(
      'library/catalogue.csv',
      '書誌番号,タイトル,館,保管場所\n1,雪国,本館,文学\n2,門,本館,文学\n3,ぐりとぐら,本館,絵本\n',
    )
    expect(await codes()).toEqual({
      ...{ counted: true, of: 'folder' },
      codes: [
        { code: '文学', titles: 2 },
        { code: '絵本', titles: 1 },
      ],
    })
  })

  it('are counted in the hub’s catalogue by titles, and anew when it has changed', async () => {
    const catalogue = createCatalogueRepository(town.hub.context.db)
    const holding = (shelf: string | null) => ({
      ...{ item: null, branch: '本館', shelf, callNumber: null, readingRoomOnly: false },
    })
    const record = (id: string, ...shelves: (string | null)[]) => ({
      ...{
        id,
        kind: 'book' as const,
        title: `題${id}`,
        authors: [],
        series: [],
        subjects: [],
        aboutTown: false,
        loans: 0,
      },
      holdings: shelves.map(holding),
    })
    const take = (...records: ReturnType<typeof record>[]) =>
      catalogue.import({ source: 'file', records, gone: [], whole: true, asOf: '2026-11-27' })
    await take(record('1', '文学', '文学'), record('2', '文学', '書庫'), record('3', null))
    await expect.poll(async () => (await codes()).counted).toBe(true)
    expect(await codes()).toMatchObject({
      of: 'hub',
      codes: [
        { code: '文学', titles: 2 },
        { code: '書庫', titles: 1 },
      ],
    })
    await take(record('1', '雑誌'))
    await expect.poll(async () => (await codes()).codes).toEqual([{ code: '雑誌', titles: 1 }])
    expect(existsSync(join(town.dir, 'data', 'shelves.lock'))).toBe(false)
  })
})
