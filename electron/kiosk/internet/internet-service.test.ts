import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { InternetContent } from '../../../contract/menus/internet.ts'
import { playedNet } from '../testing/played-net.ts'
import type { GuardedEvents } from './guarded-browser.ts'
import { createInternetService } from './internet-service.ts'

const content: InternetContent = {
  tiles: [{ id: 'town', name: { ja: '町' }, icon: 'town', url: 'https://town.example/' }],
  policy: {
    mode: 'listed',
    pages: [{ host: 'town.example', paths: ['/'], plain: false }],
    parts: [],
    denied: [],
    filter: null,
  },
  turn: { limitMs: 600_000, extensionMs: 300_000, warnBeforeMs: 60_000, restMs: 30_000 },
}
const first = 'b3b0c1de-0000-4000-8000-000000000001'
const second = 'b3b0c1de-0000-4000-8000-000000000002'

/** A browser that does nothing by itself, and says what became of its sessions. */
function playedBrowser() {
  const sessions: { events: GuardedEvents; went: string[]; ended: boolean }[] = []
  const nothing = () => undefined
  return {
    sessions,
    browser: {
      shown: 'picture' as const,
      async open(_options: unknown, events: GuardedEvents) {
        const session = { events, went: [] as string[], ended: false }
        sessions.push(session)
        return {
          picture: null,
          go: (url: string) => void session.went.push(url),
          back: nothing,
          forward: nothing,
          reload: nothing,
          stop: nothing,
          place: nothing,
          cover: nothing,
          zoom: nothing,
          type: nothing,
          key: nothing,
          answer: nothing,
          choose: nothing,
          async end() {
            session.ended = true
          },
        }
      },
      async close() {},
    },
  }
}

describe('turns in the web', () => {
  let passedMs: number
  let played: ReturnType<typeof playedBrowser>
  let reports: { code: string; detail: Record<string, unknown> }[]
  let service: ReturnType<typeof createInternetService>
  beforeEach(() => {
    passedMs = 0
    played = playedBrowser()
    reports = []
    service = createInternetService({
      content: () => content,
      releaseNumber: () => 1,
      browser: played.browser,
      outside: playedNet().outside,
      uptimeMs: () => passedMs,
      report: (code, _level, detail) => reports.push({ code, detail }),
    })
  })
  afterEach(() => service.close())

  const kind = () => expect.poll(() => service.state().kind)
  const begin = async (visitId: string) => {
    await service.begin({
      visitId,
      tile: 'town',
      place: { leftPx: 0, topPx: 0, widthPx: 800, heightPx: 600 },
      language: 'ja',
    })
  }
  const turn = () => {
    const state = service.state()
    if (state.kind !== 'open') throw new Error(`the turn is ${state.kind}`)
    return state.turn
  }

  it('ends when the time is up, leaves no session, and then rests with the seconds going down', async () => {
    await begin(first)
    await kind().toBe('open')
    passedMs = 600_000
    await expect.poll(() => service.state()).toEqual({ kind: 'over', why: 'time' })
    expect(played.sessions.map(({ ended }) => ended)).toEqual([true])
    await service.leave('visitor')
    expect(service.state()).toEqual({ kind: 'resting', forMs: 30_000 })
    const told: number[] = []
    const stop = new AbortController()
    const listening = (async () => {
      for await (const state of service.watch(stop.signal)) told.push(state.kind === 'resting' ? state.forMs : -1)
    })()
    await expect.poll(() => told).toEqual([30_000])
    passedMs += 10_000
    await expect.poll(() => told.at(-1)).toBe(20_000)
    await begin(second)
    expect(service.state().kind).toBe('resting')
    passedMs += 20_000
    await expect.poll(() => told.at(-1)).toBe(-1)
    stop.abort()
    await listening
    await begin(second)
    await kind().toBe('open')
  })

  it('is made longer once, from the warning on, and not when somebody waits', async () => {
    await begin(first)
    await kind().toBe('open')
    service.act({ act: 'extend' })
    expect(turn().leftMs).toBe(600_000)
    passedMs = 550_000
    service.act({ act: 'extend' })
    expect(turn()).toMatchObject({ leftMs: 350_000, canExtend: false })
    passedMs = 850_000
    service.act({ act: 'extend' })
    expect(turn().leftMs).toBe(50_000)
    await service.leave('visitor')
    await begin(second)
    await kind().toBe('open')
    service.act({ act: 'somebody-waits' })
    passedMs += 550_000
    service.act({ act: 'extend' })
    expect(turn()).toMatchObject({ leftMs: 50_000, canExtend: false, waiting: true })
  })

  it('is the next visitor’s alone: the former session is gone before the new one is there', async () => {
    await begin(first)
    await kind().toBe('open')
    await begin(second)
    await expect.poll(() => played.sessions.map(({ ended }) => ended)).toEqual([true, false])
    played.sessions[0]?.events.refused('not-listed', true)
    await service.leave('idle')
    expect(reports.map(({ detail }) => detail)).toEqual([
      { why: 'visitor', lastedMs: 0 },
      { why: 'idle', lastedMs: 0 },
    ])
  })

  it('ends by the staff’s word, and says how often what was refused', async () => {
    await begin(first)
    await kind().toBe('open')
    played.sessions[0]?.events.refused('not-listed', true)
    played.sessions[0]?.events.refused('download', false)
    played.sessions[0]?.events.refused('download', false)
    const { internetTurn = '' } = service.occupied()
    await service.endByStaff('0123456789abcdef')
    expect(service.occupied()).toEqual({ internet: 'open', internetTurn })
    await service.endByStaff(internetTurn)
    expect(service.occupied()).toEqual({ internet: 'closed' })
    expect(service.state()).toEqual({ kind: 'over', why: 'staff' })
    expect(reports).toEqual([
      { code: 'internet-turn-ended', detail: { why: 'staff', lastedMs: 0, 'not-listed': 1, download: 2 } },
    ])
  })

  it('another tile in the same visit goes on in the same session', async () => {
    await begin(first)
    await kind().toBe('open')
    await begin(first)
    expect(played.sessions.map(({ went }) => went)).toEqual([['https://town.example/', 'https://town.example/']])
  })
})
