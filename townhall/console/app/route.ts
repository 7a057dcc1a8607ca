import { type MouseEvent, useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
const tell = () => {
  here = window.location.href
  for (const listener of listeners) listener()
}
/** Asked before the page is left, while something in it is not saved; it goes on, or does not, by calling `go`. */
type LeaveGuard = (go: () => void) => void
let guard: LeaveGuard | null = null
let here = window.location.href

window.addEventListener('popstate', () => {
  if (guard === null) return tell()
  // The browser has gone already: back to where the unsaved work is, and then ask.
  const wanted = window.location.href
  window.history.pushState(null, '', here)
  leaving(() => goTo(wanted))
})

/** Does it at once, or after whoever has unsaved work has agreed. */
export function leaving(go: () => void): void {
  if (guard === null) go()
  else guard(go)
}

/** For as long as something is not saved; closing the window is asked about by the browser itself. Returns how to end it. */
export function guardLeaving(ask: LeaveGuard): () => void {
  const mine: LeaveGuard = (go) =>
    ask(() => {
      if (guard === mine) guard = null
      go()
    })
  guard = mine
  const closing = (event: BeforeUnloadEvent) => event.preventDefault()
  window.addEventListener('beforeunload', closing)
  return () => {
    if (guard === mine) guard = null
    window.removeEventListener('beforeunload', closing)
  }
}

/** Path and query of the address bar: every page can be linked to and gone back to. */
export function useAddress(): URL {
  const href = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => window.location.href,
  )
  return new URL(href)
}

export function goTo(address: string, how: 'push' | 'replace' = 'push'): void {
  leaving(() => {
    if (how === 'push') window.history.pushState(null, '', address)
    else window.history.replaceState(null, '', address)
    tell()
  })
}

/** For links: the plain click stays in the page, every other (new tab, new window) is the browser's. */
export function linkTo(address: string) {
  return {
    href: address,
    onClick: (event: MouseEvent) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return
      event.preventDefault()
      goTo(address)
      window.scrollTo(0, 0)
    },
  }
}
