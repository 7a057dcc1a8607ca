import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { noise } from './noise.ts'
import { startTown, type Town, townFiles } from './release-town.ts'

let town: Town
beforeEach(async () => {
  town = await startTown()
  await town.release0('zero')
})
afterEach(() => town.close())

it('shows release 0 until a hub has published, then what it published', async () => {
  const kiosk = await town.kiosk('a')
  expect(kiosk.service.current().number).toBe(0)
  expect(kiosk.text()).toBe('zero')
  expect(await kiosk.service.checkNow()).toBe('unchanged')

  const seen: number[] = []
  kiosk.service.subscribe((number) => seen.push(number))
  expect(await town.publish(townFiles('one'))).toMatchObject({ kind: 'published', number: 1, changedFiles: 4 })
  expect(await kiosk.service.checkNow()).toBe('activated')
  expect(kiosk.text()).toBe('one')
  expect(seen).toEqual([1])
  expect(kiosk.told.map(({ code }) => code)).toEqual(['release-activated'])
  expect(await kiosk.service.checkNow()).toBe('unchanged')
  expect(town.asked.at(-1)).toBe('metadata/timestamp.json')

  const again = await town.kiosk('a')
  expect(again.service.current().number).toBe(1)
  expect(again.text()).toBe('one')
  expect(again.told).toEqual([])
})

it('without release 0 and without a hub it shows nothing, and says so', async () => {
  rmSync(join(town.folder, 'release0'), { recursive: true })
  const kiosk = await town.kiosk('a', { source: () => null })
  expect(kiosk.service.current()).toMatchObject({ number: 0, menus: [] })
  expect(kiosk.told).toMatchObject([{ code: 'release-refused', detail: { release: 0 } }])
  expect(await kiosk.service.checkNow()).toBe('offline')
})

it('fetches only what changed, over several releases at once', async () => {
  await town.publish(townFiles('one', 40))
  const kiosk = await town.kiosk('a')
  await kiosk.service.checkNow()
  expect(town.asked.filter((name) => name.startsWith('packs/')).length).toBe(1)

  await town.publish([...townFiles('two', 40), { menu: 'tourism', path: 'new.webp', bytes: noise(500, 99) }])
  await town.publish([...townFiles('three', 39), { menu: 'tourism', path: 'new.webp', bytes: noise(500, 99) }])
  town.asked.length = 0
  expect(await kiosk.service.checkNow()).toBe('activated')
  expect(kiosk.text()).toBe('three')
  expect(town.asked.filter((name) => name.startsWith('manifests/'))).toEqual([])
  expect(town.asked.filter((name) => name.startsWith('steps/')).length).toBe(2)
  // Two neighbours of one bucket come in one piece of its pack.
  expect(town.asked.filter((name) => /^(?:blobs|packs)\//.test(name)).length).toBe(1)
})

it('takes the pieces of a large file that changed in place and got longer', async () => {
  const large = noise(300_000, 7)
  const file = (bytes: Buffer) => [...townFiles('one'), { menu: 'tourism', path: 'map.bin', bytes }]
  await town.publish(file(large))
  const kiosk = await town.kiosk('a')
  await kiosk.service.checkNow()
  const changed = Buffer.concat([
    large.subarray(0, 50_000),
    noise(300, 8),
    large.subarray(50_000, 200_000),
    noise(100, 9),
    large.subarray(200_100),
  ])
  await town.publish(file(changed))
  let ranged = 0
  town.forge((name, bytes) => {
    if (name.startsWith('blobs/')) ranged += bytes?.length ?? 0
    return 'keep'
  })
  expect(await kiosk.service.checkNow()).toBe('activated')
  expect(ranged).toBeLessThan(20_000)
  expect(ranged).toBeGreaterThan(400)
})

it('does with a plain file host: no packs, no pieces, no steps, no ranges', async () => {
  town.forge((name) => (/^(?:packs|pieces|steps)\//.test(name) ? null : 'keep'))
  await town.publish([...townFiles('one', 30), { menu: 'tourism', path: 'map.bin', bytes: noise(100_000, 3) }])
  const kiosk = await town.kiosk('a')
  expect(await kiosk.service.checkNow()).toBe('activated')
  await town.publish([...townFiles('two', 30), { menu: 'tourism', path: 'map.bin', bytes: noise(100_001, 3) }])
  expect(await kiosk.service.checkNow()).toBe('activated')
  expect(kiosk.text()).toBe('two')
})

it('a broken line is no refusal; what has arrived stays', async () => {
  await town.publish(townFiles('one', 20))
  const kiosk = await town.kiosk('a')
  let blobs = 0
  town.forge((name) => {
    if (name.startsWith('packs/')) return null
    if (!name.startsWith('blobs/')) return 'keep'
    blobs += 1
    return blobs > 8 ? 'cut' : 'keep'
  })
  expect(await kiosk.service.checkNow()).toBe('offline')
  expect(kiosk.told).toEqual([])
  const arrived = readdirSync(join(kiosk.dir, 'releases', 'blobs')).filter((name) => !name.endsWith('.tmp')).length
  expect(arrived).toBeGreaterThan(5)
  town.forge(() => 'keep')
  town.asked.length = 0
  expect(await kiosk.service.checkNow()).toBe('activated')
  expect(town.asked.filter((name) => name.startsWith('blobs/')).length).toBeLessThan(16)
})

it('goes on showing something when files on its disk are damaged, and mends them', async () => {
  await town.publish(townFiles('one'))
  const kiosk = await town.kiosk('a')
  await kiosk.service.checkNow()
  await town.publish(townFiles('two'))
  await kiosk.service.checkNow()
  const damage = (choose: (text: string) => boolean) => {
    const folder = join(kiosk.dir, 'releases', 'blobs')
    for (const name of readdirSync(folder)) {
      const path = join(folder, name)
      const bytes = readFileSync(path)
      if (!choose(bytes.toString('latin1'))) continue
      bytes[10] = (bytes[10] ?? 0) ^ 1
      writeFileSync(path, bytes)
    }
  }
  damage((text) => text.includes('two'))
  const former = await town.kiosk('a')
  expect(former.text()).toBe('one')
  expect(former.told).toMatchObject([{ code: 'release-refused', detail: { release: 2, error: 'release-incomplete' } }])
  expect(await former.service.checkNow()).toBe('activated')
  expect(former.text()).toBe('two')

  damage((text) => text.startsWith('{'))
  const carried = await town.kiosk('a')
  expect(carried.text()).toBe('zero')
  expect(await carried.service.checkNow()).toBe('activated')
  expect(carried.text()).toBe('two')

  for (const name of ['active.json', 'trusted.json']) {
    writeFileSync(join(kiosk.dir, 'releases', name), '{"half')
    const one = await town.kiosk('a')
    expect(['two', 'zero']).toContain(one.text())
    await one.service.checkNow()
    expect(one.text()).toBe('two')
  }
  rmSync(join(kiosk.dir, 'releases', 'listings'), { recursive: true })
  const lost = await town.kiosk('a')
  expect(lost.text()).toBe('zero')
  await lost.service.checkNow()
  expect(lost.text()).toBe('two')
})

it('serves a picture only after its hash, fetches a damaged one again, and knows no other files', async () => {
  await town.publish(townFiles('one', 3, 50))
  const kiosk = await town.kiosk('a')
  await kiosk.service.checkNow()
  const folder = join(kiosk.dir, 'releases', 'blobs')
  const picture = readdirSync(folder).find((name) => readFileSync(join(folder, name)).length === 2_001) ?? ''
  expect(kiosk.service.pictureFile(picture)).toBe(join(folder, picture))
  expect(kiosk.service.pictureFile('0'.repeat(64))).toBeNull()
  expect(kiosk.service.pictureFile('../active.json')).toBeNull()

  const again = await town.kiosk('a')
  writeFileSync(join(folder, picture), Buffer.alloc(2_001))
  expect(again.service.pictureFile(picture)).toBeNull()
  await expect.poll(() => again.service.pictureFile(picture)).toBe(join(folder, picture))
  expect(again.told.map(({ code }) => code)).toEqual(['cache-rebuilt'])
})

it('looks through its disk after the start and mends what nobody has asked for yet', async () => {
  await town.publish(townFiles('one', 3, 50))
  const kiosk = await town.kiosk('a')
  await kiosk.service.checkNow()
  const folder = join(kiosk.dir, 'releases', 'blobs')
  const picture = readdirSync(folder).find((name) => readFileSync(join(folder, name)).length === 2_002) ?? ''
  writeFileSync(join(folder, picture), Buffer.alloc(2_002))
  const again = await town.kiosk('a')
  again.service.start()
  await expect.poll(() => readFileSync(join(folder, picture)).equals(noise(2_002, 52))).toBe(true)
  await again.service.stop()
})

it('takes blobs that the program carries from there', async () => {
  await town.publish(townFiles('zero'))
  const kiosk = await town.kiosk('a')
  expect(await kiosk.service.checkNow()).toBe('activated')
  expect(town.asked.filter((name) => /^(?:blobs|packs)\//.test(name))).toEqual([])
})

it('keeps the release before, and nothing older, once the new one is proved', async () => {
  for (const text of ['one', 'two', 'three']) await town.publish(townFiles(text, 2, text.length * 100))
  const kiosk = await town.kiosk('a')
  await kiosk.service.checkNow()
  for (const [index, text] of ['four', 'five', 'six'].entries()) {
    await town.publish(townFiles(text, 2, 1_000 * (index + 1)))
    await kiosk.service.checkNow()
  }
  expect(readdirSync(join(kiosk.dir, 'releases', 'listings')).length).toBe(2)
  expect(readdirSync(join(kiosk.dir, 'releases', 'blobs')).length).toBe(6)
})
