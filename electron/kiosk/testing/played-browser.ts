import type { GuardedBrowser, GuardedEvents } from '../internet/guarded-browser.ts'

/** A guarded browser that does nothing by itself, and says what became of its sessions. */
export function playedBrowser(shown: GuardedBrowser['shown'] = 'picture') {
  const sessions: { events: GuardedEvents; went: string[]; ended: boolean }[] = []
  const nothing = () => undefined
  const browser: GuardedBrowser = {
    shown,
    async open(_options, events) {
      const session = { events, went: [] as string[], ended: false }
      sessions.push(session)
      return {
        ...{ back: nothing, forward: nothing, reload: nothing, stop: nothing, place: nothing, cover: nothing },
        ...{ zoom: nothing, type: nothing, key: nothing, answer: nothing, choose: nothing },
        picture: null,
        go: (url) => void session.went.push(url),
        async end() {
          session.ended = true
        },
      }
    },
    close: async () => undefined,
  }
  return { browser, sessions }
}
export type PlayedBrowser = ReturnType<typeof playedBrowser>
