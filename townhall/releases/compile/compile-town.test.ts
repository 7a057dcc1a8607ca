import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
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
const tourismOf = (compiled: CompiledTown) => {
  const file = compiled.files.find((one) => one.menu === 'tourism' && one.path === 'content.json')
  return tourismContentSchema.parse(JSON.parse(file && 'bytes' in file ? Buffer.from(file.bytes ?? '').toString() : ''))
}
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
