import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { LibraryContent } from '../../contract/menus/library.ts'
import { type PlayedSearch, playedSearch } from '../../electron/kiosk/testing/played-search.ts'
import { playedClock, quickTiming, type TestKiosk, testKiosk } from '../../electron/kiosk/testing/test-kiosk.ts'
import { buildSegment } from '../../townhall/library/segment/build-segment.ts'
import { writeRelease0 } from '../../townhall/releases/release0.ts'
import { asking, titled } from '../library/library-bench.ts'

let folder: string
let played: PlayedSearch
let one: TestKiosk
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'library-counting-'))
  const file = join(folder, 'base.library')
  await buildSegment({ records: ['ねこ', 'いぬ'].map(titled), gone: [], file })
  const bytes = readFileSync(file)
  const content: LibraryContent = {
    name: { ja: '図書館' },
    branches: [{ id: 'main', name: { ja: '本館' } }],
    shelves: [],
    plans: [],
    segments: [{ blob: createHash('sha256').update(bytes).digest('hex'), records: 2 }],
    reserve: null,
    covers: {},
    asOf: '2026-01-01',
  }
  const release0Dir = join(folder, 'release0')
  const files = { 'content.json': Buffer.from(JSON.stringify(content)), 'base.library': bytes }
  await writeRelease0(
    Object.entries(files).map(([path, bytes]) => ({ menu: 'library', path, bytes })),
    release0Dir,
  )
  played = playedSearch()
  one = await testKiosk({
    dataDir: join(folder, 'data'),
    release0Dir,
    clock: playedClock({ wallMs: Date.UTC(2026, 10, 24, 3) }),
    startSearchWorker: played.startWorker,
    // The screen hears of what changes, and not of the hour besides, however long it takes.
    timing: { ...quickTiming, deviceStateMs: 3_600_000 },
  })
})
afterEach(async () => {
  played.release('opening')
  played.release('searching')
  await one.kiosk.stop()
  rmSync(folder, { recursive: true, force: true })
})

const recorded = { state: 'recorded' }
const search = (text: string) => one.screen.library.search({ ...asking(text), from: 0, most: 20 })

// The thread stands in the middle of its work until it is let go: whatever is answered before, was answered meanwhile.
it('accesses are counted while a catalogue is being opened, and while one is searched', async () => {
  played.hold('opening')
  one.kiosk.start()
  await expect.poll(() => played.reached('opening')).toBe(1)
  expect(await one.touch('library')).toEqual(recorded)
  expect(await one.touch('map')).toEqual(recorded)
  expect(one.kiosk.status().lastSequence).toBe(2)
  expect(await one.screen.library.view()).toMatchObject({ ready: false })
  await expect(search('ねこ')).rejects.toMatchObject({ code: 'not-ready' })
  await expect(one.screen.library.status({ ids: ['id-ねこ'] })).rejects.toMatchObject({ code: 'not-ready' })

  played.release('opening')
  await expect.poll(async () => (await one.screen.library.view()).ready).toBe(true)
  played.hold('searching')
  const slow = search('held')
  await expect.poll(() => played.reached('searching')).toBe(1)
  expect(await one.touch('library')).toEqual(recorded)
  expect(one.kiosk.status().lastSequence).toBe(3)
  played.release('searching')
  expect(await slow).toMatchObject({ total: 0 })
  expect(await search('ねこ')).toMatchObject({ total: 1 })
  expect(one.codes()).not.toContain('library-failed')
})

it('the screen is told when it is ready', async () => {
  played.hold('opening')
  const leaving = new AbortController()
  const states = await one.screen.device.watch(undefined, { signal: leaving.signal })
  await states.next()
  one.kiosk.start()
  await expect.poll(() => played.reached('opening')).toBe(1)
  played.release('opening')
  await states.next()
  expect(await one.screen.library.view()).toMatchObject({ ready: true, titles: 2 })
  leaving.abort()
})

it('a thread that dies takes nothing with it: the kiosk counts, and says so once', async () => {
  one.kiosk.start()
  await expect.poll(async () => (await one.screen.library.view()).ready).toBe(true)
  await expect(search('exits')).rejects.toMatchObject({ code: 'not-ready' })
  expect(await one.touch('library')).toEqual(recorded)
  expect(one.codes().filter((code) => code === 'library-failed')).toHaveLength(1)
})
