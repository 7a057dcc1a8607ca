import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rememberContentDir } from '../content-dir.ts'
import { createCatalogueRepository } from '../library/catalogue-repository.ts'
import { libraryCommand } from '../library/library-command.ts'
import { type TestHub, testHub } from '../testing/test-hub.ts'
import { publishCommand } from './publish-command.ts'
import { releasesDir } from './release-store.ts'

let hub: TestHub
let town: string
beforeEach(async () => {
  hub = await testHub()
  town = mkdtempSync(join(tmpdir(), 'town-'))
  write('tourism/tourism.csv', 'ID,名称,説明\nS1,芽室公園,広い公園です。\n')
  write('tourism/event.csv', 'ID,イベント名,開始日,説明\nE1,氷灯夜,2026-02-14,氷のあかり\n')
  write('attract/attract.csv', 'ID,文,画像\n')
  write('internet/tiles.csv', 'ID,名称,URL\nt,町,https://town.example/\nb,バス,https://bus.example/bus\n')
  write('internet/sites.csv', '種類,ホスト,パス\nページ,town.example,\nページ,bus.example,/bus\n')
  write('internet/settings.csv', '項目,値\n')
})
afterEach(async () => {
  await hub.close()
  rmSync(town, { recursive: true, force: true })
})

function write(path: string, text: string): void {
  mkdirSync(dirname(join(town, path)), { recursive: true })
  writeFileSync(join(town, path), text)
}
async function publish(args = ['--content', town]) {
  const out: string[] = []
  const err: string[] = []
  const code = await publishCommand.run(args, {
    say: (line) => void out.push(line),
    warn: (line) => void err.push(line),
    write: () => undefined,
    openHub: async () => hub.hub.parts,
    abortOn: () => new AbortController().signal,
  })
  return { code, out: out.join('\n'), err: err.join('\n') }
}
/** All that kiosks fetch, by name and content. */
const onTheHub = () => {
  const dir = releasesDir(hub.hub.context.dataDir)
  return readdirSync(dir, { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .filter((entry) => entry.isFile())
    .map((entry) => [join(entry.parentPath, entry.name), readFileSync(join(entry.parentPath, entry.name), 'base64')])
    .sort()
}

it('a mistake in the policy is told with every other, and the release before stays as it was', async () => {
  expect(await publish()).toMatchObject({ code: 0, err: '' })
  const before = onTheHub()

  write(
    'internet/sites.csv',
    '種類,ホスト,パス\nページ,town.example,\nページ,*,\n部品,localhost,\nページ,bus.example,/b?x=1\n',
  )
  write('tourism/tourism.csv', 'ID,名称,説明\nS1,芽室公園,広い公園です。\nS2,新しい池,青い\n')
  const refused = await publish()
  expect(refused.code).toBe(1)
  expect(refused.err.split('\n').map((line) => line.replace(/^[^/]*\//, '').replace(/ 受け取れません.*/, ''))).toEqual([
    'internet/sites.csv:3:ホスト',
    'internet/sites.csv:4:ホスト',
    'internet/sites.csv:5:パス',
    'internet/sites.csv',
    'この内容では公開できません。いまの公開内容はそのままです。',
  ])
  expect(onTheHub()).toEqual(before)
  expect(await hub.hub.parts.releases.latestNumber()).toBe(1)
})

it('a tile that the policy no longer lets through is said, and the rest is published', async () => {
  await publish()
  write('internet/sites.csv', '種類,ホスト\nページ,town.example\n')
  const published = await publish()
  expect(published).toMatchObject({ code: 0, out: expect.stringContaining('受け取れなかった行が 1 行あります。') })
  expect(published.err).toMatch(
    /internet\/tiles\.csv:3:URL 受け取れません: タイル「バス」は載せませんでした。.*種類「ページ」、ホスト「bus\.example」の行を足してください。（「https:\/\/bus\.example\/bus」）$/,
  )
  expect(await hub.hub.parts.releases.latestNumber()).toBe(2)
})

describe('with the hub’s own catalogue', () => {
  const context = () => hub.hub.context
  const io = {
    say: () => undefined,
    warn: () => undefined,
    write: () => undefined,
    abortOn: () => new AbortController().signal,
  }
  const library = (...args: string[]) => libraryCommand.run(args, { ...io, openHub: async () => hub.hub.parts })
  const importTitles = (loans: number) =>
    createCatalogueRepository(context().db).import({
      ...{ source: 'file', gone: [], whole: true, asOf: '2026-11-27' },
      records: Array.from({ length: 1_500 }, (_, at) => ({
        ...{
          id: `n${at}`,
          kind: 'book',
          title: `題${at}`,
          authors: [],
          series: [],
          subjects: [],
          aboutTown: false,
          loans,
        },
        holdings: [],
      })),
    })
  const files = () => readdirSync(join(context().dataDir, 'library')).sort()
  beforeEach(async () => {
    write('library/settings.csv', '項目,値\n図書館の名前,町の図書館\n')
    write('library/branches.csv', '館,名称\n本館,本館\n')
    await importTitles(0)
  })

  it('two publishes, a build and an import at the same time do each other no harm', async () => {
    const [first, second, built, imported] = await Promise.all([
      publish(),
      publish(),
      library('build'),
      importTitles(1),
    ])
    expect([first, second]).toMatchObject([
      { code: 0, err: '' },
      { code: 0, err: '' },
    ])
    expect([built, imported]).toMatchObject([0, { changed: 1_500 }])
    expect(await publish()).toMatchObject({ code: 0, err: '' })
    expect(files()).toEqual(['base-2.library', 'journal.json'])
  })

  it('words for places that the folder does not know are told once more', async () => {
    await createCatalogueRepository(context().db).import({
      ...{ source: 'other', gone: [], whole: true, asOf: '2026-11-27' },
      records: [
        {
          ...{
            id: 'o',
            kind: 'book',
            title: '雪国',
            authors: [],
            series: [],
            subjects: [],
            aboutTown: false,
            loans: 0,
          },
          holdings: [{ item: null, branch: '分館', shelf: null, callNumber: null, readingRoomOnly: false }],
        },
      ],
    })
    expect(await publish()).toMatchObject({
      code: 0,
      err: '蔵書:館 お知らせ: branches.csv にないので、この名前のまま出します。1 冊あります、たとえば「雪国」。（「分館」）',
    })
  })

  it('what a build left that was cut off is cleared; what cannot be is told, and the release is out', async () => {
    await publish()
    const dir = join(context().dataDir, 'library')
    writeFileSync(join(dir, 'base-9.library.spool'), 'x')
    mkdirSync(join(dir, 'base-0.library'))
    await importTitles(1)
    const published = await publish()
    expect(published).toMatchObject({
      code: 0,
      out: expect.stringContaining('第2版を公開しました'),
      err: expect.stringMatching(
        /^公開はできています。いらなくなった古いファイル 1 個は消せませんでした（.*base-0\.library/,
      ),
    })
    expect(files()).toEqual(['base-0.library', 'base-2.library', 'journal.json'])
    expect(hub.logged).toContainEqual(expect.objectContaining({ msg: 'publish: old files stay', files: 1 }))
    rmSync(join(dir, 'base-0.library'), { recursive: true })
    writeFileSync(join(dir, 'base-0.library'), 'x')
    expect(await publish()).toMatchObject({ code: 0, err: '' })
    expect(files()).toEqual(['base-2.library', 'journal.json'])
  })
})

it('takes the folder that the console writes into where none is named, and says when another is', async () => {
  await rememberContentDir(hub.hub.context, town)
  const own = await publish([])
  expect(own).toMatchObject({ code: 0, err: '', out: expect.stringContaining(`${town} を読んでいます`) })
  await rememberContentDir(hub.hub.context, join(town, 'elsewhere'))
  const other = await publish()
  expect(other).toMatchObject({ code: 0, err: expect.stringContaining('管理画面で描いた棚は') })
  await expect(publish([])).rejects.toMatchObject({ message: expect.stringContaining('がありません') })
})
