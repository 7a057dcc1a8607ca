import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { KioskStatus } from '../../contract/health.ts'
import { type TestHub, testHub } from '../testing/test-hub.ts'
import { enrolledAt, type TestMachine } from '../testing/test-machine.ts'
import { administratorAt, type Browser, browserAt, colleagueAt } from '../testing/test-staff.ts'
import { monthStartMs, tokyoMonth } from '../usage/fiscal-calendar.ts'

const watchPath = '/api/v1/kiosk/watch'
const status: KioskStatus = {
  softwareVersion: '1.0.0',
  contractVersion: 1,
  host: 'chromium',
  releaseNumber: 0,
  lastSequence: 0,
  outboxDepth: 0,
  oldestUnsentAtMs: null,
  clockOffsetMs: null,
  freeDiskBytes: null,
  uptimeMs: 1,
  screenAlive: true,
}
const viewPath = (id: string) => `/api/v1/kiosks/${id}/internet`
const mark = '0123456789abcdef'
const endPath = (id: string) => `/api/v1/kiosks/${id}/internet/end`

let town: TestHub
let administrator: Browser
let kiosk: TestMachine
const cut: (() => void)[] = []
beforeEach(async () => {
  town = await testHub()
  administrator = await administratorAt(town)
  kiosk = await enrolledAt(town)
})
afterEach(async () => {
  for (const end of cut.splice(0)) end()
  await town.close()
})

/** The kiosk's standing line; what it heard so far. */
async function listen(machine: TestMachine): Promise<{ heard: () => string; end: () => void }> {
  const ending = new AbortController()
  const response = await fetch(`${town.hub.url}${watchPath}`, {
    headers: { authorization: await machine.token('GET', watchPath) },
    signal: ending.signal,
  })
  expect(response.status).toBe(200)
  let heard = ''
  const reading = (async () => {
    for await (const chunk of response.body ?? []) heard += Buffer.from(chunk).toString()
  })().catch(() => undefined)
  const end = () => {
    ending.abort()
    void reading
  }
  cut.push(end)
  await expect.poll(() => heard).toContain('"hello"')
  return { heard: () => heard, end }
}
const audited = async () => {
  const { entries } = (await administrator.get('/api/v1/audit')).json() as {
    entries: { act: string; actor: string; subject: string }[]
  }
  return entries.filter((one) => one.act === 'internet-turn-ended')
}

describe('ending a turn from the console', () => {
  it('reaches that kiosk and no other, and is in the record of acts', async () => {
    const other = await enrolledAt(town, 'ekimae-plaza')
    const [line, otherLine] = [await listen(kiosk), await listen(other)]
    const answer = await administrator.post(endPath(kiosk.id()), { turn: mark })
    expect([answer.status, answer.json()]).toEqual([200, {}])
    await expect.poll(line.heard).toContain('"end-internet"')
    expect(await audited()).toEqual([expect.objectContaining({ actor: 'kanri@town.example', subject: kiosk.id() })])
    // What is pushed after it came through, so what was pushed before would have.
    await administrator.post(endPath(other.id()), { turn: mark })
    await expect.poll(otherLine.heard).toContain('"end-internet"')
    expect(otherLine.heard().split('"end-internet"')).toHaveLength(2)
    expect(line.heard().split('"end-internet"')).toHaveLength(2)
  })

  it('is told in words when the kiosk does not listen, and then nothing is recorded', async () => {
    const refused = async () => {
      const answer = await administrator.post(endPath(kiosk.id()), { turn: mark })
      return [answer.status, answer.json()]
    }
    const words = expect.objectContaining({
      code: 'NOT_CONNECTED',
      message: '端末とつながっていないため、伝えられません。',
    })
    expect(await refused()).toEqual([409, words])
    const line = await listen(kiosk)
    line.end()
    // Asked too early it would still be heard, and recorded.
    await expect
      .poll(async () => (await administrator.get(viewPath(kiosk.id()))).json())
      .toMatchObject({ connected: false })
    expect(await refused()).toEqual([409, words])
    expect(await audited()).toEqual([])
  })

  it('is no matter of other staff, of nobody, or of a foreign page', async () => {
    const line = await listen(kiosk)
    for (const role of ['editor', 'approver', 'desk'] as const) {
      const colleague = await colleagueAt(town, administrator, role)
      expect((await colleague.post(endPath(kiosk.id()), { turn: mark })).status, role).toBe(403)
      expect((await colleague.get(viewPath(kiosk.id()))).status, role).toBe(403)
    }
    expect((await browserAt(town).post(endPath(kiosk.id()), { turn: mark })).status).toBe(401)
    const foreign = { origin: 'https://evil.example' }
    expect((await administrator.post(endPath(kiosk.id()), { turn: mark }, foreign)).status).toBe(403)
    expect((await administrator.post(endPath('nobody-here'), { turn: mark })).status).toBe(404)
    expect(await audited()).toEqual([])
    expect(line.heard()).not.toContain('end-internet')
  })
})

describe('what staff see', () => {
  const view = async () => (await administrator.get(viewPath(kiosk.id()))).json()

  it('is the state as the kiosk told it, while it is connected', async () => {
    const none = { turns: 0, refused: [] }
    expect(await view()).toEqual({ state: null, turn: null, connected: false, today: none, month: none })
    const line = await listen(kiosk)
    expect(await view()).toMatchObject({ state: null, connected: true })
    for (const internet of ['open', 'resting', 'closed'] as const) {
      expect((await kiosk.post('/api/v1/kiosk/heartbeat', { ...status, internet })).status).toBe(200)
      expect(await view()).toMatchObject({ state: internet })
    }
    await kiosk.post('/api/v1/kiosk/heartbeat', { ...status, internet: 'open', internetTurn: mark })
    expect(await view()).toMatchObject({ state: 'open', turn: mark })
    // A kiosk of an older program does not tell.
    expect((await kiosk.post('/api/v1/kiosk/heartbeat', status)).status).toBe(200)
    expect(await view()).toMatchObject({ state: null, connected: true })
    await kiosk.post('/api/v1/kiosk/heartbeat', { ...status, internet: 'open' })
    line.end()
    await expect.poll(view).toMatchObject({ state: null, connected: false })
  })

  it('are counts of today and of this month, without an address', async () => {
    const [year = 0, month = 1] = tokyoMonth(town.clock.nowMs()).split('-').map(Number)
    const turn = (sequence: number, atMs: number, detail: object) => ({
      ...{ sequence, atMs, level: 'info', code: 'internet-turn-ended' },
      detail: { lastedMs: 1, why: 'visitor', ...detail },
    })
    const entries = [
      turn(1, town.clock.nowMs(), { 'not-listed': 3, site: 'https://town.example/' }),
      turn(2, monthStartMs(year, month), { certificate: 2 }),
      turn(3, monthStartMs(year, month) - 1, { denied: 8 }),
    ]
    for (const _ of [1, 2]) expect((await kiosk.post('/api/v1/kiosk/health', { entries })).status).toBe(200)
    expect(await view()).toMatchObject({
      today: { refused: expect.arrayContaining([{ reason: 'not-listed', times: 3 }]) },
      month: {
        turns: 2,
        refused: [
          { reason: 'not-listed', times: 3 },
          { reason: 'certificate', times: 2 },
        ],
      },
    })
    const health = await administrator.get(`/api/v1/kiosks/${kiosk.id()}/health`)
    expect(health.status).toBe(200)
    expect(health.body).not.toContain('town.example')
  })
})
