import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hubTimeHeader } from '../../contract/kiosk-hub-api.ts'
import type { HubOptions, HubTls } from '../app.ts'
import { type TestHub, testHub } from '../testing/test-hub.ts'
import { access, enrolledAt, machineAt, type TestMachine, type TokenClaims } from '../testing/test-machine.ts'

const usagePath = '/api/v1/kiosk/usage'
const second = 1_000
const minute = 60 * second

async function codeFor(town: TestHub, facilityId = 'kenko-plaza'): Promise<string> {
  const facility = town.hub.parts.facilities.find((one) => one.id === facilityId)
  if (!facility) throw new Error('no such facility')
  return (await town.hub.parts.enrolment.createCode(facility, 'test')).code
}
const refusals = (town: TestHub) =>
  town.logged.filter((line) => line.msg === 'kiosk request refused').map((line) => [line.kiosk, line.why])
async function countOf(town: TestHub, id: string): Promise<number> {
  return (await town.hub.parts.kiosks.all()).find((row) => row.id === id)?.refused ?? -1
}

const lines: { name: string; tls: HubTls }[] = [
  { name: 'plain on this machine', tls: { kind: 'off' } },
  { name: 'over TLS with a certificate of its own', tls: { kind: 'self-made' } },
]
describe.each(lines)('$name', ({ tls }) => {
  let town: TestHub
  let kiosk: TestMachine
  beforeAll(async () => {
    town = await testHub({ tls })
    // Nothing that was made before the hub started is taken: the tests reach back a little.
    town.clock.pass(10 * minute)
    kiosk = await enrolledAt(town)
  })
  // The same refusal is logged again only after a minute.
  beforeEach(() => town.clock.pass(minute))
  afterAll(() => town.close())

  it('takes the counts of a kiosk it knows, and tells the time', async () => {
    const answer = await kiosk.pushUsage([access(1), access(2)])
    expect(answer.status).toBe(200)
    expect(answer.json()).toEqual({ acknowledgedThrough: 2, accepted: 2, repeated: 0 })
    expect(answer.headers.get(hubTimeHeader)).toBe(String(town.clock.nowMs()))
    expect((await kiosk.pushUsage([access(2), access(3)])).json()).toEqual({
      acknowledgedThrough: 3,
      accepted: 1,
      repeated: 1,
    })
  })

  it.each<[string, string, TokenClaims]>([
    ['of a kiosk that nobody enrolled', 'unknown-kiosk', { kid: 'nobody-here' }],
    ['whose name is no name', 'malformed', { kid: '../../etc' }],
    ['that names one kiosk outside and another inside', 'other-name', { issuer: 'ekimae-plaza' }],
    ['for another hub', 'malformed', { audience: 'hub-elsewhere' }],
    ['for another call', 'other-request', { path: '/api/v1/kiosk/heartbeat' }],
    ['for another method', 'other-request', { method: 'GET' }],
    ['that ran out', 'expired', { atMs: -121 * second }],
    ['of a clock that is ahead', 'expired', { atMs: 62 * second }],
    ['that would be good for an hour', 'expired', { validSeconds: 3_600 }],
    ['made before the hub started', 'before-start', { atMs: -30 * minute, validSeconds: 120 }],
  ])('a token %s is refused, logged and counted', async (_, why, claims) => {
    const before = await countOf(town, kiosk.id())
    const atMs = town.clock.nowMs() + (claims.atMs ?? 0)
    const nowMs = town.clock.nowMs()
    // As if the token were young when it arrives: only that it is older than the hub's start is wrong with it.
    if (why === 'before-start') town.clock.set(atMs + second)
    const answer = await kiosk.pushUsage([access(4)], { ...claims, atMs })
    town.clock.set(nowMs)
    expect(answer.status).toBe(401)
    expect(answer.json()).toMatchObject({ code: 'TOKEN_REFUSED', message: 'token refused' })
    expect(answer.headers.has(hubTimeHeader)).toBe(true)
    const ours = claims.kid === undefined
    expect(refusals(town).at(-1)).toEqual([ours ? kiosk.id() : 'unknown', why])
    expect(await countOf(town, kiosk.id())).toBe(ours ? before + 1 : before)
  })

  it.each([
    ['none', undefined, 'missing'],
    ['of another kind', 'Bearer abc', 'malformed'],
    ['that is no token', 'KioskToken abc', 'malformed'],
    ['with a broken middle', 'KioskToken eyJhbGciOiJub25lIiwia2lkIjoia2Vua28tcGxhemEifQ.e30.', 'bad-signature'],
  ])('a token %s is refused', async (_, authorization, why) => {
    const answer = await town.ask(usagePath, {
      body: { events: [access(4)] },
      headers: authorization === undefined ? {} : { authorization },
    })
    expect(answer.status).toBe(401)
    expect(refusals(town).at(-1)?.[1]).toBe(why)
  })

  it('a clock that is off by less than a minute is taken', async () => {
    for (const offMs of [-59 * second, 59 * second])
      expect((await kiosk.pushUsage([access(1)], { atMs: town.clock.nowMs() + offMs })).status).toBe(200)
  })

  it('a token that was listened to and sent again is refused', async () => {
    const headers = { authorization: await kiosk.token('POST', usagePath) }
    expect((await town.ask(usagePath, { body: { events: [access(1)] }, headers })).status).toBe(200)
    expect((await town.ask(usagePath, { body: { events: [access(4)] }, headers })).status).toBe(401)
    expect(refusals(town).at(-1)).toEqual([kiosk.id(), 'replayed'])
  })

  it('a kiosk under the name of another is refused, and the other is unharmed', async () => {
    const other = await enrolledAt(town, 'ekimae-plaza')
    expect((await other.pushUsage([access(1)], { kid: kiosk.id() })).status).toBe(401)
    expect(refusals(town).at(-1)).toEqual([kiosk.id(), 'bad-signature'])
    expect((await kiosk.pushUsage([access(3)])).json()).toMatchObject({ acknowledgedThrough: 3 })
  })

  it('a retired kiosk is told so, and only to itself', async () => {
    const retired = await enrolledAt(town, 'sogo-taiikukan')
    await town.hub.parts.kiosks.revoke(retired.id(), town.clock.nowMs())
    const answer = await retired.pushUsage([access(1)])
    expect([answer.status, answer.json()]).toEqual([403, expect.objectContaining({ code: 'KIOSK_REVOKED' })])
    expect((await machineAt(town).pushUsage([access(1)], { kid: retired.id() })).status).toBe(401)
    expect(await countOf(town, retired.id())).toBe(2)
  })

  it('a count that contradicts one that is held is refused with its number', async () => {
    const answer = await kiosk.pushUsage([access(4), access(2, { menu: 'council' })])
    expect(answer.status).toBe(409)
    expect(answer.json()).toMatchObject({ code: 'SEQUENCE_CONFLICT', data: { sequence: 2 } })
    expect((await town.hub.parts.usage.sequenceState(1)).highestKnown).toBe(3)
  })

  it('keeps what a kiosk tells of itself', async () => {
    const status = {
      softwareVersion: '1.0.0',
      contractVersion: 1,
      host: 'headless',
      releaseNumber: 0,
      lastSequence: 5,
      outboxDepth: 2,
      oldestUnsentAtMs: null,
      clockOffsetMs: null,
      freeDiskBytes: null,
      uptimeMs: 1,
      screenAlive: true,
    }
    expect((await kiosk.post('/api/v1/kiosk/heartbeat', status)).json()).toEqual({ hubTimeMs: town.clock.nowMs() })
    const entries = [{ sequence: 1, atMs: 1, level: 'info', code: 'kiosk-started', detail: {} }]
    expect((await kiosk.post('/api/v1/kiosk/health', { entries })).json()).toEqual({ acknowledgedThrough: 1 })
    const bad = [{ ...entries[0], code: 'made-up' }]
    expect((await kiosk.post('/api/v1/kiosk/health', { entries: bad })).status).toBe(400)
  })
})

describe('an enrolment code', () => {
  let town: TestHub
  beforeAll(async () => {
    town = await testHub({ tls: { kind: 'self-made' } })
  })
  afterAll(() => town.close())

  it('is good to the last moment of its fifteen minutes', async () => {
    const code = await codeFor(town)
    town.clock.pass(15 * minute - 1)
    expect((await machineAt(town).enrol(code)).status).toBe(200)
    const late = await codeFor(town)
    town.clock.pass(15 * minute)
    const answer = await machineAt(town).enrol(late)
    expect([answer.status, answer.json()]).toEqual([403, expect.objectContaining({ code: 'CODE_REFUSED' })])
    expect(refusals(town).at(-1)).toEqual(['unknown', 'enrolment'])
  })

  it('is good for one machine', async () => {
    const code = await codeFor(town)
    expect((await machineAt(town).enrol(code)).status).toBe(200)
    expect((await machineAt(town).enrol(code)).status).toBe(403)
  })

  it('is void after five wrong guesses, even for who knows it', async () => {
    const code = await codeFor(town)
    const wrong = `${code.slice(0, 10)}${code.endsWith('0000') ? '1111' : '0000'}`
    for (let guess = 0; guess < 5; guess += 1) expect((await machineAt(town).enrol(wrong)).status).toBe(403)
    expect((await machineAt(town).enrol(code)).status).toBe(403)
  })

  it('proved over a certificate that is not the hub’s means somebody is between: refused', async () => {
    expect((await machineAt(town).enrol(await codeFor(town), 'ab'.repeat(32))).status).toBe(403)
    expect((await machineAt(town).enrol(await codeFor(town), '')).status).toBe(403)
  })

  it('one place that goes on guessing is refused altogether', async () => {
    for (let guess = 0; guess < 40; guess += 1) await machineAt(town).enrol('ZZZZ-ZZZZ-ZZZZ')
    expect((await machineAt(town).enrol(await codeFor(town))).status).toBe(403)
    town.clock.pass(minute)
    expect((await machineAt(town).enrol(await codeFor(town))).status).toBe(200)
  })
})

describe('too much', () => {
  let town: TestHub | undefined
  afterEach(() => town?.close())
  const start = async (options: Partial<HubOptions> = {}) => {
    town = await testHub(options)
    return { town, kiosk: await enrolledAt(town) }
  }

  it('a body of more than a megabyte is refused, whether its length is told or not', async () => {
    const { town, kiosk } = await start()
    const big = JSON.stringify({ events: [access(1)], more: 'x'.repeat(1_100_000) })
    const ask = async (path: string, raw: string) =>
      town.ask(path, {
        raw,
        headers: { 'content-type': 'application/json', authorization: await kiosk.token('POST', path) },
      })
    expect((await ask(usagePath, big)).status).toBe(413)
    expect((await ask('/api/v1/kiosk/enrol', big)).status).toBe(413)
    expect((await ask('/auth/sign-in/email', big)).status).toBe(413)
    expect((await ask(usagePath, JSON.stringify({ events: [access(1)] }))).status).toBe(200)
  })

  it('what is no batch is refused: not JSON, none, too many, unknown menu, time or number out of bounds', async () => {
    const { town, kiosk } = await start()
    const authorization = () => kiosk.token('POST', usagePath)
    const ask = async (raw: string) =>
      (
        await town.ask(usagePath, {
          raw,
          headers: { 'content-type': 'application/json', authorization: await authorization() },
        })
      ).status
    for (const raw of ['{"events":', '[]', 'null', '', '"x"']) expect(await ask(raw), raw).toBe(400)
    const batches = [
      [],
      Array.from({ length: 501 }, (_, index) => access(index + 1)),
      [{ ...access(1), menu: 'bank' }],
      [access(0)],
      [access(1.5)],
      [access(2 ** 53)],
      [access(1, { atMs: -1 })],
      [access(1, { atMs: 8.64e15 + 1 })],
      [access(1, { id: 'x' })],
    ]
    for (const [index, events] of batches.entries())
      expect(await ask(JSON.stringify({ events })), `batch ${index}`).toBe(400)
    expect((await town.hub.parts.usage.sequenceState(1)).highestKnown).toBe(0)
    expect(town.logged.filter((line) => Number(line.level) >= 50)).toEqual([])
  })

  it('requests of one kiosk are limited, and it is told how long to wait; others are not', async () => {
    const { town, kiosk } = await start({ kioskLimit: { perSecond: 0.01, burst: 3 } })
    const other = await enrolledAt(town, 'ekimae-plaza')
    for (let sequence = 1; sequence <= 3; sequence += 1)
      expect((await kiosk.pushUsage([access(sequence)])).status).toBe(200)
    const answer = await kiosk.pushUsage([access(4)])
    expect(answer.status).toBe(429)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(60)
    expect((await other.pushUsage([access(1)])).status).toBe(200)
  })

  it('a flood of one refusal is one line a minute, each counted', async () => {
    const { town, kiosk } = await start()
    for (let tries = 0; tries < 30; tries += 1) await kiosk.pushUsage([access(1)], { audience: 'elsewhere' })
    expect(refusals(town)).toHaveLength(1)
    expect(await countOf(town, kiosk.id())).toBe(30)
    town.clock.pass(minute)
    await kiosk.pushUsage([access(1)], { audience: 'elsewhere' })
    expect(town.logged.filter((line) => line.msg === 'kiosk request refused').at(-1)).toMatchObject({ alsoSince: 29 })
  })
})

it('without TLS the hub does not listen beyond this machine', async () => {
  for (const host of ['0.0.0.0', '::', '192.0.2.1'])
    await expect(testHub({ host })).rejects.toMatchObject({ code: 'bad-arguments' })
})
