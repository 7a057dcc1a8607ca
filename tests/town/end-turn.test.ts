import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { type InternetContent, internetContentSchema } from '../../contract/menus/internet.ts'
import { type PlayedBrowser, playedBrowser } from '../../electron/kiosk/testing/played-browser.ts'
import { playedClock, type TestKiosk, testKiosk } from '../../electron/kiosk/testing/test-kiosk.ts'
import { writeRelease0 } from '../../townhall/releases/release0.ts'
import { type TestHub, testHub } from '../../townhall/testing/test-hub.ts'
import { administratorAt, type Browser } from '../../townhall/testing/test-staff.ts'

/** A real hub, a real kiosk and the console's own calls; only the browser for strange pages is played. */
const address = 'https://town.example/secret-page'
const content: InternetContent = {
  tiles: [{ id: 't', name: { ja: '町' }, icon: 'town', url: address }],
  policy: {
    mode: 'listed',
    pages: [{ host: 'town.example', paths: ['/'], plain: false }],
    parts: [],
    denied: [],
    filter: null,
  },
  turn: { limitMs: 600_000, extensionMs: 300_000, warnBeforeMs: 60_000, restMs: 0 },
}

let folder: string
let town: TestHub
let administrator: Browser
let one: TestKiosk
let sessions: PlayedBrowser['sessions']

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'end-turn-'))
  const played = playedBrowser('view')
  sessions = played.sessions
  town = await testHub()
  administrator = await administratorAt(town)
  const bytes = Buffer.from(JSON.stringify(internetContentSchema.parse(content)))
  await writeRelease0([{ menu: 'internet', path: 'content.json', bytes }], join(folder, 'release0'))
  one = await testKiosk({
    dataDir: join(folder, 'data'),
    release0Dir: join(folder, 'release0'),
    clock: playedClock({ wallMs: town.clock.nowMs() }),
    guardedBrowser: played.browser,
  })
  const facility = town.hub.parts.facilities.find(({ id }) => id === 'kenko-plaza')
  if (!facility) throw new Error('no facility')
  const { code } = await town.hub.parts.enrolment.createCode(facility, 'test')
  await one.kiosk.enrol({ hubUrl: town.hub.url, code })
  one.kiosk.start()
})
afterEach(async () => {
  await one.kiosk.stop()
  await town.close()
  rmSync(folder, { recursive: true, force: true })
})

const view = async () => (await administrator.get('/api/v1/kiosks/kenko-plaza/internet')).json()
const begin = () =>
  one.screen.internet.begin({
    visitId: randomUUID(),
    to: { tile: 't' },
    place: { leftPx: 0, topPx: 0, widthPx: 1_000, heightPx: 1_000 },
    language: 'ja',
  })
const viewSchema = z.object({ turn: z.string().nullable() })
const turn = async () => viewSchema.parse(await view()).turn
const end = (mark: string | null) => administrator.post('/api/v1/kiosks/kenko-plaza/internet/end', { turn: mark })
async function onScreen() {
  for await (const state of await one.screen.internet.watch()) return state
  return null
}

it('staff see that somebody is in the web, and may end it: gone on the screen, and one more count without an address', async () => {
  await expect.poll(view).toMatchObject({ connected: true, state: 'closed', month: { turns: 0 } })
  await begin()
  await expect.poll(view).toMatchObject({ state: 'open' })
  await expect.poll(() => sessions.length).toBe(1)
  for (const leaves of [true, false]) sessions[0]?.events.refused('not-listed', leaves)

  expect((await end(await turn())).status).toBe(200)
  await expect.poll(onScreen).toEqual({ kind: 'over', why: 'staff' })
  expect(sessions[0]?.ended).toBe(true)
  const counts = { turns: 1, refused: [{ reason: 'not-listed', times: 2 }] }
  await expect.poll(view).toEqual({ connected: true, state: 'closed', turn: null, today: counts, month: counts })

  const told = await Promise.all(
    ['kiosks/kenko-plaza/health', 'kiosks', 'audit'].map((path) => administrator.get(`/api/v1/${path}`)),
  )
  expect(told.map((answer) => answer.status)).toEqual([200, 200, 200])
  expect(told.map((answer) => answer.body).join('')).toContain('"why":"staff"')
  expect(told.map((answer) => answer.body).join('')).not.toContain('town.example/')
})

it('the turn that staff saw is over: the next visitor is not the one to pay for it', async () => {
  await begin()
  await expect.poll(turn).not.toBeNull()
  const seen = await turn()
  await one.screen.internet.end()
  await begin()
  await expect.poll(turn).not.toBe(seen)
  await expect.poll(turn).not.toBeNull()
  const next = await turn()
  expect((await end(seen)).status).toBe(200)
  expect((await end(next)).status).toBe(200)
  await expect.poll(onScreen).toEqual({ kind: 'over', why: 'staff' })
  expect(sessions.map(({ ended }) => ended)).toEqual([true, true])
})
