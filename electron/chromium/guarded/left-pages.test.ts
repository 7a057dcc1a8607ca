import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { InternetPolicy } from '../../../contract/internet-policy.ts'
import type { GuardedEvents } from '../../kiosk/internet/guarded-browser.ts'
import { devtoolsOver } from '../devtools-pipe.ts'
import { startGuardedSession } from './guarded-session.ts'

/** A browser that says what a test says, in the order and the pieces that it says. */
const policy: InternetPolicy = {
  mode: 'listed',
  pages: [{ host: 'town.example', paths: ['/'], plain: false }],
  parts: [],
  denied: [],
  filter: null,
}
const askedSchema = z.object({
  id: z.number(),
  method: z.string(),
  params: z.record(z.string(), z.unknown()),
  sessionId: z.string().optional(),
})
type Asked = z.infer<typeof askedSchema>

function playedBrowser() {
  const [toBrowser, fromBrowser] = [new PassThrough(), new PassThrough()]
  const asked: Asked[] = []
  /** Questions that wait for their answer until they are let go. */
  const held: Asked[] = []
  let pages = 0
  let hold: string | null = null
  const write = (...said: unknown[]) => void fromBrowser.write(said.map((one) => `${JSON.stringify(one)}\0`).join(''))

  function answer({ id, method }: Asked): unknown[] {
    if (method === 'Target.createBrowserContext') return [{ id, result: { browserContextId: 'context' } }]
    if (method === 'Browser.getVersion') return [{ id, result: { userAgent: 'Browser' } }]
    if (method === 'Page.getNavigationHistory') return [{ id, result: { currentIndex: 0, entries: [] } }]
    if (method !== 'Target.createTarget') return [{ id, result: {} }]
    pages += 1
    const targetInfo = { targetId: `target-${pages}`, type: 'page', url: '', browserContextId: 'context' }
    const params = { sessionId: `page-${pages}`, waitingForDebugger: true, targetInfo }
    return [
      { id, result: {} },
      { method: 'Target.attachedToTarget', params },
    ]
  }
  let rest = ''
  toBrowser.on('data', (chunk: Buffer) => {
    const messages = `${rest}${chunk}`.split('\0')
    rest = messages.pop() ?? ''
    for (const message of messages) {
      const one = askedSchema.parse(JSON.parse(message))
      asked.push(one)
      if (one.method === hold) held.push(one)
      else write(...answer(one))
    }
  })
  const never = new Promise<never>(() => undefined)
  return {
    asked,
    browser: {
      ...{ pid: 0, devtools: devtoolsOver({ toBrowser, fromBrowser }), ended: never },
      ...{ end: async () => undefined, kill: async () => undefined },
    },
    holding(method: string | null): void {
      hold = method
    },
    held: () => held.length,
    /** Whatever was held is answered now, and more is said in the same piece. */
    release(...said: unknown[]): void {
      hold = null
      write(...held.splice(0).flatMap(answer), ...said)
    },
    say: write,
    went: () =>
      asked.flatMap(({ method, params, sessionId }) =>
        method === 'Page.navigate' ? [`${sessionId} ${params.url}`] : [],
      ),
    async heard(): Promise<void> {
      // What was written before this was taken when it comes back.
      const last = Promise.withResolvers<void>()
      const listening = (one: { method: string }) => one.method === 'Test.said' && last.resolve()
      this.browser.devtools.onEvent(listening)
      write({ method: 'Test.said' })
      await last.promise
    },
  }
}

const begun = (url: string, loader: string, navigationType = 'differentDocument') => ({
  method: 'Page.frameStartedNavigating',
  sessionId: 'page-1',
  params: { frameId: 'target-1', url, loaderId: loader, navigationType },
})
const requested = (url: string, loader: string) => ({
  method: 'Fetch.requestPaused',
  sessionId: 'page-1',
  params: {
    requestId: `r-${loader}`,
    frameId: 'target-1',
    resourceType: 'Document',
    request: { url },
  },
})
const arrived = (url: string, loader: string, more: Record<string, string> = {}) => ({
  method: 'Page.frameNavigated',
  sessionId: 'page-1',
  params: { frame: { id: 'target-1', url, loaderId: loader, ...more } },
})

let played: ReturnType<typeof playedBrowser>
let session: Awaited<ReturnType<typeof startGuardedSession>>
let told: string[]
beforeEach(async () => {
  played = playedBrowser()
  told = []
  const tell: GuardedEvents = {
    page: () => undefined,
    problem: (problem) => void told.push(problem === null ? 'page' : problem.kind),
    refused: (reason, leaves) => void told.push(`${reason} ${leaves ? 'counted' : 'in passing'}`),
    question: () => undefined,
    touched: () => undefined,
    failed: (reason) => void told.push(reason),
  }
  const place = { leftPx: 0, topPx: 0, widthPx: 800, heightPx: 600 }
  session = await startGuardedSession(played.browser, { policy, proxyPort: 1, place, language: 'ja' }, tell, () => 0)
  session.go('https://town.example/a')
  played.say(
    begun('https://town.example/a', 'A'),
    requested('https://town.example/a', 'A'),
    arrived('https://town.example/a', 'A'),
  )
  await played.heard()
  told.length = 0
})
afterEach(() => session.forget())

describe('what is still said of a page that was left', () => {
  const elsewhere = {
    'another tile': () => session.go('https://town.example/b'),
    'the page before': () => session.back(),
    'the same again': () => session.reload(),
  }
  it.each(Object.entries(elsewhere))('its refusal is counted, and stands over no other: %s', async (_, leave) => {
    played.holding('Page.getNavigationHistory')
    leave()
    await expect.poll(played.held).toBeGreaterThan(0)
    played.say(requested('https://stranger.example/', 'S'))
    await played.heard()
    played.release()
    await played.heard()
    expect(told).toEqual(['not-listed counted'])
    expect(
      played.asked.some(({ method, params }) => method === 'Fetch.failRequest' && params.requestId === 'r-S'),
    ).toBe(true)
  })

  it('the refusal of the next is its own, though it comes in one piece with the browser’s word that it has heard', async () => {
    played.holding('Page.getNavigationHistory')
    session.go('https://town.example/b')
    await expect.poll(played.held).toBe(1)
    played.release(requested('https://stranger.example/', 'B'))
    await played.heard()
    expect(told).toEqual(['not-listed counted', 'refused'])
  })

  it.each([
    ['an empty page in place of a forbidden one', arrived('about:blank#blocked', 'S')],
    ['an error page', arrived('https://town.example/c', 'S', { unreachableUrl: 'https://town.example/c' })],
    ['a page that came at the last moment', arrived('https://town.example/c', 'S')],
  ])('%s, told when the next was asked for already, is not the next', async (_, late) => {
    session.go('https://town.example/b')
    played.say(
      begun('https://town.example/c', 'S'),
      begun('https://town.example/b', 'B'),
      requested('https://town.example/b', 'B'),
      late,
    )
    await played.heard()
    expect(told).toEqual([])
    played.say(arrived('https://town.example/b', 'B'))
    await played.heard()
    expect(told).toEqual(['page'])
  })

  it('an empty page in place of the next is told: nothing else is on its way', async () => {
    session.go('https://town.example/b')
    await played.heard()
    played.say(begun('about:blank#blocked', 'S'), arrived('about:blank#blocked', 'S'))
    await played.heard()
    expect(told).toEqual(['scheme counted', 'refused'])
  })

  it.each([
    ['https://town.example/c', ['no-answer']],
    ['chrome-extension://invalid/', ['scheme counted', 'refused']],
  ])('an error page in place of %s is told as what it is', async (unreachableUrl, words) => {
    played.say(begun(unreachableUrl, 'S'), arrived('chrome-error://chromewebdata/', 'S', { unreachableUrl }))
    await played.heard()
    expect(told).toEqual(words)
  })

  it('a page that was kept, and one that only moved within itself, are what they say', async () => {
    session.back()
    await played.heard()
    played.say(begun('https://town.example/', 'H', 'historyDifferentDocument'))
    played.say({
      ...arrived('https://town.example/', 'first'),
      params: { ...arrived('https://town.example/', 'first').params, type: 'BackForwardCacheRestore' },
    })
    played.say(begun('https://town.example/#x', 'X', 'sameDocument'))
    played.say(
      begun('https://town.example/b', 'B'),
      begun('https://town.example/b#x', 'X', 'sameDocument'),
      arrived('https://town.example/b', 'B'),
    )
    await played.heard()
    expect(told).toEqual(['page', 'page'])
  })

  it('its crash takes the visitor to where he has gone meanwhile, not to the words of the crash', async () => {
    played.holding('Target.createTarget')
    played.say({ method: 'Inspector.targetCrashed', sessionId: 'page-1', params: {} })
    await expect.poll(played.held).toBe(1)
    session.go('https://town.example/b')
    played.release()
    await expect.poll(() => played.went().at(-1)).toBe('page-2 https://town.example/b')
    expect(told).toEqual([])
  })

  it('a crash while nobody goes anywhere is told', async () => {
    played.say({ method: 'Inspector.targetCrashed', sessionId: 'page-1', params: {} })
    await expect.poll(() => told).toEqual(['page-failed'])
  })
})
