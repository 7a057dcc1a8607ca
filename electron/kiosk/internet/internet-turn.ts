import { randomBytes } from 'node:crypto'
import type { InternetRefusal } from '../../../contract/internet-policy.ts'
import type { Language } from '../../../contract/localized-text.ts'
import {
  type InternetAct,
  type InternetContent,
  type InternetPlace,
  type InternetProblem,
  type InternetQuestion,
  type InternetState,
  internetZooms,
} from '../../../contract/menus/internet.ts'
import { decideTurn, type Turn } from './decide-turn.ts'
import { type ForwardProxy, startForwardProxy } from './forward-proxy.ts'
import type { GuardedBrowser, GuardedPage, GuardedPicture, GuardedSession } from './guarded-browser.ts'
import type { OutsideLine } from './outside-line.ts'

export type TurnEnd = 'visitor' | 'idle' | 'time' | 'staff' | 'failed'

export type TurnAccount = {
  lastedMs: number
  /** How often, by reason; never where to. */
  refused: ReadonlyMap<InternetRefusal, number>
  /** Why it failed, for the health log; empty when it did not. */
  reason: string
}

type Options = {
  visitId: string
  place: InternetPlace
  language: Language
  url: string
  content: InternetContent
  browser: GuardedBrowser
  outside: OutsideLine
  uptimeMs: () => number
  onChange: () => void
  /** The time is up, or the browser is gone. */
  onOver: (why: 'time' | 'failed') => void
}

export type InternetTurn = ReturnType<typeof startInternetTurn>

const lookMs = 250
const zooms: readonly number[] = internetZooms

/** One visitor's turn: a proxy and a session of its own, its time, and what the screen has to know of it. */
export function startInternetTurn(options: Options) {
  const { content, uptimeMs, onChange, onOver } = options
  const time: Turn = { beganMs: uptimeMs(), extended: false, waiting: false }
  const refused = new Map<InternetRefusal, number>()
  let page: GuardedPage = { site: '', title: '', loading: true, canBack: false, canForward: false, typing: 'no' }
  let problem: InternetProblem | null = null
  /** The page before is gone too: what failed stands in its place. */
  let left = false
  let question: InternetQuestion | null = null
  let passing: { reason: InternetRefusal; count: number } | null = null
  let touches = 0
  let zoom = 1
  let session: GuardedSession | null = null
  let proxy: ForwardProxy | null = null
  let reason = ''
  let ended = false
  let wanted = options.url
  let told = ''

  const looking = setInterval(look, lookMs)
  const opening = open().catch((error: unknown) => failed(error instanceof Error ? error.message : String(error)))

  async function open(): Promise<void> {
    proxy = await startForwardProxy({ outside: options.outside, onRefused: () => undefined })
    proxy.use(content.policy)
    const opened = await options.browser.open(
      { policy: content.policy, proxyPort: proxy.port, place: options.place, language: options.language },
      {
        page: change((next: GuardedPage) => {
          page = next
        }),
        problem: change((next: InternetProblem | null, pageLeft?: boolean) => {
          left = next !== null && (pageLeft ?? next.kind !== 'refused')
          // The proxy knows better why a site cannot be reached.
          problem = next?.kind === 'no-answer' ? (proxy?.whyNot(page.site) ?? next) : next
          if (next?.kind === 'no-answer' && problem?.kind === 'refused') count(problem.reason)
        }),
        refused: change((why: InternetRefusal, leaves: boolean) => {
          count(why)
          if (!leaves) passing = { reason: why, count: (passing?.count ?? 0) + 1 }
        }),
        question: change((next: InternetQuestion | null) => {
          question = next
        }),
        touched: change(() => {
          touches += 1
        }),
        failed,
      },
    )
    session = opened
    if (ended) return
    opened.go(wanted)
    onChange()
  }

  /** After the end nothing of the session is heard any more. */
  function change<T extends unknown[]>(take: (...told: T) => void): (...told: T) => void {
    return (...heard) => {
      if (ended) return
      take(...heard)
      onChange()
    }
  }

  function count(why: InternetRefusal): void {
    refused.set(why, (refused.get(why) ?? 0) + 1)
  }

  function failed(why: string): void {
    if (ended) return
    reason = why
    onOver('failed')
  }

  function look(): void {
    const { over, leftMs, warning } = decideTurn(time, uptimeMs(), content.turn)
    if (over) {
      clearInterval(looking)
      onOver('time')
      return
    }
    const now = `${Math.ceil(leftMs / 1_000)} ${warning}`
    if (now !== told) onChange()
    told = now
  }

  function state(): InternetState {
    if (session === null) return { kind: 'starting' }
    const { leftMs, warning, canExtend } = decideTurn(time, uptimeMs(), content.turn)
    return {
      kind: 'open',
      shown: options.browser.shown,
      ...page,
      site: page.site.slice(0, 253),
      title: page.title.slice(0, 200),
      ...{ zoom, problem, question, passing, touches },
      turn: { leftMs: Math.ceil(leftMs), warning, canExtend, waiting: time.waiting },
    }
  }

  function step(by: 1 | -1): void {
    const next = internetZooms[zooms.indexOf(zoom) + by]
    if (next === undefined) return
    zoom = next
    session?.zoom(next)
  }

  function act(asked: InternetAct): void {
    if (session === null || ended) return
    switch (asked.act) {
      case 'larger':
        step(1)
        break
      case 'smaller':
        step(-1)
        break
      case 'place':
        session.place(asked.place)
        break
      case 'cover':
        session.cover(asked.covered)
        return
      case 'extend':
        if (decideTurn(time, uptimeMs(), content.turn).canExtend) time.extended = true
        break
      case 'somebody-waits':
        time.waiting = true
        break
      case 'dismiss':
        problem = null
        if (left && page.canBack) session.back()
        else session.cover(false)
        left = false
        break
      case 'type':
        session.type(asked.text)
        break
      case 'key':
        session.key(asked.key)
        break
      case 'answer':
        question = null
        session.answer(asked.yes)
        break
      case 'choose':
        question = null
        session.choose(asked.index)
        break
      case 'back':
      case 'forward':
      case 'reload':
        // Within one document nobody says that another page has come.
        problem = null
        session[asked.act]()
        break
      default:
        session[asked.act]()
    }
    onChange()
  }

  return {
    visitId: options.visitId,
    /** For the staff, who must not learn the visit. */
    mark: randomBytes(8).toString('hex'),
    state,
    act,
    go(url: string): void {
      wanted = url
      problem = null
      session?.go(url)
      onChange()
    },
    picture: (): GuardedPicture | null => session?.picture ?? null,
    /** Destroys every trace. */
    async end(): Promise<TurnAccount> {
      ended = true
      clearInterval(looking)
      proxy?.use(null)
      await opening
      await session?.end()
      await proxy?.close()
      return { lastedMs: Math.round(uptimeMs() - time.beganMs), refused, reason }
    },
  }
}
