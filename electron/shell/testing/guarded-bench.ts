import { BrowserWindow } from 'electron'
import type { InternetPolicy } from '../../../contract/internet-policy.ts'
import type { GuardedEvents, GuardedPage, GuardedSession } from '../../kiosk/internet/guarded-browser.ts'
import { guardedAskSchema, guardedToldSchema } from '../../kiosk/internet/guarded-messages.ts'
import { createRemoteGuardedBrowser } from '../../kiosk/internet/remote-guarded-browser.ts'
import { createGuardedHost } from '../guarded/guarded-host.ts'
import { WebContentsView as FakeView } from './fake-electron.ts'

export const benchPolicy: InternetPolicy = {
  mode: 'listed',
  pages: [
    { host: 'town.example', paths: ['/'], plain: true },
    { host: 'bus.example', paths: ['/time'], plain: false },
  ],
  parts: ['parts.example'],
  denied: [],
  filter: null,
}
const place = { leftPx: 0, topPx: 200, widthPx: 1080, heightPx: 1500 }

/** Both halves of the guarded browser, the messages between them as they go from one process to the other; needs the fake in place of `electron`. */
export function guardedBench() {
  const heard: [keyof GuardedEvents, ...unknown[]][] = []
  let nowMs = 10_000
  const window = new BrowserWindow()
  const host = createGuardedHost({
    window: () => window,
    tell: (told) => remote.hear(guardedToldSchema.parse(structuredClone(told))),
    uptimeMs: () => nowMs,
  })
  const remote = createRemoteGuardedBrowser((asked) => host.hear(guardedAskSchema.parse(structuredClone(asked))))
  const events: GuardedEvents = {
    page: (page) => void heard.push(['page', page]),
    problem: (problem, left) => void heard.push(['problem', problem, left]),
    refused: (reason, leaves) => void heard.push(['refused', reason, leaves]),
    question: (question) => void heard.push(['question', question]),
    touched: () => void heard.push(['touched']),
    failed: (reason) => void heard.push(['failed', reason]),
  }
  const last = (kind: keyof GuardedEvents) => heard.findLast(([told]) => told === kind)?.[1]
  return {
    host,
    window,
    browser: remote.browser,
    heard,
    last,
    page: () => last('page') as GuardedPage | undefined,
    refusals: () => heard.flatMap(([kind, reason]) => (kind === 'refused' ? [reason] : [])),
    pass: (ms: number) => {
      nowMs += ms
    },
    async open(): Promise<{ session: GuardedSession; view: FakeView }> {
      const session = await remote.browser.open({ policy: benchPolicy, proxyPort: 4711, place, language: 'ja' }, events)
      const view = FakeView.all.at(-1)
      if (view === undefined) throw new Error('no view was made')
      return { session, view }
    },
  }
}
