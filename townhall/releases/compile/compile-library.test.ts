import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LibraryContent, libraryContentSchema } from '../../../contract/menus/library.ts'
import { buildSegment } from '../../library/segment/build-segment.ts'
import { type CompiledTown, compileTown } from './compile-town.ts'

let dir: string
let town: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'compile-library-'))
  town = join(dir, 'town')
  write('tourism/tourism.csv', 'ID,名称,説明\nS1,芽室公園,広い公園です。\n')
  write('tourism/event.csv', 'ID,イベント名,開始日,説明\nE1,氷灯夜,2026-02-14,氷のあかり\n')
  write('attract/attract.csv', 'ID,文,画像\n')
  write('library/settings.csv', '項目,値\n図書館の名前,町の図書館\n')
  write('library/branches.csv', '館,名称\n本館,本館\n')
  write('library/plans.csv', '図,館,名称,画像\n1階,本館,1階,floor.svg\n')
  write(
    'library/floor.svg',
    '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="400"><rect width="800" height="400"/></svg>',
  )
  write('library/shelves.csv', '棚,館,名称,図,位置\n文学,本館,文学,1階,"10,10 50,10 50,50"\n')
  write('library/catalogue.csv', catalogue('1,雪国,9784003101018,本館,文学', '2,こころ,,本館,文学'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(town, path)), { recursive: true })
  writeFileSync(join(town, path), content)
}
const catalogue = (...rows: string[]) => ['書誌番号,タイトル,ISBN,館,保管場所', ...rows, ''].join('\n')
const compile = (more: Partial<Parameters<typeof compileTown>[0]> = {}) =>
  compileTown({ contentDir: town, cacheDir: join(dir, 'cache'), ...more })
const said = ({ problems }: CompiledTown) =>
  problems
    .filter(({ file }) => file.includes('library'))
    .map(({ file, line, column, value, severity }) => [
      file.replace(/^[^/]*\/library\//, ''),
      line,
      column,
      value,
      severity,
    ])
const inMenu = ({ files }: CompiledTown) => files.filter(({ menu }) => menu === 'library').map(({ path }) => path)
function contentOf({ files }: CompiledTown): LibraryContent {
  const file = files.find(({ menu, path }) => menu === 'library' && path === 'content.json')
  return libraryContentSchema.parse(file && 'bytes' in file ? JSON.parse(Buffer.from(file.bytes).toString()) : null)
}
const picture = (kind: 'png' | 'jpeg' | 'webp', widthPx: number) =>
  sharp({ create: { width: widthPx, height: 300, channels: 3, background: '#3a7' } })
    .toFormat(kind)
    .toBuffer()

describe('図書検索 of a release', () => {
  it('holds the places, the plan and the catalogue as a search file, and the same again is the same', async () => {
    const first = await compile()
    expect(said(first)).toEqual([])
    expect(contentOf(first)).toMatchObject({
      name: { ja: '町の図書館' },
      branches: [{ id: '本館' }],
      plans: [{ id: '1階', branch: '本館' }],
      shelves: [{ id: '文学', branch: '本館', plan: '1階' }],
      segments: [{ records: 2 }],
      covers: {},
    })
    expect(inMenu(first)).toContain('catalogue/0.library')
    expect(contentOf(await compile())).toEqual(contentOf(first))
  })

  it('has no such menu without the folder, and is refused when the places cannot be read', async () => {
    write('library/branches.csv', '館,名称\n')
    const refused = await compile()
    expect(refused.refused).toBe(true)
    expect(said(refused)).toContainEqual(['branches.csv', null, null, null, 'refused'])
    rmSync(join(town, 'library'), { recursive: true })
    const without = await compile()
    expect([without.refused, inMenu(without)]).toEqual([false, []])
  })

  it.each([
    ['is not there', null],
    ['holds no title', catalogue('1,,,本館,文学')],
    ['is no list', '<html>503</html>'],
  ])('is refused when its list %s', async (_, text) => {
    if (text === null) rmSync(join(town, 'library/catalogue.csv'))
    else write('library/catalogue.csv', text)
    const compiled = await compile()
    expect(compiled.refused).toBe(true)
    expect(said(compiled)).toContainEqual(['catalogue.csv', null, null, null, 'refused'])
  })

  it('tells words for 館 and 保管場所 that no table knows once, with the first row that has them', async () => {
    write(
      'library/catalogue.csv',
      catalogue('1,雪国,,本館,文学', '2,こころ,,分館,文学', '3,門,,本館,書庫', '4,道草,,分館,書庫', '5,,,どこか,文学'),
    )
    const compiled = await compile()
    expect(compiled.refused).toBe(false)
    expect(said(compiled)).toEqual([
      ['catalogue.csv', 6, 'タイトル', null, 'refused'],
      ['catalogue.csv', 3, '館', '分館', 'note'],
      ['catalogue.csv', 4, '保管場所', '書庫', 'note'],
    ])
    expect(compiled.problems.find(({ value }) => value === '分館')?.reason).toBe(
      'branches.csv にないので、この名前のまま出します。同じ名前の行は、全部で 2 行あります。',
    )
  })

  it('takes a GeoJSON in the place of a picture: its shelves with their names, drawn on what becomes a picture', async () => {
    const ring = [
      ...[
        [0, 0],
        [40, 0],
        [40, 20],
        [0, 20],
      ],
      [0, 0],
    ]
    const shelf = (棚: string, 名称_ベトナム語?: string) => ({
      ...{ type: 'Feature', properties: { 棚, 名称_ベトナム語 } },
      geometry: { type: 'Polygon', coordinates: [ring.map(([x = 0, y = 0]) => [x / 4 + 2, y / 4 + 2])] },
    })
    const hall = {
      type: 'Feature',
      properties: { 種類: '部屋', 名称: '閲覧室', 'name:en': 'Reading room' },
      geometry: { type: 'Polygon', coordinates: [ring] },
    }
    const features = [hall, shelf('文学', 'Văn học'), shelf('雑誌'), { ...shelf('絵本'), geometry: { type: 'Point' } }]
    write('library/plans.csv', '図,館,名称,画像\n1階,本館,1階,floor.geojson\n2階,本館,2階,none.geojson\n')
    write('library/floor.geojson', JSON.stringify({ type: 'FeatureCollection', features }))
    write('library/shelves.csv', '棚,館,名称,図,位置\n文学,本館,小説と詩,,\n')
    const compiled = await compile()
    expect(compiled.refused).toBe(false)
    expect(said(compiled)).toEqual([
      ['floor.geojson', null, '4件目「絵本」', null, 'refused'],
      ['plans.csv', 3, '画像', 'none.geojson', 'refused'],
    ])
    const content = contentOf(compiled)
    expect(content.plans).toMatchObject([{ id: '1階', labelled: true, picture: { widthPx: 1920, heightPx: 960 } }])
    expect(content.plans[0]?.rooms).toEqual([
      {
        name: { ja: '閲覧室', en: 'Reading room' },
        from: [expect.closeTo(0, 1), expect.closeTo(0, 1)],
        to: [expect.closeTo(1, 1), expect.closeTo(1, 1)],
      },
    ])
    expect(content.shelves.map(({ id, name, plan, outline }) => [id, name, plan, outline.length])).toEqual([
      ['文学', { ja: '小説と詩', vi: 'Văn học' }, '1階', 4],
      ['雑誌', { ja: '雑誌' }, '1階', 4],
    ])
    const [plan] = content.plans
    expect(compiled.files.filter((file) => 'bytes' in file && file.path === 'pictures/floor.webp')).toHaveLength(1)
    expect(plan?.picture.blob).toMatch(/^[0-9a-f]{64}$/)
  })

  it('keeps the pictures of two plans apart whose names are the same in plain letters', async () => {
    write('library/plans.csv', '図,館,名称,画像,棚の名前\n1階,本館,1階,一階.png,\n2階,本館,2階,二階.png,○\n')
    write('library/一階.png', await picture('png', 640))
    write('library/二階.png', await picture('png', 700))
    const compiled = await compile()
    const { plans } = contentOf(compiled)
    expect(plans.map(({ labelled }) => labelled ?? false)).toEqual([false, true])
    const shipped = compiled.files.flatMap((file) =>
      'bytes' in file ? [createHash('sha256').update(file.bytes).digest('hex')] : [],
    )
    for (const { picture: shown } of plans)
      expect(shipped).toEqual(expect.arrayContaining([shown.blob, shown.thumbnail]))
  })

  it('has the names of shelves in six languages', async () => {
    write(
      'library/shelves.csv',
      '棚,館,名称,名称_英語,名称_中国語（簡体字）,名称_繁体字,名称_韓国語,名称_ベトナム語\n文学,本館,文学,Literature,文学,文學,문학,Văn học\n',
    )
    expect(contentOf(await compile()).shelves[0]?.name).toEqual({
      ...{ ja: '文学', en: 'Literature', 'zh-Hans': '文学', 'zh-Hant': '文學', ko: '문학', vi: 'Văn học' },
    })
  })

  it('takes the catalogue of the hub where there is one, and looks at the folder’s list no more', async () => {
    write('library/catalogue.csv', '<html>503</html>')
    const file = join(dir, 'base-1.library')
    const record = {
      ...{ id: 'h', kind: 'book' as const, title: 'ハブの本', authors: [], series: [], subjects: [] },
      ...{ aboutTown: false, loans: 0, holdings: [] },
    }
    await buildSegment({ records: [record], gone: [], file })
    const compiled = await compile({ catalogue: { segments: [{ file, records: 1 }], asOf: '2026-11-27' } })
    expect(compiled.refused).toBe(false)
    expect(contentOf(compiled)).toMatchObject({ asOf: '2026-11-27', segments: [{ records: 1 }] })
    // Read once: whoever stores it need not find out its name again.
    const [segment] = contentOf(compiled).segments
    expect(compiled.files.find(({ path }) => path === 'catalogue/0.library')).toMatchObject({
      file,
      sha256: segment?.blob,
    })
  })
})

describe('covers', () => {
  const [isbn, other] = ['9784003101018', '9784834000825']

  it('come as WebP, whatever they were, small ones as they are; of two of a book the WebP', async () => {
    write(`library/covers/${isbn}.webp`, await picture('webp', 200))
    write(`library/covers/${isbn}.jpg`, await picture('jpeg', 200))
    write('library/covers/4834000826.PNG', await picture('png', 900))
    const compiled = await compile()
    expect(said(compiled)).toEqual([['covers', null, null, `${isbn}.jpg`, 'note']])
    expect(Object.keys(contentOf(compiled).covers).sort()).toEqual([isbn, other])
    const covers = compiled.files.filter(({ path }) => path.startsWith('covers/'))
    expect(covers.map(({ path }) => path).sort()).toEqual([`covers/${isbn}.webp`, `covers/${other}.webp`])
    for (const cover of covers) {
      const { format, width } = await sharp('file' in cover ? readFileSync(cover.file) : cover.bytes).metadata()
      expect([format, width]).toEqual(['webp', cover.path.includes(isbn) ? 200 : 480])
    }
    expect(contentOf(await compile()).covers).toEqual(contentOf(compiled).covers)
  })

  it('that are no pictures, or whose name is no ISBN, are told and left out; the release goes on', async () => {
    write(`library/covers/${isbn}.png`, 'これは絵ではありません')
    write(`library/covers/${other}.webp`, await picture('png', 200))
    write('library/covers/雪国.jpg', await picture('jpeg', 200))
    write('library/covers/.DS_Store', 'x')
    write('library/covers/readme.txt', 'x')
    const compiled = await compile()
    expect(compiled.refused).toBe(false)
    expect(said(compiled).map(([, , , value, severity]) => [value, severity])).toEqual([
      [`${other}.webp`, 'refused'],
      ['雪国.jpg', 'note'],
      [`${isbn}.png`, 'refused'],
    ])
    expect(contentOf(compiled).covers).toEqual({})
  })
})

describe('the address for reserving', () => {
  const lines = (compiled: CompiledTown) =>
    compiled.problems
      .filter(({ file }) => file.endsWith('library/settings.csv'))
      .map(({ line, severity, reason }) => [line, severity, reason])
  const reserve = async (address: string, { more = '', sites = '' }: { more?: string; sites?: string } = {}) => {
    write('library/settings.csv', `項目,値\n図書館の名前,町の図書館\n予約のアドレス,${address}\n${more}`)
    if (sites !== '') {
      write('internet/sites.csv', `種類,ホスト,パス,暗号なし\nページ,town.example,,\n${sites}`)
      write('internet/settings.csv', '項目,値\n')
      write('internet/tiles.csv', '名称,絵,URL\n町,町,https://town.example/\n')
    }
    const compiled = await compile()
    return {
      lines: lines(compiled),
      refused: compiled.refused,
      reserve: compiled.refused ? null : contentOf(compiled).reserve,
    }
  }

  it.each([
    ['https://lib.example/r?id={id}', 'ページ,lib.example,/r,'],
    ['https://lib.example/titles/{isbn}', 'ページ,*.lib.example,,'],
  ])('%s opens on the kiosk where the list has it', async (address, sites) => {
    expect(await reserve(address, { sites })).toEqual({ lines: [], refused: false, reserve: { address, inWeb: true } })
  })

  it.each([
    [
      'https://lib.example/r?id={id}',
      'ページ,other.example,,',
      '種類「ページ」、ホスト「lib.example」の行を足してください。',
    ],
    [
      'https://lib.example/r?id={id}',
      '部品,lib.example,,',
      '種類「ページ」、ホスト「lib.example」の行を足してください。',
    ],
    ['https://lib.example/r?id={id}', 'ページ,lib.example,/top,', 'その行の「パス」に「/r」を足してください。'],
    [
      'https://lib.example/titles/{id}/new',
      'ページ,lib.example,/top,',
      'その行の「パス」に「/titles/」を足してください。',
    ],
    ['https://lib.example/book-{id}', 'ページ,lib.example,/top,', 'その行の「パス」に「/」を足してください。'],
    ['https://lib.example/r?id={id}', '禁止,lib.example,,', '「禁止」にしたサイトです'],
    ['https://127.0.0.1/{id}', 'ページ,lib.example,,', '番号（IPアドレス）'],
    ['https://lib.example:8443/{id}', 'ページ,lib.example,,', 'ポート'],
  ])('%s with “%s” is told, and the QR code stays', async (address, sites, why) => {
    const found = await reserve(address, { sites })
    expect(found.lines).toEqual([[3, 'note', expect.stringContaining(why)]])
    expect(found.reserve).toEqual({ address, inWeb: false })
  })

  it('nothing is said where the town does not want it, or has no 体験インターネット', async () => {
    const address = 'https://lib.example/r?id={id}'
    const qrAlone = { lines: [], refused: false, reserve: { address, inWeb: false } }
    expect(await reserve(address)).toEqual(qrAlone)
    expect(await reserve(address, { more: '端末で予約,する\n' })).toMatchObject({
      lines: [[3, 'note', expect.any(String)]],
    })
    const sites = 'ページ,other.example,,'
    expect(await reserve(address, { more: '端末で予約,しない\n', sites })).toEqual(qrAlone)
    expect(await reserve(address, { more: '端末で予約,しない\n', sites: 'ページ,lib.example,,' })).toEqual(qrAlone)
  })

  it.each([
    ['javascript:alert({id})', ''],
    ['http://lib.example/{id}', ''],
    ['https://lib.example/', ''],
    ['https://{id}.example/', ''],
    ['https://lib.example/{id}', '端末で予約,たぶん\n'],
  ])('%s %s is refused, and the release with it', async (address, more) => {
    expect(await reserve(address, { more })).toMatchObject({ refused: true })
  })
})
