import { type MouseEvent, useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}
window.addEventListener('popstate', tell)

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
  if (how === 'push') window.history.pushState(null, '', address)
  else window.history.replaceState(null, '', address)
  tell()
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
