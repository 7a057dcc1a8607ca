import { KioskError } from '../../../contract/error-codes.ts'
import type { HealthCode, HealthEntry, KioskStatus } from '../../../contract/health.ts'
import type { InternetPolicy } from '../../../contract/internet-policy.ts'
import type { Language } from '../../../contract/localized-text.ts'
import type {
  InternetAct,
  InternetContent,
  InternetPlace,
  InternetState,
  InternetTarget,
  InternetView,
} from '../../../contract/menus/internet.ts'
import { createStateWatch } from '../state-watch.ts'
import type { GuardedBrowser, GuardedPicture } from './guarded-browser.ts'
import { type InternetTurn, startInternetTurn, type TurnEnd } from './internet-turn.ts'
import type { OutsideLine } from './outside-line.ts'
import { withoutAddresses } from './without-addresses.ts'

export type InternetBeginning = { visitId: string; to: InternetTarget; place: InternetPlace; language: Language }

type Options = {
  /** null: the release on screen has no such menu. */
  content: () => InternetContent | null
  releaseNumber: () => number
  /** The library's page for reserving a title; null: there is none that may be opened here. */
  reservePage: (title: string) => Promise<string | null>
  /** null: there is no browser for it on this machine. */
  browser: GuardedBrowser | null
  outside: OutsideLine
  uptimeMs: () => number
  report: (code: HealthCode, level: HealthEntry['level'], detail: HealthEntry['detail']) => void
  /** A turn began, or is over. */
  onTurn?: () => void
}

const secondMs = 1_000

/** 体験インターネット: one turn at a time, each in a session of its own. Nothing here knows or keeps an address that was visited, but counts. */
export function createInternetService(options: Options) {
  const { content, browser, uptimeMs, report } = options
  const states = createStateWatch(state)
  let turn: InternetTurn | null = null
  let over: TurnEnd | null = null
  let restsUntilMs = Number.NEGATIVE_INFINITY
  let resting: NodeJS.Timeout | null = null
  /** Beginnings and ends one after the other: a session is gone before the next is there. */
  let order: Promise<void> = Promise.resolve()

  function state(): InternetState {
    if (turn !== null) return turn.state()
    if (over === 'time' || over === 'staff' || over === 'failed') return { kind: 'over', why: over }
    const forMs = Math.ceil(restsUntilMs - uptimeMs())
    return forMs > 0 ? { kind: 'resting', forMs } : { kind: 'closed' }
  }

  function inOrder(work: () => Promise<void>): Promise<void> {
    const done = order.then(work)
    order = done.catch(() => undefined)
    return done
  }

  async function addressOf(to: InternetTarget): Promise<string | null> {
    if ('title' in to) return options.reservePage(to.title)
    return content()?.tiles.find(({ id }) => id === to.tile)?.url ?? null
  }

  async function begin({ visitId, to, place, language }: InternetBeginning): Promise<void> {
    const url = await addressOf(to)
    // Asked for after the address, which may have taken a moment: rules and time are those of now.
    const shown = content()
    if (shown === null || url === null || browser === null) throw new KioskError('not-found', 'nothing to open')
    if (turn !== null && turn.visitId === visitId) {
      turn.go(url)
      return
    }
    if (turn !== null) await finish('visitor')
    if (restsUntilMs > uptimeMs()) return
    over = null
    const begun = startInternetTurn({
      ...{ visitId, place, language, url, browser, uptimeMs },
      content: shown,
      outside: options.outside,
      onChange: states.changed,
      onOver: (why) => void inOrder(() => (turn === begun ? finish(why) : Promise.resolve())),
    })
    turn = begun
    states.changed()
    options.onTurn?.()
  }

  async function finish(why: TurnEnd): Promise<void> {
    const ending = turn
    if (ending === null) return
    // Until every trace is gone the screen is told nothing: the next turn cannot begin before.
    const { lastedMs, refused, reason } = await ending.end()
    turn = null
    over = why
    if (why === 'time') rest(content()?.turn.restMs ?? 0)
    report('internet-turn-ended', 'info', { why, lastedMs, ...Object.fromEntries(refused) })
    if (why === 'failed') report('internet-failed', 'error', { reason: withoutAddresses(reason).slice(0, 300) })
    states.changed()
    options.onTurn?.()
  }

  function rest(restMs: number): void {
    restsUntilMs = uptimeMs() + restMs
    if (resting !== null) clearInterval(resting)
    resting = setInterval(tick, secondMs)
    resting.unref()
  }

  /** The seconds that are still to wait go down before the eyes of whoever waits. */
  function tick(): void {
    if (restsUntilMs <= uptimeMs() && resting !== null) clearInterval(resting)
    states.changed()
  }

  /** The screen has left the menu, or nobody is at it any more. */
  function leave(why: 'visitor' | 'idle'): Promise<void> {
    return inOrder(async () => {
      await finish(why)
      if (over === null) return
      over = null
      states.changed()
    })
  }

  return {
    view: (): InternetView => ({
      releaseNumber: options.releaseNumber(),
      tiles: content()?.tiles ?? [],
      available: browser !== null && content() !== null,
    }),
    /** What may be opened; null: nothing, for want of a browser or of the menu. */
    policy: (): InternetPolicy | null => (browser === null ? null : (content()?.policy ?? null)),
    watch: states.watch,
    state,
    begin: (beginning: InternetBeginning) => inOrder(() => begin(beginning)),
    act: (act: InternetAct): void => turn?.act(act),
    leave,
    /** For the staff: whether somebody is in the web, and no more. */
    occupied(): Pick<KioskStatus, 'internet' | 'internetTurn'> {
      if (turn !== null) return { internet: 'open', internetTurn: turn.mark }
      return { internet: restsUntilMs > uptimeMs() ? 'resting' : 'closed' }
    },
    /** From the console: the staff see that a turn runs, and may end that one. */
    endByStaff: (mark: string) => inOrder(() => (turn?.mark === mark ? finish('staff') : Promise.resolve())),
    /** The page of the turn as pictures; null: there is none, or the host shows it by a view. */
    picture: (): GuardedPicture | null => turn?.picture() ?? null,
    async close(): Promise<void> {
      states.close()
      if (resting !== null) clearInterval(resting)
      await inOrder(async () => void (await turn?.end()))
      await browser?.close()
    },
  }
}
export type InternetService = ReturnType<typeof createInternetService>
