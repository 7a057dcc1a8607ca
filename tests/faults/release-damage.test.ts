import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ReleaseFile } from '../../townhall/releases/release-file.ts'
import { writeRelease0 } from '../../townhall/releases/release0.ts'
import { noise } from './noise.ts'
import { startTown, type Town, townFiles } from './release-town.ts'

const large = noise(300_000, 7)
const hash = createHash('sha256').update(large).digest('hex')
const withLarge = (text: string, pictures = 3): ReleaseFile[] => [
  ...townFiles(text, pictures),
  { menu: 'library', path: 'catalogue/0.library', bytes: large },
  { menu: 'library', path: 'content.json', bytes: Buffer.from('{}') },
]
/** As if the file were one that is too large to be proved when it is asked for. */
const options = { provedAtUseBytes: 100_000 }

let town: Town
beforeEach(async () => {
  town = await startTown()
  await town.release0('zero')
})
afterEach(() => town.close())

function spoil(path: string): void {
  const bytes = readFileSync(path)
  bytes[200_000] = (bytes[200_000] ?? 0) ^ 1
  writeFileSync(path, bytes)
}

it('a large file is given out by its size; damage is found by the look-through, which begins with it, and mended', async () => {
  await town.publish(withLarge('one', 100))
  const before = await town.kiosk('a', options)
  await before.service.checkNow()
  const path = join(before.dir, 'releases', 'blobs', hash)
  spoil(path)
  const kiosk = await town.kiosk('a', options)
  expect(kiosk.service.pictureFile(hash)).toBe(path)
  expect(kiosk.service.timesDamaged(hash)).toBe(0)
  kiosk.service.start()
  await expect.poll(() => kiosk.service.timesDamaged(hash)).toBe(1)
  await expect.poll(() => kiosk.service.pictureFile(hash)).toBe(path)
  expect(readFileSync(path).equals(large)).toBe(true)
  expect(kiosk.told).toMatchObject([{ code: 'cache-rebuilt', detail: { hash } }])
  await kiosk.service.stop()
})

it('one that is cut short is not given out, and is mended by the next check', async () => {
  await town.publish(withLarge('one'))
  const before = await town.kiosk('a', options)
  await before.service.checkNow()
  const path = join(before.dir, 'releases', 'blobs', hash)
  writeFileSync(path, large.subarray(0, 299_999))
  const kiosk = await town.kiosk('a', options)
  expect(kiosk.service.pictureFile(hash)).toBeNull()
  expect(await kiosk.service.checkNow()).toBe('unchanged')
  expect(readFileSync(kiosk.service.pictureFile(hash) ?? '').equals(large)).toBe(true)
})

it('one in the program itself is looked through too; spoilt there, it comes from the hub', async () => {
  const release0 = join(town.folder, 'release0')
  await writeRelease0(withLarge('zero'), release0)
  const kiosk = await town.kiosk('a', options)
  const path = join(release0, 'blobs', hash)
  expect(kiosk.service.pictureFile(hash)).toBe(path)
  spoil(path)
  kiosk.service.start()
  await expect.poll(() => kiosk.service.pictureFile(hash)).toBeNull()
  await town.publish(withLarge('one'))
  expect(await kiosk.service.checkNow()).toBe('activated')
  expect(readFileSync(kiosk.service.pictureFile(hash) ?? '').equals(large)).toBe(true)
  expect(town.asked).toContain(`blobs/${hash}`)
  await kiosk.service.stop()
})

it('a large file that the program carries whole is not asked for again', async () => {
  await writeRelease0(withLarge('zero'), join(town.folder, 'release0'))
  await town.publish(withLarge('one'))
  const kiosk = await town.kiosk('a', options)
  expect(await kiosk.service.checkNow()).toBe('activated')
  expect(town.asked).not.toContain(`blobs/${hash}`)
  expect(readFileSync(kiosk.service.pictureFile(hash) ?? '').equals(large)).toBe(true)
})
