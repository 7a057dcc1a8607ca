import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { InternetContent, InternetTarget } from '../../contract/menus/internet.ts'
import type { LibraryContent } from '../../contract/menus/library.ts'
import { type PlayedBrowser, playedBrowser } from '../../electron/kiosk/testing/played-browser.ts'
import { playedClock, type TestKiosk, testConfig, testKiosk } from '../../electron/kiosk/testing/test-kiosk.ts'
import { buildSegment } from '../../townhall/library/segment/build-segment.ts'
import { writeRelease0 } from '../../townhall/releases/release0.ts'
import { titled } from '../library/library-bench.ts'

/** A real kiosk with a real catalogue, through the door that the screen uses; only the browser for strange pages is played. */
let folder: string
let played: PlayedBrowser
let kiosks: TestKiosk[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reserve-'))
  played = playedBrowser('view')
  kiosks = []
})
afterEach(async () => {
  for (const one of kiosks) await one.kiosk.stop()
  rmSync(folder, { recursive: true, force: true })
})

const internet: InternetContent = {
  tiles: [{ id: 'town', name: { ja: '町' }, icon: 'town', url: 'https://town.example/' }],
  policy: {
    mode: 'listed',
    pages: [
      { host: 'town.example', paths: ['/'], plain: false },
      { host: 'lib.example', paths: ['/r'], plain: false },
    ],
    parts: [],
    denied: [],
    filter: null,
  },
  turn: { limitMs: 600_000, extensionMs: 300_000, warnBeforeMs: 60_000, restMs: 0 },
}
const allowed = 'https://lib.example/r?id={id}'

async function start(
  address: string | null,
  {
    inWeb = true,
    web = true,
    menus = testConfig.menus,
  }: { inWeb?: boolean; web?: boolean; menus?: typeof testConfig.menus } = {},
): Promise<TestKiosk> {
  const file = join(folder, 'base.library')
  await buildSegment({ records: ['ねこ', 'いぬ'].map(titled), gone: [], file })
  const bytes = readFileSync(file)
  const library: LibraryContent = {
    name: { ja: '図書館' },
    branches: [{ id: 'main', name: { ja: '本館' } }],
    shelves: [],
    plans: [],
    segments: [{ blob: createHash('sha256').update(bytes).digest('hex'), records: 2 }],
    reserve: address === null ? null : { address, inWeb },
    covers: {},
    asOf: '2026-01-01',
  }
  const json = (content: unknown) => Buffer.from(JSON.stringify(content))
  const release0Dir = join(folder, 'release0')
  await writeRelease0(
    [
      { menu: 'library', path: 'content.json', bytes: json(library) },
      { menu: 'library', path: 'base.library', bytes },
      { menu: 'internet', path: 'content.json', bytes: json(internet) },
    ],
    release0Dir,
  )
  const one = await testKiosk({
    dataDir: join(folder, 'data'),
    release0Dir,
    clock: playedClock({ wallMs: Date.UTC(2026, 10, 24, 3) }),
    config: { ...testConfig, menus },
    guardedBrowser: web ? played.browser : undefined,
  })
  kiosks.push(one)
  one.kiosk.start()
  return one
}
async function ready(one: TestKiosk): Promise<TestKiosk> {
  await expect.poll(async () => (await one.screen.library.view()).ready).toBe(true)
  return one
}
const begin = ({ screen }: TestKiosk, to: InternetTarget) =>
  screen.internet.begin({
    visitId: randomUUID(),
    to,
    place: { leftPx: 0, topPx: 0, widthPx: 1_000, heightPx: 1_000 },
    language: 'ja',
  })
const reserveOf = async ({ screen }: TestKiosk) => (await screen.library.title({ id: 'id-ねこ' })).reserve
async function onScreen({ screen }: TestKiosk) {
  for await (const state of await screen.internet.watch()) return state.kind
  return null
}
const nothing = async (one: TestKiosk) => {
  expect(played.sessions).toEqual([])
  expect(await onScreen(one)).toBe('closed')
}

it('the title’s id alone opens the library’s page for it, as one turn that leaves nothing, and counts no second access', async () => {
  const one = await ready(await start(allowed))
  const address = `https://lib.example/r?id=${encodeURIComponent('id-ねこ')}`
  expect(await reserveOf(one)).toEqual({ address, here: true })
  await one.touch('library')
  await begin(one, { title: 'id-ねこ' })
  await expect.poll(() => played.sessions.map(({ went }) => went)).toEqual([[address]])
  await expect.poll(() => onScreen(one)).toBe('open')
  await one.screen.internet.end()
  expect(played.sessions.map(({ ended }) => ended)).toEqual([true])
  expect(await onScreen(one)).toBe('closed')
  expect(one.kiosk.status().lastSequence).toBe(1)
  // Nothing that is kept says which book it was, or where.
  expect(JSON.stringify(one.logged)).not.toMatch(/lib\.example|ねこ/)
})

it('a title that does not exist opens nothing', async () => {
  const one = await ready(await start(allowed))
  await expect(begin(one, { title: 'id-とり' })).rejects.toMatchObject({ code: 'not-found' })
  await nothing(one)
})

it('an address is not taken from the screen, whatever it is called', async () => {
  const one = await ready(await start(allowed))
  const address = 'https://lib.example/r?id=1'
  const sent: unknown[] = [
    { url: address },
    { address },
    { title: 'id-ねこ', url: address },
    { title: 'id-ねこ', tile: 'town' },
    { title: '' },
    { title: { address } },
  ]
  for (const to of sent)
    await expect(begin(one, to as InternetTarget), JSON.stringify(to)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  for (const to of [{ title: address }, { tile: address }])
    await expect(begin(one, to)).rejects.toMatchObject({ code: 'not-found' })
  await nothing(one)
})

describe('of these a telephone may know the address, and the kiosk opens nothing', () => {
  it.each([
    ['a private address', 'https://192.168.0.1/r?id={id}', {}],
    ['this machine', 'https://localhost/r?id={id}', {}],
    ['a host that is not on the list', 'https://unlisted.example/r?id={id}', {}],
    ['a path that is not on the list', 'https://lib.example/staff?id={id}', {}],
    ['a title’s own host', 'https://{id}.example/', {}],
    ['a town that does not want it', allowed, { inWeb: false }],
    ['a kiosk without a browser for it', allowed, { web: false }],
    ['a facility without 体験インターネット', allowed, { menus: ['library' as const] }],
  ])('%s', async (_, address, options) => {
    const one = await ready(await start(address, options))
    expect((await reserveOf(one))?.here ?? false).toBe(false)
    await expect(begin(one, { title: 'id-ねこ' })).rejects.toMatchObject({ code: 'not-found' })
    await nothing(one)
  })
})

it('a release that names a script in place of an address is not shown at all', async () => {
  const one = await start('javascript:alert({id})')
  expect(one.codes()).toContain('release-refused')
  await expect(begin(one, { title: 'id-ねこ' })).rejects.toMatchObject({
    code: expect.stringMatching(/^not-(?:found|ready)$/),
  })
  await nothing(one)
})

it('where reservations are made at the counter there is no page', async () => {
  const one = await ready(await start(null))
  expect(await reserveOf(one)).toBeNull()
  await expect(begin(one, { title: 'id-ねこ' })).rejects.toMatchObject({ code: 'not-found' })
  await nothing(one)
})
