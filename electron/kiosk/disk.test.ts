import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { benchCode, benchNowMs, kioskBench } from './testing/kiosk-bench.ts'
import type { ScriptedHub } from './testing/scripted-hub.ts'
import { playedClock } from './testing/test-kiosk.ts'

const bench = kioskBench()
let hub: ScriptedHub
beforeEach(async () => {
  hub = await bench.hub()
})

describe('a full disk', () => {
  it('stops no visitor: accesses are held in order, told once, committed when there is room, with the time of the touch', async () => {
    let limit: number | null = null
    const clock = playedClock({ wallMs: benchNowMs })
    const one = await bench.begin({ outboxPageLimit: () => limit, clock })
    await one.kiosk.enrol({ hubUrl: hub.url, code: benchCode })
    await one.touch('map')
    await one.kiosk.flush()
    limit = 1
    const again = { accessId: randomUUID(), visitId: randomUUID(), menu: 'library' as const }
    expect(await one.screen.usage.record(again)).toEqual({ state: 'held' })
    clock.pass(1_000)
    expect(await one.screen.usage.record(again)).toEqual({ state: 'held' })
    for (let n = 0; n < 30; n += 1) {
      clock.pass(1_000)
      expect(await one.touch('council')).toEqual({ state: 'held' })
    }
    expect(one.kiosk.status()).toMatchObject({ lastSequence: 1, outboxDepth: 31 })
    expect(one.codes().filter((told) => told === 'disk-full')).toHaveLength(1)

    limit = null
    clock.pass(60_000)
    expect(await one.touch('townhall')).toEqual({ state: 'recorded' })
    expect(one.codes().filter((told) => told === 'disk-recovered')).toHaveLength(1)
    await one.kiosk.flush()
    const events = [...hub.events.values()]
    expect(events.map((event) => event.sequence)).toEqual(Array.from({ length: 33 }, (_, n) => n + 1))
    expect(events[1]).toMatchObject({ menu: 'library', atMs: benchNowMs, clock: 'synced' })
    expect(events[2]).toMatchObject({ menu: 'council', atMs: benchNowMs + 2_000 })
    expect(events.at(-1)).toMatchObject({ menu: 'townhall', atMs: benchNowMs + 91_000 })
    expect(await one.screen.usage.record(again)).toEqual({ state: 'repeated' })
    expect([...hub.health.values()].map((entry) => entry.code)).toEqual(
      expect.arrayContaining(['disk-full', 'disk-recovered']),
    )
  })

  it('holds ten thousand accesses and refuses the next with a stable code, so that the screen knows that it was not counted', async () => {
    let limit: number | null = 1
    const one = await bench.begin({ outboxPageLimit: () => limit })
    for (let n = 0; n < 10_000; n += 1) await one.touch()
    await expect(one.touch()).rejects.toMatchObject({ code: 'disk-full' })
    limit = null
    expect(await one.touch()).toEqual({ state: 'recorded' })
    expect(one.kiosk.status()).toMatchObject({ lastSequence: 10_001, outboxDepth: 10_001 })
  })

  it('counts a second touch within a second once, then too, and knows it again when there is room', async () => {
    let limit: number | null = 1
    const one = await bench.begin({ outboxPageLimit: () => limit })
    const visitId = randomUUID()
    const [first, second] = [randomUUID(), randomUUID()].map((accessId) => ({
      accessId,
      visitId,
      menu: 'map' as const,
    }))
    if (first === undefined || second === undefined) throw new Error('two touches')
    expect(await one.screen.usage.record(first)).toEqual({ state: 'held' })
    expect(await one.screen.usage.record(second)).toEqual({ state: 'held' })
    limit = null
    expect(await one.screen.usage.record(second)).toEqual({ state: 'recorded' })
    expect(await one.screen.usage.record(second)).toEqual({ state: 'repeated' })
    expect(await one.screen.usage.record(first)).toEqual({ state: 'repeated' })
    expect(one.kiosk.status().lastSequence).toBe(1)
  })

  it('is tried again by itself, without a touch', async () => {
    let limit: number | null = 1
    const one = await bench.begin({ outboxPageLimit: () => limit })
    one.kiosk.start()
    expect(await one.touch()).toEqual({ state: 'held' })
    limit = null
    await expect.poll(() => one.kiosk.status().lastSequence).toBe(1)
  })

  it('breaks neither sending nor the deletion of what was acknowledged, and nothing is sent again for it', async () => {
    let limit: number | null = null
    const one = await bench.begin({ outboxPageLimit: () => limit })
    await one.kiosk.enrol({ hubUrl: hub.url, code: benchCode })
    await one.kiosk.flush()
    for (let n = 0; n < 20; n += 1) await one.touch()
    limit = 1
    await one.kiosk.flush()
    expect(hub.acknowledged()).toBe(20)
    expect(one.kiosk.status().outboxDepth).toBe(20)
    await one.kiosk.flush()
    expect(hub.deliveries).toHaveLength(1)
    limit = null
    await one.kiosk.flush()
    expect(one.kiosk.status().outboxDepth).toBe(0)
    expect(hub.deliveries).toHaveLength(1)
  })

  it('keeps what was committed over a restart while it is full', async () => {
    let limit: number | null = null
    const one = await bench.begin({ outboxPageLimit: () => limit })
    for (let n = 0; n < 5; n += 1) await one.touch()
    limit = 1
    await one.touch()
    await bench.end(one)
    const next = await bench.begin({ outboxPageLimit: () => limit })
    expect(next.kiosk.status()).toMatchObject({ lastSequence: 5, outboxDepth: 5 })
    expect(await next.touch()).toEqual({ state: 'held' })
  })
})

describe('a damaged file', () => {
  it('cache: set aside and begun anew, told, and the outbox untouched', async () => {
    const one = await bench.begin()
    await one.touch()
    await bench.end(one)
    const path = join(bench.data(), 'cache.sqlite')
    writeFileSync(path, Buffer.alloc(readFileSync(path).length, 0x41))
    const next = await bench.begin()
    expect(next.codes()).toContain('cache-rebuilt')
    expect(readdirSync(bench.data()).filter((name) => name.startsWith('cache.sqlite.damaged-'))).toHaveLength(1)
    expect(next.kiosk.status()).toMatchObject({ lastSequence: 1, outboxDepth: 1 })
    expect(next.codes()).not.toContain('outbox-salvaged')
  })

  it('outbox, destroyed whole: set aside, told, and no sequence is given twice', async () => {
    const one = await bench.begin()
    await one.kiosk.enrol({ hubUrl: hub.url, code: benchCode })
    for (let n = 0; n < 3; n += 1) await one.touch()
    await one.kiosk.flush()
    for (let n = 0; n < 4; n += 1) await one.touch()
    await bench.end(one)
    writeFileSync(join(bench.data(), 'outbox.sqlite'), Buffer.alloc(8192, 0x41))
    const next = await bench.begin()
    expect(next.logged.find((entry) => entry.code === 'outbox-salvaged')?.detail).toMatchObject({
      usageRows: 0,
      continuesAboveUsage: 7,
    })
    await next.touch('townhall')
    await next.kiosk.flush()
    expect([...hub.events.keys()]).toEqual([1, 2, 3, 8])
    expect(hub.events.get(8)).toMatchObject({ menu: 'townhall' })
  })

  it('outbox and cache both gone: still nothing that was sent is given another content', async () => {
    const one = await bench.begin()
    await one.kiosk.enrol({ hubUrl: hub.url, code: benchCode })
    for (let n = 0; n < 3; n += 1) await one.touch()
    await one.kiosk.flush()
    await bench.end(one)
    rmSync(join(bench.data(), 'outbox.sqlite'))
    rmSync(join(bench.data(), 'cache.sqlite'))
    const next = await bench.begin()
    await next.touch()
    await next.kiosk.flush()
    expect([...hub.events.keys()]).toEqual([1, 2, 3, 4])
    expect(next.codes()).toContain('outbox-salvaged')
  })

  it('outbox, one page overwritten: what can be read is saved under its sequences, and the rest is a gap that is told', async () => {
    const one = await bench.begin()
    await one.kiosk.enrol({ hubUrl: hub.url, code: benchCode })
    for (let n = 0; n < 400; n += 1) await one.touch()
    await bench.end(one)
    const path = join(bench.data(), 'outbox.sqlite')
    const bytes = readFileSync(path)
    const page = leafPageOfUsage(bytes)
    bytes.fill(0, page * 4096, page * 4096 + 4096)
    writeFileSync(path, bytes)
    const next = await bench.begin()
    const rescue = next.logged.find((entry) => entry.code === 'outbox-salvaged')?.detail
    expect(rescue).toMatchObject({ continuesAboveUsage: 400 })
    expect(Number(rescue?.usageRows)).toBeGreaterThan(300)
    expect(Number(rescue?.usageRows)).toBeLessThan(400)
    expect(readdirSync(bench.data()).some((name) => name.startsWith('outbox.sqlite.damaged-'))).toBe(true)
    expect(await next.touch()).toEqual({ state: 'recorded' })
    await next.kiosk.flush()
    expect(hub.events.size).toBe(Number(rescue?.usageRows) + 1)
    expect(Math.max(...hub.events.keys())).toBe(401)
    expect(next.codes()).toContain('sequence-gap')
  })

  it('a replacement that was cut short is taken up again', async () => {
    const one = await bench.begin()
    for (let n = 0; n < 3; n += 1) await one.touch()
    await bench.end(one)
    renameSync(join(bench.data(), 'outbox.sqlite'), join(bench.data(), 'outbox.sqlite.rebuilding'))
    const next = await bench.begin()
    expect(next.kiosk.status()).toMatchObject({ lastSequence: 3, outboxDepth: 3 })
    expect(existsSync(join(bench.data(), 'outbox.sqlite.rebuilding'))).toBe(false)
  })
})

/** A page in the middle that holds rows (table leaf, 0x0d) with the word `map` in it. */
function leafPageOfUsage(bytes: Buffer): number {
  const pages = Array.from({ length: bytes.length / 4096 }, (_, page) => page).filter((page) => {
    const part = bytes.subarray(page * 4096, page * 4096 + 4096)
    return page > 0 && part[0] === 0x0d && part.includes('map') && part.includes('boot-1')
  })
  const middle = pages[Math.floor(pages.length / 2)]
  if (middle === undefined) throw new Error('no page with rows found')
  return middle
}
