/** A touch explains a new window for so long. */
const afterTouchMs = 2_000

/** What becomes of a window that a page opens: a link that a visitor touched is followed in the one window there is, anything else is refused (D8, D9). */
export function decideWindow(input: {
  sinceTouchMs: number
  openedSinceTouch: number
  url: string
}): 'follow' | 'refuse' {
  if (!/^https?:/.test(input.url)) return 'refuse'
  return input.sinceTouchMs <= afterTouchMs && input.openedSinceTouch === 0 ? 'follow' : 'refuse'
}

export type Dialog = { kind: 'alert' | 'confirm' | 'prompt' | 'beforeunload'; shownOfPage: number }

/** What becomes of a dialog: the first few are asked on our own screen, a page that asks on and on is answered for the visitor (D10). */
export function decideDialog({ kind, shownOfPage }: Dialog): 'show' | 'accept' | 'dismiss' {
  // Whoever leaves, leaves.
  if (kind === 'beforeunload') return 'accept'
  if (kind === 'prompt' || shownOfPage >= mostShown) return 'dismiss'
  return 'show'
}
const mostShown = 3
