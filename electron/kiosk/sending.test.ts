import { beforeEach, describe, expect, it } from 'vitest'
import type { UsageEvent } from '../../contract/usage-event.ts'
import { benchCode, benchNowMs, kioskBench } from './testing/kiosk-bench.ts'
import type { ScriptedHub } from './testing/scripted-hub.ts'
import type { TestKiosk } from './testing/test-kiosk.ts'

const bench = kioskBench()
let hub: ScriptedHub
beforeEach(async () => {
  hub = await bench.hub()
})
const received = (): UsageEvent[] => [...hub.events.values()].sort((a, b) => a.sequence - b.sequence)

describe('sending', () => {
  it('sends what was counted before enrolment and after, in order, and deletes what was acknowledged', async () => {
    const one = await bench.begin()
    await one.touch('map')
    await one.touch('library')
    expect(one.kiosk.enrolled()).toBe(false)
    await one.kiosk.enrol({ hubUrl: hub.url, code: 'a2c4 e6g8 joki' })
    one.kiosk.start()
    await one.touch('council')
    await expect.poll(() => hub.acknowledged()).toBe(3)
    await expect.poll(() => one.kiosk.status().outboxDepth).toBe(0)
    expect(received().map((event) => event.menu)).toEqual(['map', 'library', 'council'])
    await expect.poll(() => [...hub.health.values()].map((entry) => entry.code)).toContain('kiosk-started')
    await expect.poll(() => hub.heartbeats.length).toBeGreaterThan(0)
  })

  it('loses and doubles nothing when the line is cut before, during or after the answer', async () => {
    const one = await bench.begin()
    await one.kiosk.enrol({ hubUrl: hub.url, code: benchCode })
    const faults = ['cut', 'swallow', 'answer'] as const
    let at = 0
    hub.play(({ path }) => (path.endsWith('/usage') ? (faults[at++ % 3] ?? 'answer') : 'answer'))
    one.kiosk.start()
    for (let n = 0; n < 40; n += 1) {
      await one.touch()
      if (n % 4 === 0) await one.kiosk.flush()
    }
    await expect.poll(() => one.kiosk.status().outboxDepth).toBe(0)
    expect(received().map((event) => event.sequence)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1))
    expect(new Set(received().map((event) => event.id)).size).toBe(40)
    expect(at).toBeGreaterThan(9)
  })

  it('sends at most 500 at a time, and halves a batch that is too large for the hub', async () => {
    const one = await bench.begin()
    for (let n = 0; n < 620; n += 1) await one.touch()
    await one.kiosk.enrol({ hubUrl: hub.url, code: benchCode })
    let refusals = 0
    hub.play(({ path }) => (path.endsWith('/usage') && refusals++ < 2 ? { status: 413 } : 'answer'))
    await one.kiosk.flush()
    expect(hub.acknowledged()).toBe(620)
    expect(hub.deliveries[0]).toHaveLength(125)
    expect(Math.max(...hub.deliveries.map((batch) => batch.length))).toBeLessThanOrEqual(500)
  })

  it('keeps the wait that the hub asks for', async () => {
    const one = await bench.begin()
    await one.kiosk.enrol({ hubUrl: hub.url, code: benchCode })
    hub.play(({ path }) => (path.endsWith('/usage') ? { status: 429, headers: { 'retry-after': '3600' } } : 'answer'))
    await one.touch()
    await one.kiosk.flush()
    one.kiosk.start()
    await expect.poll(() => hub.watching()).toBe(1)
    await expect.poll(() => hub.heartbeats.length).toBeGreaterThan(0)
    const tries = () => hub.requests.filter(({ path }) => path.endsWith('/usage')).length
    // The one of the start, which goes its own way beside the heartbeat.
    await expect.poll(tries).toBe(2)
    for (let n = 0; n < 5; n += 1) await one.touch()
    expect(tries()).toBe(2)
    hub.play(() => 'answer')
    await one.kiosk.flush()
    expect(hub.acknowledged()).toBe(6)
  })

  it('a revoked kiosk sends no more and goes on counting', async () => {
    const one = await bench.begin()
    await one.kiosk.enrol({ hubUrl: hub.url, code: benchCode })
    hub.play(({ path }) => (path.endsWith('/time') ? 'answer' : { status: 403, code: 'KIOSK_REVOKED' }))
    one.kiosk.start()
    await one.touch()
    await expect.poll(() => one.codes()).toContain('hub-revoked')
    // The stream may have heard it while a batch was still on its way.
    await one.kiosk.flush()
    const before = hub.requests.filter(({ path }) => path.endsWith('/usage')).length
    expect(await one.touch()).toEqual({ state: 'recorded' })
    await one.kiosk.flush()
    expect(hub.requests.filter(({ path }) => path.endsWith('/usage')).length).toBe(before)
    expect(one.kiosk.status().outboxDepth).toBe(2)
    hub.play(() => 'answer')
    await one.kiosk.enrol({ hubUrl: hub.url, code: benchCode })
    await one.kiosk.flush()
    expect(hub.acknowledged()).toBe(2)
  })

  it('says loudly that the hub lacks what was deleted here, and goes on with what is new', async () => {
    const one = await bench.begin()
    await one.kiosk.enrol({ hubUrl: hub.url, code: benchCode })
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

  it('sends again at once what the hub took only in part', async () => {
    const hub = await bench.hub()
    // So long that a slow disk does not part what is to go together: it is sent when it is told to be.
    const one = await bench.begin({ timing: { gatherMs: 600_000, retryFirstMs: 600_000, retryMaxMs: 600_000 } })
    await one.kiosk.enrol({ hubUrl: hub.url, code: benchCode })
    one.kiosk.start()
    await expect.poll(() => hub.heartbeats.length).toBeGreaterThan(0)
    const take = hub.events.set.bind(hub.events)
    let dropped = 0
    hub.events.set = (sequence, event) => {
      if (sequence === 2 && dropped === 0) {
        dropped += 1
        return hub.events
      }
      return take(sequence, event)
    }
    for (let n = 0; n < 3; n += 1) await one.touch()
    await one.kiosk.flush()
    expect(one.kiosk.status().outboxDepth).toBe(0)
    expect(hub.deliveries).toEqual([
      [1, 2, 3],
      [2, 3],
    ])
  })

  it('says loudly that the hub holds another access under a sequence, deletes nothing, and goes on counting', async () => {
    const one = await bench.begin()
    await one.kiosk.enrol({ hubUrl: hub.url, code: benchCode })
    hub.play(({ path }) => (path.endsWith('/usage') ? { status: 409, code: 'SEQUENCE_CONFLICT' } : 'answer'))
    await one.touch()
    await one.kiosk.flush()
    expect(one.codes()).toContain('usage-refused')
    expect(await one.touch()).toEqual({ state: 'recorded' })
    expect(one.kiosk.status().outboxDepth).toBe(2)
  })

  it('learns again what time it is when a token is refused for it', async () => {
    const one = await bench.begin()
    await one.kiosk.enrol({ hubUrl: hub.url, code: benchCode })
    await one.touch()
    await one.kiosk.flush()
    hub.setNow(() => benchNowMs + 3_600_000)
    await one.touch()
    await one.kiosk.flush()
    expect(hub.acknowledged()).toBe(2)
    expect(one.codes()).toContain('clock-corrected')
  })
})

it('under a new name the hub begins to count anew, and what was left is sent from 1', async () => {
  const one = await bench.begin()
  await one.kiosk.enrol({ hubUrl: hub.url, code: benchCode })
  for (let n = 0; n < 3; n += 1) await one.touch()
  await one.kiosk.flush()
  hub.play(() => ({ status: 403, code: 'KIOSK_REVOKED' }))
  for (const menu of ['map', 'library'] as const) await one.touch(menu)
  await one.kiosk.flush()
  const other = await bench.hub({ kioskId: 'kenko-plaza-2' })
  expect(await one.kiosk.enrol({ hubUrl: other.url, code: benchCode })).toEqual({ kioskId: 'kenko-plaza-2' })
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
  await bench.end(one)
  const next = await bench.begin()
  await next.touch()
  await next.kiosk.flush()
  expect(other.acknowledged()).toBe(4)
})

it('an answer to the old name that comes during the change of names deletes nothing of the new one', async () => {
  const other = await bench.hub({ kioskId: 'kenko-plaza-2' })
  let slow = Promise.resolve()
  const one: TestKiosk = await bench.begin({
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
  await one.kiosk.enrol({ hubUrl: hub.url, code: benchCode })
  one.kiosk.start()
  await expect.poll(() => hub.watching()).toBe(1)
  await one.touch()
  await one.kiosk.flush()
  await one.kiosk.enrol({ hubUrl: other.url, code: benchCode })
  await one.touch()
  await one.kiosk.flush()
  await expect.poll(() => one.kiosk.status().outboxDepth).toBe(0)
  expect(hub.events.size + other.events.size).toBe(5)
  expect(other.acknowledged()).toBe(other.events.size)
})
