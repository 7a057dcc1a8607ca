import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { breakout } from '../breakouts/breakout.ts'
import { noise } from './noise.ts'
import { dayMs, type Forge, startTown, type Town, townFiles } from './release-town.ts'

let town: Town
beforeEach(async () => {
  town = await startTown()
  await town.release0('zero')
})
afterEach(() => town.close())

const large = { menu: 'tourism', path: 'large.bin', bytes: noise(100_000, 5) }

/** A kiosk with release 1 that is offered release 2 in a way it must not take. */
async function offered(forge: Forge, before: () => Promise<void> = async () => {}) {
  await town.publish(townFiles('one'))
  const kiosk = await town.kiosk('a')
  expect(await kiosk.service.checkNow()).toBe('activated')
  await before()
  await town.publish([...townFiles('two', 3, 77), large])
  town.forge(forge)
  const result = await kiosk.service.checkNow()
  const told = kiosk.told.filter(({ code }) => code !== 'release-activated')
  return { kiosk, result, told, error: told.at(-1)?.detail.error }
}

/** Whatever was offered: the old one stays, over a restart too, is told once, and the true release is taken afterwards. */
async function oldOneStays({ kiosk, told, result }: Awaited<ReturnType<typeof offered>>) {
  expect(result).toBe('refused')
  expect(told).toHaveLength(1)
  expect(told[0]?.code).toBe('release-refused')
  expect(kiosk.text()).toBe('one')
  expect(await kiosk.service.checkNow()).toBe('refused')
  expect(kiosk.told.filter(({ code }) => code === 'release-refused')).toHaveLength(1)
  expect((await town.kiosk('a')).text()).toBe('one')
  town.forge(() => 'keep')
  expect(await kiosk.service.checkNow()).toBe('activated')
  expect(kiosk.text()).toBe('two')
}

const edited = (
  bytes: Buffer | null,
  edit: (json: { signed: Record<string, unknown>; signatures: { sig: string }[] }) => void,
) => {
  const json = JSON.parse(String(bytes))
  edit(json)
  return Buffer.from(JSON.stringify(json))
}
const flipped = (bytes: Buffer | null) => {
  const copy = Buffer.from(bytes ?? [])
  copy[copy.length >> 1] = (copy[copy.length >> 1] ?? 0) ^ 4
  return copy
}
const longer = (bytes: Buffer | null) => bytes && Buffer.concat([bytes, Buffer.from(' ')])
const only =
  (pattern: RegExp, change: (bytes: Buffer | null) => Buffer | null): Forge =>
  (name, bytes) =>
    pattern.test(name) ? change(bytes) : 'keep'
const anyBlob = /^(?:blobs|packs)\//
const anyList = /^(?:steps|manifests)\//

const refusals: [string, string, Forge][] = [
  [
    'a forged timestamp',
    'release-forged',
    only(/timestamp/, (bytes) => edited(bytes, ({ signed }) => Object.assign(signed, { version: 99 }))),
  ],
  [
    'a timestamp signed by nobody',
    'release-forged',
    only(/timestamp/, (bytes) => edited(bytes, (json) => Object.assign(json, { signatures: [] }))),
  ],
  [
    'a truncated timestamp',
    'release-unreadable',
    only(/timestamp/, (bytes) => Buffer.from(bytes ?? []).subarray(0, 100)),
  ],
  [
    'a page instead of the timestamp',
    'release-unreadable',
    only(/timestamp/, () => Buffer.from('<html>sign in to the network</html>')),
  ],
  ['a changed snapshot', 'release-mixed', only(/snapshot/, flipped)],
  ['changed targets', 'release-mixed', only(/\d\.targets/, flipped)],
  ['another release.json', 'release-mixed', only(/release\.json/, flipped)],
  [
    'a cut release.json',
    'release-incomplete',
    only(/release\.json/, (bytes) => Buffer.from(bytes ?? []).subarray(0, 40)),
  ],
  ['a missing snapshot', 'release-incomplete', only(/snapshot/, () => null)],
  [
    'a manifest with another content',
    'release-mixed',
    (name, bytes) => (name.startsWith('steps/') ? null : name.startsWith('manifests/') ? longer(bytes) : 'keep'),
  ],
  ['missing manifests', 'release-incomplete', only(anyList, () => null)],
  ['missing blobs', 'release-incomplete', only(anyBlob, () => null)],
  ['blobs with another content', 'release-mixed', only(anyBlob, flipped)],
  [
    'a blob larger than signed',
    'release-mixed',
    (name, bytes) => (name.startsWith('packs/') ? null : name.startsWith('blobs/') ? longer(bytes) : 'keep'),
  ],
  [
    'blobs cut off',
    'release-incomplete',
    (name, bytes) =>
      name.startsWith('packs/') ? null : name.startsWith('blobs/') && bytes ? bytes.subarray(0, 10) : 'keep',
  ],
]
it.each(refusals)('refuses %s: %s', async (_, code, forge) => {
  const outcome = await offered(forge)
  expect(outcome.error).toBe(code)
  await oldOneStays(outcome)
})

it('refuses what was signed before: rolled back', async () => {
  const old = new Map<string, Buffer>()
  const outcome = await offered(
    (name, bytes) =>
      name.startsWith('metadata/') && old.has(name) ? (old.get(name) ?? null) : bytes === null ? null : 'keep',
    async () => {
      const folder = join(town.dataDir, 'releases', 'metadata')
      old.set('metadata/timestamp.json', readFileSync(join(folder, 'timestamp.json')))
      // Another release comes and is taken before the old timestamp is played again.
      await town.publish(townFiles('between'))
      await (await town.kiosk('a')).service.checkNow()
    },
  )
  expect(outcome.result).toBe('refused')
  expect(outcome.error).toBe('release-rolled-back')
})

it('refuses a release of a lower number even when all its signatures are newer', async () => {
  await town.publish(townFiles('one'))
  await town.publish(townFiles('two'))
  const kiosk = await town.kiosk('a')
  await kiosk.service.checkNow()
  // A hub whose keys sign again what was there before.
  const { tufRepository } = await import('../../townhall/releases/tuf-repository.ts')
  const { signingKeys } = await import('../../townhall/releases/signing-keys.ts')
  const { releaseSteps } = await import('../../townhall/releases/release-steps.ts')
  const dir = join(town.dataDir, 'releases')
  const tuf = tufRepository(dir, () => signingKeys(town.dataDir), releaseSteps())
  const now = JSON.parse(String(Buffer.from(tuf.releaseJson() ?? [])))
  tuf.publish(Buffer.from(JSON.stringify({ ...now, number: 1 })), town.clock.nowMs())
  expect(await kiosk.service.checkNow()).toBe('refused')
  expect(kiosk.told.at(-1)?.detail.error).toBe('release-rolled-back')
  tuf.publish(Buffer.from(JSON.stringify({ ...now, publishedAtMs: now.publishedAtMs + 1 })), town.clock.nowMs())
  expect(await kiosk.service.checkNow()).toBe('refused')
  expect(kiosk.told.at(-1)?.detail.error).toBe('release-mixed')
  expect(kiosk.text()).toBe('two')
})

breakout(
  'E7',
  'a hub that stands still (frozen) is refused: the timestamp runs out by the best time known, and a renewed one is taken',
  async () => {
    await town.publish(townFiles('one'))
    const kiosk = await town.kiosk('a')
    await kiosk.service.checkNow()
    town.clock.ms += 13 * dayMs
    expect(await kiosk.service.checkNow()).toBe('unchanged')
    town.clock.ms += 2 * dayMs
    expect(await kiosk.service.checkNow()).toBe('refused')
    expect(kiosk.told.at(-1)).toMatchObject({ code: 'release-refused', detail: { error: 'release-expired' } })
    expect(kiosk.text()).toBe('one')
    expect(await town.releases.keepFresh()).toEqual(['timestamp'])
    expect(await kiosk.service.checkNow()).toBe('unchanged')
    expect(await town.releases.keepFresh()).toEqual([])
  },
)

it('the time that counts is the kiosk’s, not the machine’s', async () => {
  await town.publish(townFiles('one'))
  const played = { nowMs: () => Date.UTC(2031, 0, 1) }
  const late = await town.kiosk('late', { clock: played })
  expect(await late.service.checkNow()).toBe('refused')
  expect(late.told.at(-1)?.detail.error).toBe('release-expired')
  // The town's clock is months away from the machine's in either direction; nothing but it was asked.
  town.clock.ms = Date.UTC(2040, 5, 1)
  await town.releases.keepFresh()
  const then = await town.kiosk('then')
  expect(await then.service.checkNow()).toBe('activated')
})

it('a new root is followed, signed by the one before', async () => {
  await town.publish(townFiles('one'))
  const kiosk = await town.kiosk('a')
  await kiosk.service.checkNow()
  for (let years = 0; years < 3; years += 1) {
    town.clock.ms += 300 * dayMs
    expect(await town.releases.keepFresh()).toContain('root')
  }
  await town.publish(townFiles('two'))
  expect(await kiosk.service.checkNow()).toBe('activated')
  expect(kiosk.text()).toBe('two')
  expect(JSON.parse(await town.releases.tufRoot()).signed.version).toBe(4)
})

it('refuses metadata of another town’s keys', async () => {
  const other = await startTown()
  try {
    await other.publish(townFiles('other'))
    await town.publish(townFiles('one'))
    const kiosk = await town.kiosk('a')
    await kiosk.service.checkNow()
    const foreign = readFileSync(join(other.dataDir, 'releases', 'metadata', 'timestamp.json'))
    town.forge((name) => (name.includes('timestamp') ? foreign : 'keep'))
    await town.publish(townFiles('two'))
    expect(await kiosk.service.checkNow()).toBe('refused')
    expect(kiosk.told.at(-1)?.detail.error).toBe('release-forged')
  } finally {
    await other.close()
  }
})

it('a list of changes that lies leads to the manifests, and to the right files', async () => {
  await town.publish(townFiles('one'))
  const kiosk = await town.kiosk('a')
  await kiosk.service.checkNow()
  await town.publish(townFiles('two'))
  const wrong = createHash('sha256').update('x').digest('hex')
  town.forge(
    only(/^steps\//, (bytes) =>
      edited(bytes, (json) => {
        const { menus } = json as unknown as { menus: Record<string, { put: [string, number, string][] }> }
        for (const entry of menus.tourism?.put ?? []) entry[2] = wrong
      }),
    ),
  )
  expect(await kiosk.service.checkNow()).toBe('activated')
  expect(kiosk.text()).toBe('two')
})

it('content that cannot be shown is refused and not fetched again; the next release is taken', async () => {
  const checkMenu = (_: string, json: unknown) => {
    if (JSON.stringify(json).includes('bad')) throw new Error('sights.3.name: expected text')
  }
  await town.publish(townFiles('one'))
  const kiosk = await town.kiosk('a', { checkMenu })
  await kiosk.service.checkNow()
  await town.publish(townFiles('bad', 3, 40))
  expect(await kiosk.service.checkNow()).toBe('refused')
  expect(kiosk.told.at(-1)).toMatchObject({ code: 'release-refused', detail: { release: 2, error: 'content-refused' } })
  expect(kiosk.told.at(-1)?.detail.reason).toContain('sights.3.name')
  town.asked.length = 0
  expect(await kiosk.service.checkNow()).toBe('refused')
  expect(town.asked).toEqual(['metadata/timestamp.json'])
  expect(kiosk.text()).toBe('one')
  await town.publish(townFiles('good'))
  expect(await kiosk.service.checkNow()).toBe('activated')
  expect(kiosk.text()).toBe('good')
})
