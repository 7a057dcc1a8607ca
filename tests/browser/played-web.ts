import type { GuardedBrowser, GuardedEvents, GuardedPage } from '../../electron/kiosk/internet/guarded-browser.ts'

const page: GuardedPage = {
  ...{ site: 'www.memuro.net', title: '北海道芽室町公式ホームページ', loading: false },
  ...{ canBack: true, canForward: false, typing: 'no' },
}

/** A guarded browser that opens nothing: what a page would tell is told by the test, so that every screen around a page can be looked at. */
export function playWeb() {
  let events: GuardedEvents | null = null
  const nothing = () => undefined
  const guardedBrowser: GuardedBrowser = {
    shown: 'picture',
    async open(_options, tell) {
      events = tell
      tell.page(page)
      return {
        ...{ go: nothing, back: nothing, forward: nothing, reload: nothing, stop: nothing, zoom: nothing },
        ...{ type: nothing, key: nothing, answer: nothing, choose: nothing, place: nothing, cover: nothing },
        picture: { watch: () => nothing, drawn: nothing, touch: nothing },
        end: async () => undefined,
      }
    },
    close: async () => undefined,
  }
  return {
    guardedBrowser,
    /** What the page open now tells. */
    tell(): GuardedEvents {
      if (events === null) throw new Error('no page is open')
      return events
    },
    typing: (typing: GuardedPage['typing']) => events?.page({ ...page, typing }),
  }
}
export type PlayedWeb = ReturnType<typeof playWeb>
