import { drawWithAnswer } from '../ui/one-frame.ts'

const touches = ['touchstart', 'touchend', 'touchcancel'] as const
const pointers = ['pointerdown', 'pointerup', 'pointercancel', 'pointerover', 'pointerout', 'pointermove'] as const

/** A tap is shorter than an eye. */
const leastDownMs = 100

/**
 * Hears the fingers on a keyboard, and calls `press` with the name of a key on its way down: the same one twice in a row is two letters, not a double
 * strike. Heard before everybody else and kept from the page: the tree of the page would be walked twice for each of the events of one finger, and the
 * clicks that a browser makes of it would cost as much again, before the letter is drawn. Returns how to stop hearing.
 */
export function hearKeys(keyboard: HTMLElement, press: (name: string) => void): () => void {
  const end = new AbortController()
  const keyOf = (target: EventTarget | null) =>
    target instanceof Element && keyboard.contains(target) ? target.closest('button') : null

  const downAtMs = new Map<HTMLElement, number>()
  const letGo = (key: HTMLElement, atMs: number) => {
    const since = downAtMs.get(key)
    if (since === undefined) return
    setTimeout(
      () => {
        // Pressed again meanwhile, it stays down.
        if (downAtMs.get(key) !== since) return
        downAtMs.delete(key)
        delete key.dataset.down
      },
      Math.max(0, since + leastDownMs - atMs),
    )
  }

  for (const type of pointers)
    window.addEventListener(
      type,
      (event) => {
        const key = keyOf(event.target)
        if (!key) return
        event.stopPropagation()
        if (type === 'pointerdown') {
          event.preventDefault()
          press(key.dataset.name ?? '')
          downAtMs.set(key, event.timeStamp)
          drawWithAnswer(() => {
            if (downAtMs.has(key)) key.dataset.down = ''
          })
        } else if (
          type === 'pointerup' ||
          type === 'pointercancel' ||
          (type === 'pointerout' && keyOf(event.relatedTarget) !== key)
        )
          letGo(key, event.timeStamp)
      },
      { capture: true, signal: end.signal },
    )
  for (const type of touches)
    window.addEventListener(
      type,
      (event) => {
        if (!keyOf(event.target)) return
        event.stopPropagation()
        // No click is made of it.
        if (event.cancelable) event.preventDefault()
      },
      { capture: true, passive: false, signal: end.signal },
    )
  window.addEventListener(
    'click',
    ({ detail, target }) => {
      // Enter and Space on the key that has the focus; a finger was heard on its way down.
      const key = detail === 0 && keyOf(target)
      if (key) press(key.dataset.name ?? '')
    },
    { capture: true, signal: end.signal },
  )
  return () => end.abort()
}
