import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { realDisk } from '../../electron/kiosk/release/disk-calls.ts'
import type { ReleaseServiceOptions } from '../../electron/kiosk/release/release-service.ts'
import type { ReleaseFile } from '../../townhall/releases/release-file.ts'
import { noise } from './noise.ts'
import { startTown, type Town, townFiles } from './release-town.ts'

const parts = { partFromBytes: 30_000, partSyncBytes: 12_000 }
const large = noise(300_000, 7)
const hash = createHash('sha256').update(large).digest('hex')
const withLarge = (text: string): ReleaseFile[] => [
  ...townFiles(text),
  { menu: 'library', path: 'catalogue/0.library', bytes: large },
  { menu: 'library', path: 'content.json', bytes: Buffer.from('{}') },
]

let town: Town
beforeEach(async () => {
  town = await startTown()
  await town.release0('zero')
})
afterEach(() => town.close())

type Kiosk = Awaited<ReturnType<Town['kiosk']>>
const start = (name = 'a', options: Partial<ReleaseServiceOptions> = {}) => town.kiosk(name, { parts, ...options })
const partsOf = ({ dir }: Kiosk) => readdirSync(join(dir, 'releases', 'parts'))
const partFile = ({ dir }: Kiosk) => join(dir, 'releases', 'parts', hash)
const cameOfLarge = () => town.came.filter(({ name }) => name === `blobs/${hash}`)
const bytesOfLarge = () => cameOfLarge().reduce((sum, { bytes }) => sum + bytes, 0)

/** The line breaks in the middle of the large file, each time that it is asked for. */
function cutLargeAfter(cutAfterBytes: number): void {
  town.forge((name) => (name === `blobs/${hash}` ? { cutAfterBytes } : 'keep'))
}

function expectLarge(kiosk: Kiosk): void {
  const path = kiosk.service.pictureFile(hash)
  expect(path).not.toBeNull()
  expect(readFileSync(path ?? '').equals(large)).toBe(true)
  expect(partsOf(kiosk)).toEqual([])
}

it('a download that breaks off goes on where it stopped, as often as need be', async () => {
  await town.publish(withLarge('one'))
  const kiosk = await start()
  cutLargeAfter(110_000)
  expect(await kiosk.service.checkNow()).toBe('offline')
  expect(await kiosk.service.checkNow()).toBe('offline')
  expect(kiosk.told).toEqual([])
  expect(kiosk.text()).toBe('zero')
  town.forge(() => 'keep')
  expect(await kiosk.service.checkNow()).toBe('activated')
  expect(cameOfLarge()).toEqual([
    { name: `blobs/${hash}`, range: null, bytes: 110_000 },
    { name: `blobs/${hash}`, range: 'bytes=110000-299999', bytes: 110_000 },
    { name: `blobs/${hash}`, range: 'bytes=220000-299999', bytes: 80_000 },
  ])
  expectLarge(kiosk)
})

it('after a new start of the program it goes on from what was certainly on the disk, also while another release is on screen', async () => {
  await town.publish(townFiles('one'))
  const before = await start()
  expect(await before.service.checkNow()).toBe('activated')
  await town.publish(withLarge('two'))
  cutLargeAfter(150_000)
  expect(await before.service.checkNow()).toBe('offline')
  town.forge(() => 'keep')
  town.came.length = 0
  const kiosk = await start()
  expect(kiosk.text()).toBe('one')
  expect(await kiosk.service.checkNow()).toBe('activated')
  expect(cameOfLarge()).toHaveLength(1)
  expect(bytesOfLarge()).toBeGreaterThanOrEqual(150_000)
  expect(bytesOfLarge()).toBeLessThanOrEqual(150_000 + 2 * parts.partSyncBytes)
  expectLarge(kiosk)
})

it('a host without ranges sends all of it, and that is taken', async () => {
  await town.publish(withLarge('one'))
  const kiosk = await start()
  cutLargeAfter(200_000)
  expect(await kiosk.service.checkNow()).toBe('offline')
  town.forge((name) => (name === `blobs/${hash}` ? 'whole' : 'keep'))
  expect(await kiosk.service.checkNow()).toBe('activated')
  expect(bytesOfLarge()).toBe(200_000 + large.length)
  expectLarge(kiosk)
})

it('a part that came to harm is thrown away and the file begun once more, and no more than once', async () => {
  await town.publish(withLarge('one'))
  const kiosk = await start()
  cutLargeAfter(200_000)
  expect(await kiosk.service.checkNow()).toBe('offline')
  const part = readFileSync(partFile(kiosk))
  part[1_000] = (part[1_000] ?? 0) ^ 1
  writeFileSync(partFile(kiosk), part)
  town.forge(() => 'keep')
  expect(await kiosk.service.checkNow()).toBe('activated')
  expect(cameOfLarge().map(({ range }) => range)).toEqual([null, 'bytes=200000-299999', null])
  expectLarge(kiosk)

  const deceived = await start('b')
  cutLargeAfter(200_000)
  expect(await deceived.service.checkNow()).toBe('offline')
  town.came.length = 0
  town.forge((name, bytes) => (name === `blobs/${hash}` && bytes ? Buffer.alloc(bytes.length) : 'keep'))
  expect(await deceived.service.checkNow()).toBe('refused')
  expect(deceived.told).toMatchObject([{ code: 'release-refused', detail: { error: 'release-mixed' } }])
  expect(cameOfLarge()).toHaveLength(2)
  expect(partsOf(deceived)).toEqual([])
  town.forge(() => 'keep')
  expect(await deceived.service.checkNow()).toBe('activated')
  expectLarge(deceived)
})

it('a part that no release wants any more is cleared away', async () => {
  await town.publish(withLarge('one'))
  const kiosk = await start()
  cutLargeAfter(200_000)
  expect(await kiosk.service.checkNow()).toBe('offline')
  expect(partsOf(kiosk)).toEqual([hash])
  await town.publish(townFiles('two'))
  town.forge(() => 'keep')
  expect(await kiosk.service.checkNow()).toBe('activated')
  expect(partsOf(kiosk)).toEqual([])

  await town.publish(withLarge('three'))
  cutLargeAfter(200_000)
  expect(await kiosk.service.checkNow()).toBe('offline')
  await town.publish(townFiles('four'))
  town.forge((name) => (name.startsWith('blobs/') || name.startsWith('packs/') ? 'cut' : 'keep'))
  expect(await kiosk.service.checkNow()).toBe('offline')
  expect(partsOf(kiosk)).toEqual([])
})

it('on a full disk a part makes room, and is no hindrance later', async () => {
  await town.publish(withLarge('one'))
  let room = 100_000
  const use = (path: string, bytes: Uint8Array) => {
    if (!path.includes('parts')) return
    room -= bytes.length
    if (room < 0) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' })
  }
  const disk: typeof realDisk = {
    ...realDisk,
    async write(path, bytes) {
      use(path, bytes)
      await realDisk.write(path, bytes)
    },
    async append(path, bytes) {
      use(path, bytes)
      await realDisk.append(path, bytes)
    },
  }
  const kiosk = await start('a', { disk })
  expect(await kiosk.service.checkNow()).toBe('refused')
  expect(kiosk.told).toMatchObject([{ code: 'release-fetch-failed', detail: { error: 'disk-full' } }])
  expect(partsOf(kiosk)).toEqual([])
  room = 1_000_000
  expect(await kiosk.service.checkNow()).toBe('activated')
  expectLarge(kiosk)
})

it('what does not fit is not begun, is told once, and comes when there is room', async () => {
  const bytes = Buffer.alloc(17_000_000, 'x')
  const vast = createHash('sha256').update(bytes).digest('hex')
  await town.publish([...townFiles('one'), { menu: 'tourism', path: 'vast.bin', bytes }])
  let free = 280_000_000
  const kiosk = await start('a', { disk: { ...realDisk, freeBytes: async () => free } })
  expect(await kiosk.service.checkNow()).toBe('refused')
  free += 1
  expect(await kiosk.service.checkNow()).toBe('refused')
  expect(kiosk.told).toEqual([
    {
      code: 'release-fetch-failed',
      level: 'error',
      detail: { release: 1, reason: 'there is no room for 18 MB', error: 'disk-full' },
    },
  ])
  expect(town.came.filter(({ name }) => /^(?:blobs|packs)/.test(name))).toEqual([])
  free = 300_000_000
  town.forge((name) => (name === `blobs/${vast}` ? { cutAfterBytes: 12_000_000 } : 'keep'))
  expect(await kiosk.service.checkNow()).toBe('offline')
  // What is here already takes no more room.
  free = 280_000_000
  town.forge(() => 'keep')
  expect(await kiosk.service.checkNow()).toBe('activated')
})

it('goes on after the program was killed or the power cut in the middle of it', async () => {
  await town.publish(withLarge('one'))
  await start('template')
  const rootFile = join(town.folder, 'root.json')
  writeFileSync(rootFile, await town.releases.tufRoot())
  for (const loss of ['contents', 'names']) {
    const name = `killed-${loss}`
    cpSync(join(town.folder, 'template'), join(town.folder, name), { recursive: true })
    await runUntilCut(name, rootFile, 60, loss)
    const part = join(town.folder, name, 'releases', 'parts', hash)
    expect(existsSync(part), loss).toBe(true)
    const there = statSync(part).size
    expect(there, loss).toBeGreaterThan(100_000)
    expect(there, loss).toBeLessThan(large.length)
    town.came.length = 0
    const kiosk = await start(name)
    expect(await kiosk.service.checkNow(), loss).toBe('activated')
    expect(cameOfLarge(), loss).toHaveLength(1)
    expect(bytesOfLarge(), loss).toBeLessThanOrEqual(large.length - there + 3 * parts.partSyncBytes)
    expectLarge(kiosk)
  }
})

function runUntilCut(name: string, rootFile: string, step: number, loss: string): Promise<void> {
  const script = fileURLToPath(new URL('./release-kill-child.ts', import.meta.url))
  const args = [join(town.folder, name), join(town.folder, 'release0'), town.baseUrl, rootFile, String(step), loss]
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { stdio: 'inherit' })
    child.on('close', (_, signal) => (signal === 'SIGKILL' ? resolve() : reject(new Error('it came to its end'))))
  })
}

it('whatever happens on the way, in the end the file is right', async () => {
  await town.publish(withLarge('one'))
  let kiosks = 0
  const happening = fc.record({
    cutAfterBytes: fc.integer({ min: 0, max: large.length - 1 }),
    isNewStart: fc.boolean(),
    harm: fc.oneof(
      { weight: 3, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: large.length - 1 }) },
    ),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 4 }), async (happenings) => {
      kiosks += 1
      const name = `many-${kiosks}`
      let kiosk = await start(name)
      for (const { cutAfterBytes, isNewStart, harm } of happenings) {
        cutLargeAfter(cutAfterBytes)
        await kiosk.service.checkNow()
        if (harm !== null && existsSync(partFile(kiosk))) {
          const part = readFileSync(partFile(kiosk))
          if (harm < part.length) part[harm] = (part[harm] ?? 0) ^ 255
          writeFileSync(partFile(kiosk), part)
        }
        if (isNewStart) {
          await kiosk.service.stop()
          kiosk = await start(name)
        }
      }
      town.forge(() => 'keep')
      expect(['activated', 'unchanged']).toContain(await kiosk.service.checkNow())
      expectLarge(kiosk)
      await kiosk.service.stop()
      rmSync(kiosk.dir, { recursive: true })
    }),
    { numRuns: 25 },
  )
})
