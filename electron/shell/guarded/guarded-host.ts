import type { BrowserWindow } from 'electron'
import type { GuardedEvents, GuardedSession } from '../../kiosk/internet/guarded-browser.ts'
import type { GuardedAsk, GuardedTold } from '../../kiosk/internet/guarded-messages.ts'
import { openGuardedView } from './guarded-view.ts'

type Options = {
  window: () => BrowserWindow | null
  tell: (told: GuardedTold) => void
  uptimeMs: () => number
}

type Asked<Kind extends GuardedAsk['do']> = Extract<GuardedAsk, { do: Kind }>

/** The host's half of the guarded browser: does what the kiosk process asks, and tells it what becomes of it. */
export function createGuardedHost({ window, tell, uptimeMs }: Options) {
  const opened = new Map<number, Promise<GuardedSession>>()

  function open({ session, options }: Asked<'open'>): void {
    const shownIn = window()
    const opening =
      shownIn === null
        ? Promise.reject(new Error('there is no window'))
        : openGuardedView({ ...options, window: shownIn, uptimeMs, tell: eventsOf(session) })
    opened.set(session, opening)
    opening.then(
      () => tell({ is: 'opened', session }),
      (error: unknown) => tell({ is: 'failed', session, reason: String(error).slice(0, 300) }),
    )
  }

  function eventsOf(session: number): GuardedEvents {
    return {
      page: (page) => tell({ is: 'page', session, page }),
      problem: (problem, left) => tell({ is: 'problem', session, problem, left }),
      refused: (reason, leaves) => tell({ is: 'refused', session, reason, leaves }),
      question: (question) => tell({ is: 'question', session, question }),
      touched: () => tell({ is: 'touched', session }),
      failed: (reason) => tell({ is: 'failed', session, reason: reason.slice(0, 300) }),
    }
  }

  async function end(session: number): Promise<void> {
    const ending = opened.get(session)
    const view = await ending?.catch(() => null)
    await view?.end()
    if (opened.get(session) !== ending) return
    opened.delete(session)
    tell({ is: 'ended', session })
  }

  function act(view: GuardedSession, asked: Exclude<GuardedAsk, Asked<'open'>>): void {
    if (asked.do === 'go') view.go(asked.url)
    else if (asked.do === 'zoom') view.zoom(asked.factor)
    else if (asked.do === 'type') view.type(asked.text)
    else if (asked.do === 'key') view.key(asked.key)
    else if (asked.do === 'answer') view.answer(asked.yes)
    else if (asked.do === 'choose') view.choose(asked.index)
    else if (asked.do === 'cover') view.cover(asked.covered)
    else if (asked.do === 'place') view.place(asked.place)
    else if (asked.do !== 'end') view[asked.do]()
  }

  return {
    hear(asked: GuardedAsk): void {
      if (asked.do === 'open') open(asked)
      else if (asked.do === 'end') void end(asked.session)
      else
        opened
          .get(asked.session)
          ?.then((view) => act(view, asked))
          .catch(() => undefined)
    },
    /** Our own screen has gone: no page stays on top without it. The kiosk process is told, and asks for the end. */
    failAll(reason: string): void {
      for (const [session, opening] of opened) {
        tell({ is: 'failed', session, reason })
        endView(opening)
      }
    },
    /** The kiosk process has gone: nobody is there to be told, and the next one counts its sessions from one. */
    dropAll(): void {
      for (const opening of opened.values()) endView(opening)
      opened.clear()
    },
  }
}

function endView(opening: Promise<GuardedSession>): void {
  opening.then((view) => view.end()).catch(() => undefined)
}
