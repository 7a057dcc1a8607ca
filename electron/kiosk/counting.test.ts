import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { UsageEvent } from '../../contract/usage-event.ts'
import { type ScriptedHub, startScriptedHub } from './testing/scripted-hub.ts'
import { playedClock, type TestKiosk, testConfig, testKiosk } from './testing/test-kiosk.ts'

const code = 'A2C4-E6G8-J0K1'
const hubNowMs = Date.UTC(2026, 10, 24, 3)
const dayMs = 86_400_000

let folder: string
let hub: ScriptedHub
const running: TestKiosk[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kiosk-'))
  hub = await startScriptedHub({ code, nowMs: () => hubNowMs })
})
afterEach(async () => {
  for (const one of running.splice(0)) await one.kiosk.stop()
  await hub.close()
  rmSync(folder, { recursive: true, force: true })
})

async function begin(options: Partial<Parameters<typeof testKiosk>[0]> = {}): Promise<TestKiosk> {
  const made = await testKiosk({
    dataDir: join(folder, 'data'),
    release0Dir: join(folder, 'release0'),
    clock: playedClock({ wallMs: hubNowMs }),
    ...options,
  })
  running.push(made)
  return made
}

async function end(one: TestKiosk): Promise<void> {
  running.splice(running.indexOf(one), 1)
  await one.kiosk.stop()
}

const received = (): UsageEvent[] => [...hub.events.values()].sort((a, b) => a.sequence - b.sequence)

describe('counting', () => {
  it('commits each access once, and an access asked for again counts once', async () => {
    const { screen, kiosk } = await begin()
    const access = { accessId: randomUUID(), visitId: randomUUID(), menu: 'map' as const }
    expect(await screen.usage.record(access)).toEqual({ state: 'recorded' })
    expect(await screen.usage.record(access)).toEqual({ state: 'repeated' })
    expect(kiosk.status()).toMatchObject({ lastSequence: 1, outboxDepth: 1 })
  })

  it('takes a second touch of the same menu within one second as the same access, by the uptime and not by the wall clock', async () => {
    const clock = playedClock({ wallMs: hubNowMs })
    const { screen, kiosk } = await begin({ clock })
    const visitId = randomUUID()
    const touch = (menu: 'map' | 'library' = 'map') => screen.usage.record({ accessId: randomUUID(), visitId, menu })
    expect(await touch()).toEqual({ state: 'recorded' })
    clock.jump(10 * dayMs)
    clock.pass(999)
    expect(await touch()).toEqual({ state: 'repeated' })
    expect(await touch('library')).toEqual({ state: 'recorded' })
    clock.jump(-20 * dayMs)
    clock.pass(1)
    expect(await touch()).toEqual({ state: 'recorded' })
    expect(kiosk.status().lastSequence).toBe(3)
  })

  it('keeps a second touch the same access even when it is asked for again later, and after a restart', async () => {
    const clock = playedClock({ wallMs: hubNowMs })
    const first = await begin({ clock })
    const visitId = randomUUID()
    const second = { accessId: randomUUID(), visitId, menu: 'map' as const }
    const opening = { accessId: randomUUID(), visitId, menu: 'map' as const }
    await first.screen.usage.record(opening)
    clock.pass(500)
    expect(await first.screen.usage.record(second)).toEqual({ state: 'repeated' })
    await end(first)
    clock.pass(60_000)
    const next = await begin({ clock })
    expect(await next.screen.usage.record(second)).toEqual({ state: 'repeated' })
    expect(await next.screen.usage.record(opening)).toEqual({ state: 'repeated' })
    expect(next.kiosk.status().lastSequence).toBe(1)
  })

  it('refuses a menu that is not offered here, and malformed input, with stable codes and nothing counted', async () => {
    const { screen, kiosk } = await begin({ config: { ...testConfig, menus: ['map'] } })
    const access = { accessId: randomUUID(), visitId: randomUUID(), menu: 'library' as const }
    await expect(screen.usage.record(access)).rejects.toMatchObject({ code: 'request-malformed' })
    await expect(screen.usage.record({ ...access, accessId: 'x' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    expect(kiosk.status().lastSequence).toBe(0)
  })

  it('refuses a data folder of a newer version in words, and a second process', async () => {
    const first = await begin()
    await expect(begin()).rejects.toMatchObject({ code: 'bad-arguments', message: expect.stringContaining('in use') })
    await end(first)
    const { openDatabase } = await import('./database/open-database.ts')
    const migrations = Array.from({ length: 40 }, (_, step) => `CREATE TABLE IF NOT EXISTS later_${step} (x) `)
    openDatabase({ path: join(folder, 'data', 'outbox.sqlite'), migrations, durability: 'full' }).close()
    await expect(begin()).rejects.toMatchObject({ code: 'data-newer-than-program' })
  })
})

describe('sending', () => {
  it('sends what was counted before enrolment and after, in order, and deletes what was acknowledged', async () => {
    const one = await begin()
    await one.touch('map')
    await one.touch('library')
    expect(one.kiosk.enrolled()).toBe(false)
    await one.kiosk.enrol({ hubUrl: hub.url, code: 'a2c4 e6g8 joki' })
    one.kiosk.start()
    await one.touch('council')
    await vi.waitFor(() => expect(hub.acknowledged()).toBe(3))
    await vi.waitFor(() => expect(one.kiosk.status().outboxDepth).toBe(0))
    expect(received().map((event) => event.menu)).toEqual(['map', 'library', 'council'])
    await vi.waitFor(() => expect([...hub.health.values()].map((entry) => entry.code)).toContain('kiosk-started'))
    await vi.waitFor(() => expect(hub.heartbeats.length).toBeGreaterThan(0))
  })

  it('loses and doubles nothing when the line is cut before, during or after the answer', async () => {
    const one = await begin()
    await one.kiosk.enrol({ hubUrl: hub.url, code })
    const faults = ['cut', 'swallow', 'answer'] as const
    let at = 0
    hub.play(({ path }) => (path.endsWith('/usage') ? (faults[at++ % 3] ?? 'answer') : 'answer'))
    one.kiosk.start()
    for (let n = 0; n < 40; n += 1) {
      await one.touch()
      if (n % 4 === 0) await one.kiosk.flush()
    }
    await vi.waitFor(() => expect(one.kiosk.status().outboxDepth).toBe(0), 10_000)
    expect(received().map((event) => event.sequence)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1))
    expect(new Set(received().map((event) => event.id)).size).toBe(40)
    expect(at).toBeGreaterThan(9)
  })

  it('sends at most 500 at a time, and halves a batch that is too large for the hub', async () => {
    const one = await begin()
    for (let n = 0; n < 620; n += 1) await one.touch()
    await one.kiosk.enrol({ hubUrl: hub.url, code })
    let refusals = 0
    hub.play(({ path }) => (path.endsWith('/usage') && refusals++ < 2 ? { status: 413 } : 'answer'))
    await one.kiosk.flush()
    expect(hub.acknowledged()).toBe(620)
    expect(hub.deliveries[0]).toHaveLength(125)
    expect(Math.max(...hub.deliveries.map((batch) => batch.length))).toBeLessThanOrEqual(500)
  })

  it('keeps the wait that the hub asks for', async () => {
    const one = await begin()
    await one.kiosk.enrol({ hubUrl: hub.url, code })
    hub.play(({ path }) => (path.endsWith('/usage') ? { status: 429, headers: { 'retry-after': '3600' } } : 'answer'))
    await one.touch()
    await one.kiosk.flush()
    one.kiosk.start()
    await vi.waitFor(() => expect(hub.watching()).toBe(1))
    await vi.waitFor(() => expect(hub.heartbeats.length).toBeGreaterThan(0))
    for (let n = 0; n < 5; n += 1) await one.touch()
    expect(hub.requests.filter(({ path }) => path.endsWith('/usage'))).toHaveLength(2)
    hub.play(() => 'answer')
    await one.kiosk.flush()
    expect(hub.acknowledged()).toBe(6)
  })

  it('a revoked kiosk sends no more and goes on counting', async () => {
    const one = await begin()
    await one.kiosk.enrol({ hubUrl: hub.url, code })
    hub.play(({ path }) => (path.endsWith('/time') ? 'answer' : { status: 403, code: 'KIOSK_REVOKED' }))
    one.kiosk.start()
    await one.touch()
    await vi.waitFor(() => expect(one.codes()).toContain('hub-revoked'))
    const before = hub.requests.filter(({ path }) => path.endsWith('/usage')).length
    expect(await one.touch()).toEqual({ state: 'recorded' })
    await one.kiosk.flush()
    expect(hub.requests.filter(({ path }) => path.endsWith('/usage')).length).toBe(before)
    expect(one.kiosk.status().outboxDepth).toBe(2)
    hub.play(() => 'answer')
    await one.kiosk.enrol({ hubUrl: hub.url, code })
    await one.kiosk.flush()
    expect(hub.acknowledged()).toBe(2)
  })

  it('says loudly that the hub lacks what was deleted here, and goes on with what is new', async () => {
    const one = await begin()
    await one.kiosk.enrol({ hubUrl: hub.url, code })
    for (let n = 0; n < 3; n += 1) await one.touch()
    await one.kiosk.flush()
    hub.forgetEvents()
    for (let n = 0; n < 2; n += 1) await one.touch()
    await one.kiosk.flush()
    expect(received().map((event) => event.sequence)).toEqual([4, 5])
    expect(one.codes().filter((told) => told === 'sequence-gap')).toHaveLength(1)
    expect(one.logged.find((entry) => entry.code === 'sequence-gap')?.detail).toMatchObject({
      acknowledgedThrough: 0,
      removedThrough: 3,
    })
    const before = hub.deliveries.length
    await one.kiosk.flush()
    expect(hub.deliveries.length).toBe(before)
  })

  it('says loudly that the hub holds another access under a sequence, deletes nothing, and goes on counting', async () => {
    const one = await begin()
    await one.kiosk.enrol({ hubUrl: hub.url, code })
    hub.play(({ path }) => (path.endsWith('/usage') ? { status: 409, code: 'SEQUENCE_CONFLICT' } : 'answer'))
    await one.touch()
    await one.kiosk.flush()
    expect(one.codes()).toContain('usage-refused')
    expect(await one.touch()).toEqual({ state: 'recorded' })
    expect(one.kiosk.status().outboxDepth).toBe(2)
  })

  it('learns again what time it is when a token is refused for it', async () => {
    const one = await begin()
    await one.kiosk.enrol({ hubUrl: hub.url, code })
    await one.touch()
    await one.kiosk.flush()
    hub.setNow(() => hubNowMs + 3_600_000)
    await one.touch()
    await one.kiosk.flush()
    expect(hub.acknowledged()).toBe(2)
    expect(one.codes()).toContain('clock-corrected')
  })
})

describe('the screen is told', () => {
  it('that the kiosk is not enrolled, connected, cut', async () => {
    const one = await begin()
    const states = await one.screen.device.watch()
    expect((await states.next()).value).toMatchObject({ line: 'not-enrolled', releaseNumber: 0, nowMs: hubNowMs })
    one.kiosk.start()
    await one.kiosk.enrol({ hubUrl: hub.url, code })
    const lineIs = async (line: string) => {
      for await (const state of states) if (state.line === line) return true
      return false
    }
    expect(await lineIs('connected')).toBe(true)
    await hub.close()
    const again = await one.screen.device.watch()
    for await (const state of again) if (state.line === 'cut') break
    await hub.reopen()
    const third = await one.screen.device.watch()
    for await (const state of third) if (state.line === 'connected') break
  })

  it('that a restart is wanted; and the host, that the screen is silent', async () => {
    const clock = playedClock({ wallMs: hubNowMs })
    const one = await begin({ clock })
    expect(one.kiosk.screen()).toEqual({ silentMs: null, visiting: false })
    await one.screen.screen.alive({ visiting: true })
    clock.pass(4_000)
    expect(one.kiosk.screen()).toEqual({ silentMs: 4_000, visiting: true })
    expect(one.kiosk.status().screenAlive).toBe(true)
    clock.pass(60_000)
    expect(one.kiosk.status().screenAlive).toBe(false)
    one.kiosk.wantRestart()
    const { value } = await (await one.screen.device.watch()).next()
    expect(value).toMatchObject({ restartWanted: true })
  })
})

it('starts without a network although the identity cannot be read, and says so', async () => {
  const one = await begin()
  await one.kiosk.enrol({ hubUrl: hub.url, code })
  await end(one)
  writeFileSync(join(folder, 'data', 'identity', 'hub.json'), '{"hubUrl":')
  const next = await begin()
  expect(next.kiosk.enrolled()).toBe(false)
  expect(next.codes()).toContain('config-refused')
  expect(await next.touch()).toEqual({ state: 'recorded' })
})

it('under a new name the hub begins to count anew, and what was left is sent from 1', async () => {
  const one = await begin()
  await one.kiosk.enrol({ hubUrl: hub.url, code })
  for (let n = 0; n < 3; n += 1) await one.touch()
  await one.kiosk.flush()
  hub.play(() => ({ status: 403, code: 'KIOSK_REVOKED' }))
  for (const menu of ['map', 'library'] as const) await one.touch(menu)
  await one.kiosk.flush()
  const other = await startScriptedHub({ code, nowMs: () => hubNowMs, kioskId: 'kenko-plaza-2' })
  try {
    expect(await one.kiosk.enrol({ hubUrl: other.url, code })).toEqual({ kioskId: 'kenko-plaza-2' })
    await one.touch('council')
    await one.kiosk.flush()
    expect([...other.events.values()].map(({ sequence, menu }) => [sequence, menu])).toEqual([
      [1, 'map'],
      [2, 'library'],
      [3, 'council'],
    ])
    expect(one.logged.findLast((entry) => entry.code === 'sequence-gap')?.detail).toMatchObject({
      renumbered: 2,
      mayBeKnown: 2,
    })
    await end(one)
    const next = await begin()
    await next.touch()
    await next.kiosk.flush()
    expect(other.acknowledged()).toBe(4)
  } finally {
    await other.close()
  }
})

it('an answer to the old name that comes during the change of names deletes nothing of the new one', async () => {
  const other = await startScriptedHub({ code, nowMs: () => hubNowMs, kioskId: 'kenko-plaza-2' })
  let slow = Promise.resolve()
  const one: TestKiosk = await begin({
    fetchImpl: async (input, init) => {
      const url = String(input)
      if (url === `${other.url}/api/v1/kiosk/enrol`) {
        // A visitor touches in the middle of it, and the hub of the old name is slow to answer.
        slow = new Promise((resolve) => setTimeout(resolve, 50))
        for (let n = 0; n < 3; n += 1) await one.touch()
      }
      const answer = await fetch(input, init)
      if (url === `${hub.url}/api/v1/kiosk/usage`) await slow
      return answer
    },
  })
  try {
    await one.kiosk.enrol({ hubUrl: hub.url, code })
    one.kiosk.start()
    await vi.waitFor(() => expect(hub.watching()).toBe(1))
    await one.touch()
    await one.kiosk.flush()
    await one.kiosk.enrol({ hubUrl: other.url, code })
    await one.touch()
    await one.kiosk.flush()
    await vi.waitFor(() => expect(one.kiosk.status().outboxDepth).toBe(0))
    expect(hub.events.size + other.events.size).toBe(5)
    expect(other.acknowledged()).toBe(other.events.size)
  } finally {
    await other.close()
  }
})
