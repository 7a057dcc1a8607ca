import type { GuardedBrowser, GuardedEvents, GuardedOptions, GuardedSession } from './guarded-browser.ts'
import type { GuardedAsk, GuardedTold } from './guarded-messages.ts'

type Seat = {
  tell: GuardedEvents
  opened: PromiseWithResolvers<void>
  ended: PromiseWithResolvers<void>
}

/**
 * The guarded browser of a host that shows pages by a view: a view lives in the host's own process, this is its other end in the kiosk process.
 * A host that is gone takes the kiosk process with it, so nothing here waits for one.
 */
export function createRemoteGuardedBrowser(ask: (asked: GuardedAsk) => void) {
  const seats = new Map<number, Seat>()
  let last = 0

  async function open(options: GuardedOptions, tell: GuardedEvents): Promise<GuardedSession> {
    last += 1
    const session = last
    const seat: Seat = { tell, opened: Promise.withResolvers<void>(), ended: Promise.withResolvers<void>() }
    seats.set(session, seat)
    ask({ do: 'open', session, options })
    await seat.opened.promise
    return {
      picture: null,
      go: (url) => ask({ do: 'go', session, url }),
      back: () => ask({ do: 'back', session }),
      forward: () => ask({ do: 'forward', session }),
      reload: () => ask({ do: 'reload', session }),
      stop: () => ask({ do: 'stop', session }),
      zoom: (factor) => ask({ do: 'zoom', session, factor }),
      type: (text) => ask({ do: 'type', session, text }),
      key: (key) => ask({ do: 'key', session, key }),
      answer: (yes) => ask({ do: 'answer', session, yes }),
      choose: (index) => ask({ do: 'choose', session, index }),
      place: (place) => ask({ do: 'place', session, place }),
      cover: (covered) => ask({ do: 'cover', session, covered }),
      end: () => end(session, seat),
    }
  }

  function end(session: number, seat: Seat): Promise<void> {
    if (seats.has(session)) ask({ do: 'end', session })
    return seat.ended.promise
  }

  const browser: GuardedBrowser = {
    shown: 'view',
    open,
    // Nothing is kept warm; what is open is ended.
    async close() {
      await Promise.all([...seats].map(([session, seat]) => end(session, seat)))
    },
  }

  return {
    browser,
    hear(told: GuardedTold): void {
      const seat = seats.get(told.session)
      if (seat === undefined) return
      const { tell } = seat
      if (told.is === 'opened') seat.opened.resolve()
      else if (told.is === 'page') tell.page(told.page)
      else if (told.is === 'problem') tell.problem(told.problem, told.left)
      else if (told.is === 'refused') tell.refused(told.reason, told.leaves)
      else if (told.is === 'question') tell.question(told.question)
      else if (told.is === 'touched') tell.touched()
      else if (told.is === 'failed') {
        seat.opened.reject(new Error(told.reason))
        tell.failed(told.reason)
      } else {
        seats.delete(told.session)
        seat.opened.reject(new Error('ended before it was open'))
        seat.ended.resolve()
      }
    },
  }
}
