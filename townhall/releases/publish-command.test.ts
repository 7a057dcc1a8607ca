import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
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
async function publish() {
  const out: string[] = []
  const err: string[] = []
  const code = await publishCommand.run(['--content', town], {
    say: (line) => void out.push(line),
    warn: (line) => void err.push(line),
    write: () => undefined,
    openHub: async () => hub.hub.parts,
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
