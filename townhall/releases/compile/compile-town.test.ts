import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { internetContentSchema } from '../../../contract/menus/internet.ts'
import { tourismContentSchema } from '../../../contract/menus/tourism.ts'
import { type CompiledTown, compileTown } from './compile-town.ts'

const sample = join(import.meta.dirname, '..', '..', '..', 'content')
let dir: string
let town: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'compile-'))
  town = join(dir, 'town')
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const compile = (contentDir = town) => compileTown({ contentDir, cacheDir: join(dir, 'cache') })
const contentOf = (compiled: CompiledTown, menu: string): unknown => {
  const file = compiled.files.find((one) => one.menu === menu && one.path === 'content.json')
  return file && 'bytes' in file ? JSON.parse(Buffer.from(file.bytes).toString()) : null
}
const tourismOf = (compiled: CompiledTown) => tourismContentSchema.parse(contentOf(compiled, 'tourism'))
const internetOf = (compiled: CompiledTown) => internetContentSchema.nullable().parse(contentOf(compiled, 'internet'))
const said = (compiled: CompiledTown) =>
  compiled.problems.map((one) => [one.file, one.line, one.column, one.severity, one.reason])
const write = (path: string, text: string | Uint8Array) => {
  mkdirSync(join(town, path, '..'), { recursive: true })
  writeFileSync(join(town, path), text)
}
const picture = (widthPx: number) =>
  sharp({ create: { width: widthPx, height: 480, channels: 3, background: '#3a7' } })
    .png()
    .toBuffer()

/** A small town without a mistake. */
async function smallTown(): Promise<void> {
  write('tourism/tourism.csv', 'ID,名称,説明,画像\nS1,芽室公園,広い公園です。,park.png\n')
  write('tourism/event.csv', 'ID,イベント名,開始日,説明\nE1,氷灯夜,2026-02-14,氷のあかり\n')
  write('attract/attract.csv', 'ID,文,画像\na,雪の町,snow.png\n')
  write('tourism/pictures/park.png', await picture(800))
  write('attract/snow.png', await picture(800))
}

describe('the sample town', () => {
  it('compiles without a word to say, and twice to the same bytes', async () => {
    const first = await compile(sample)
    expect(first.problems).toEqual([])
    expect(first.refused).toBe(false)
    const { sights, events } = tourismOf(first)
    expect(sights.length).toBeGreaterThanOrEqual(20)
    expect(sights.every((sight) => sight.name.en !== undefined && sight.pictures.length > 0)).toBe(true)
    const internet = internetOf(first)
    expect(internet?.tiles.length).toBeGreaterThanOrEqual(8)
    expect(internet?.tiles.every((tile) => tile.name.en !== undefined && tile.hint?.en !== undefined)).toBe(true)
    expect(internet?.policy.pages.some((page) => page.plain)).toBe(false)
    expect(new Set(events.map((event) => event.recurrence === null)).size).toBeGreaterThan(0)

    cpSync(sample, town, { recursive: true })
    const again = await compile()
    expect(again.files).toEqual(first.files)
  })
})

describe('a town with mistakes', () => {
  it('hears of all of them at once, with file, line and column, and keeps what is good', async () => {
    await smallTown()
    write(
      'tourism/tourism.csv',
      [
        'ID,名称,説明,画像,緯度,経度',
        'S1,芽室公園,広い公園です。,park.png,143.04556,42.91949',
        'S2,,名前がない,,,',
        'S3,池,青い,none.png,,',
        'S4,川,長い,../../secret.png,,',
        'S5,山,高い,broken.png,,',
        'S6,丘,低い,small.png,,',
        'S7,森,深い,huge.png,,',
        'S8,沢,細い,notes.txt,,',
        '',
      ].join('\n'),
    )
    write('tourism/event.csv', 'ID,イベント名,開始日,説明\nE1,氷灯夜,2026-02-30,氷のあかり\n')
    write('tourism/pictures/broken.png', 'これは絵ではありません')
    write('tourism/pictures/notes.txt', 'x')
    write('tourism/pictures/small.png', await picture(100))
    write('tourism/pictures/huge.png', '')
    truncateSync(join(town, 'tourism/pictures/huge.png'), 200 * 1024 * 1024)
    write('secret.png', await picture(800))

    const compiled = await compile()
    expect(compiled.refused).toBe(false)
    expect(tourismOf(compiled).sights.map((sight) => [sight.id, sight.pictures.length])).toEqual([
      ['S1', 1],
      ['S3', 0],
      ['S4', 0],
      ['S5', 0],
      ['S6', 0],
      ['S7', 0],
      ['S8', 0],
    ])
    const sights = 'town/tourism/tourism.csv'
    expect(said(compiled)).toEqual([
      [sights, 2, '緯度', 'repaired', '緯度と経度が逆だったので、入れかえました。'],
      [sights, 3, '名称', 'refused', '「名称」がありません。'],
      [sights, 4, '画像', 'refused', '画像のファイルがありません。'],
      [sights, 5, '画像', 'refused', '画像は pictures フォルダーの中のものを書いてください。'],
      [sights, 6, '画像', 'refused', '画像として読めません。ファイルがこわれているか、画像ではありません。'],
      [sights, 7, '画像', 'refused', expect.stringContaining('小さすぎます（幅 100 ピクセル）')],
      [sights, 8, '画像', 'refused', '画像が大きすぎます（200 MB）。30 MB までです。'],
      [sights, 9, '画像', 'refused', '画像は PNG・JPEG・WebP・SVG のどれかにしてください。'],
      ['town/tourism/event.csv', 2, '開始日', 'refused', 'カレンダーにない日付です。'],
    ])
  })

  it.each<[string, () => void, string]>([
    ['a table that is not there', () => rmSync(join(town, 'tourism/event.csv')), 'ファイルがありません。'],
    ['a table that is empty', () => write('tourism/event.csv', ''), 'ファイルが空です。'],
    ['an Excel file under the name of a CSV', () => write('tourism/event.csv', 'PK\x03\x04'), 'Excel'],
    ['a letter instead of a table', () => write('tourism/event.csv', 'こんにちは。\n'), '見出しの行が見つかりません'],
    [
      'no sight that could be shown',
      () => write('tourism/tourism.csv', 'ID,名称,説明\nS1,,なし\n'),
      '載せられる見どころが一つもありません。',
    ],
  ])('%s stops the release', async (_, spoil, reason) => {
    await smallTown()
    spoil()
    const compiled = await compile()
    expect(compiled.refused).toBe(true)
    expect(compiled.problems.map((one) => one.reason).join(' ')).toContain(reason)
  })
})

describe('体験インターネット', () => {
  const tileCsv = 'town/internet/tiles.csv'
  const siteCsv = 'town/internet/sites.csv'
  const settingCsv = 'town/internet/settings.csv'
  beforeEach(async () => {
    await smallTown()
    write('internet/tiles.csv', 'ID,名称,URL\nt,町,https://town.example/\nb,バス,https://bus.example/bus/time?a=1\n')
    write('internet/sites.csv', '種類,ホスト,パス\nページ,town.example,\nページ,bus.example,/bus\n部品,cdn.example,\n')
    write('internet/settings.csv', '項目,値\n利用時間（分）,20\n')
  })
  const tilesOf = (compiled: CompiledTown) => internetOf(compiled)?.tiles.map((tile) => tile.id)

  it('is compiled: tiles, policy and turn', async () => {
    const compiled = await compile()
    expect(said(compiled)).toEqual([])
    expect(internetOf(compiled)).toMatchObject({
      tiles: [{ id: 't' }, { id: 'b', url: 'https://bus.example/bus/time?a=1' }],
      policy: { mode: 'listed', parts: ['cdn.example'], denied: [], filter: null },
      turn: { limitMs: 1_200_000 },
    })
  })

  it('a town without the folder has no such menu, and no mistake', async () => {
    rmSync(join(town, 'internet'), { recursive: true })
    const compiled = await compile()
    expect([compiled.refused, said(compiled), internetOf(compiled)]).toEqual([false, [], null])
  })

  it('a tile that leads where the policy does not is left out, with what is to be written', async () => {
    write(
      'internet/tiles.csv',
      [
        'ID,名称,URL',
        't,町,https://town.example/',
        'p,別のページ,https://bus.example/news/',
        's,別のサイト,https://www.town.example/',
        'h,暗号なし,http://town.example/',
        'd,禁止のサイト,https://x.translate.goog/',
        'n,番号,https://192.168.1.1/',
        'o,ポート,https://town.example:8443/',
      ].join('\n'),
    )
    write(
      'internet/sites.csv',
      '種類,ホスト,パス\nページ,town.example,\nページ,bus.example,/bus\n禁止,*.translate.goog,\n',
    )
    const compiled = await compile()
    expect(compiled.refused).toBe(false)
    expect(tilesOf(compiled)).toEqual(['t'])
    const shut = (line: number, words: string) => [tileCsv, line, 'URL', 'refused', expect.stringContaining(words)]
    expect(said(compiled)).toEqual([
      shut(
        3,
        'タイル「別のページ」は載せませんでした。sites.csv のホスト「bus.example」の行で許していないページです。',
      ),
      shut(4, '種類「ページ」、ホスト「www.town.example」の行を足してください。'),
      shut(5, 'https に変えるか、'),
      shut(6, '「禁止」にしたサイトです'),
      shut(7, '番号（IPアドレス）'),
      shut(8, 'ポート'),
    ])
    expect(compiled.problems[0]).toMatchObject({ value: 'https://bus.example/news/' })
    expect(said(compiled)[0]?.[4]).toContain('「パス」に「/news/」を足してください。')
  })

  it('one mistake in the policy refuses the whole release, and every mistake of all three tables is told', async () => {
    write('internet/tiles.csv', 'ID,名称,URL\nt,町,https://town.example/\nb,,https://bus.example/\n')
    write('internet/sites.csv', '種類,ホスト\nページ,town.example\nページ,*\nページ,10.0.0.1\n')
    write('internet/settings.csv', '項目,値\n利用時間（分）,長め\n')
    const compiled = await compile()
    expect(compiled.refused).toBe(true)
    expect(internetOf(compiled)).toBeNull()
    const whole = expect.stringContaining('前に公開したきまりがそのまま残ります。')
    expect(said(compiled).map(([file, line, column]) => [file, line, column])).toEqual([
      [siteCsv, 3, 'ホスト'],
      [siteCsv, 4, 'ホスト'],
      [settingCsv, 2, '値'],
      [siteCsv, null, null],
      [settingCsv, null, null],
      [tileCsv, 3, '名称'],
    ])
    expect(said(compiled).filter(([, line]) => line === null)).toEqual([
      [siteCsv, null, null, 'refused', whole],
      [settingCsv, null, null, 'refused', whole],
    ])
  })

  it.each<[string, () => void, string]>([
    ['no sites', () => rmSync(join(town, 'internet/sites.csv')), 'ファイルがありません。'],
    ['no settings', () => rmSync(join(town, 'internet/settings.csv')), 'ファイルがありません。'],
    ['no tiles', () => rmSync(join(town, 'internet/tiles.csv')), 'ファイルがありません。'],
    ['a letter for the sites', () => write('internet/sites.csv', 'よろしくお願いします。\n'), '見出しの行'],
    [
      'no tile that opens',
      () => write('internet/tiles.csv', '名称,URL\n町,https://else.example/\n'),
      '載せられるタイルが一つもありません。',
    ],
  ])('%s stops the release', async (_, spoil, reason) => {
    spoil()
    const compiled = await compile()
    expect(compiled.refused).toBe(true)
    expect(compiled.problems.map((one) => one.reason)).toContainEqual(expect.stringContaining(reason))
  })
})

describe('a picture', () => {
  it('is WebP in two sizes without what the camera wrote into it, and a drawing brings no script', async () => {
    await smallTown()
    const photo = await sharp(await picture(3_000))
      .jpeg()
      .withExif({ IFD0: { Artist: 'Hanako', Copyright: 'secret place' } })
      .toBuffer()
    write('tourism/pictures/park.png', photo)
    write(
      'attract/snow.png',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="800" height="400"><script>alert(1)</script></svg>'),
    )
    const compiled = await compile()
    expect(said(compiled)).toEqual([])
    const [sight] = tourismOf(compiled).sights
    expect(sight?.pictures[0]).toMatchObject({ widthPx: 1_600, heightPx: 256, alt: { ja: '芽室公園' } })
    for (const file of compiled.files.filter((one) => one.path.endsWith('.webp'))) {
      const bytes = Buffer.from('bytes' in file ? (file.bytes ?? '') : readFileSync(file.file))
      expect((await sharp(bytes).metadata()).format).toBe('webp')
      expect(bytes.toString('latin1')).not.toMatch(/Hanako|script/)
    }
  })
})
