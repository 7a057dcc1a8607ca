import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { InternetContent, InternetTarget } from '../../../contract/menus/internet.ts'
import { type PlayedBrowser, playedBrowser } from '../testing/played-browser.ts'
import { playedNet } from '../testing/played-net.ts'
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

describe('turns in the web', () => {
  let passedMs: number
  let played: PlayedBrowser
  let reports: { code: string; detail: Record<string, unknown> }[]
  let service: ReturnType<typeof createInternetService>
  beforeEach(() => {
    passedMs = 0
    played = playedBrowser()
    reports = []
    service = createInternetService({
      content: () => content,
      releaseNumber: () => 1,
      reservePage: async (title) => (title === 'S1' ? 'https://lib.example/r?id=S1' : null),
      browser: played.browser,
      outside: playedNet().outside,
      uptimeMs: () => passedMs,
      report: (code, _level, detail) => reports.push({ code, detail }),
    })
  })
  afterEach(() => service.close())

  const kind = () => expect.poll(() => service.state().kind)
  const begin = async (visitId: string, to: InternetTarget = { tile: 'town' }) => {
    await service.begin({
      visitId,
      to,
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
    // The seconds go on by the machine's own clock: on a slow one the next is told already.
    await expect.poll(() => told[0]).toBe(30_000)
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

  it('a book leads to the library’s page for it, in a turn like any other', async () => {
    await begin(first, { title: 'S1' })
    await kind().toBe('open')
    expect(played.sessions.map(({ went }) => went)).toEqual([['https://lib.example/r?id=S1']])
    passedMs = 550_000
    expect(turn()).toMatchObject({ leftMs: 50_000, warning: true, canExtend: true })
    passedMs = 600_000
    await expect.poll(() => service.state()).toEqual({ kind: 'over', why: 'time' })
    await service.leave('visitor')
    await begin(second, { title: 'S1' })
    expect(service.state()).toEqual({ kind: 'resting', forMs: 30_000 })
    expect(played.sessions.map(({ ended }) => ended)).toEqual([true])
  })

  it.each([{ title: 'S2' }, { tile: 'S1' }])('%o opens nothing, and takes nothing away', async (to) => {
    await begin(first)
    await kind().toBe('open')
    await expect(begin(first, to)).rejects.toMatchObject({ code: 'not-found' })
    await expect(begin(second, to)).rejects.toMatchObject({ code: 'not-found' })
    expect(played.sessions.map(({ went, ended }) => [went, ended])).toEqual([[['https://town.example/'], false]])
  })

  it('a visitor who leaves while the address is still looked for leaves nothing behind', async () => {
    const beginning = begin(first, { title: 'S1' })
    const leaving = service.leave('visitor')
    await Promise.all([beginning, leaving])
    expect(service.state()).toEqual({ kind: 'closed' })
    expect(played.sessions.map(({ ended }) => ended)).toEqual([true])
  })

  it.each(['back', 'forward', 'reload'] as const)(
    '%s leaves what was refused, also where no other page comes',
    async (act) => {
      await begin(first)
      await kind().toBe('open')
      played.sessions[0]?.events.problem({ kind: 'refused', reason: 'not-listed' }, false)
      expect(service.state()).toMatchObject({ problem: { kind: 'refused' } })
      service.act({ act })
      expect(service.state()).toMatchObject({ problem: null })
    },
  )
})
