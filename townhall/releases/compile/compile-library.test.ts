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
