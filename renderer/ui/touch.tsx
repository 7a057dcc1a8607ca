import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'

/** ACCESSIBILITY 12: a double strike within half a second counts once; on a new screen a finger is given a moment to leave. */
const doubleStrikeMs = 500
const newScreenMs = 250
let lastKey = ''
let lastMs = Number.NEGATIVE_INFINITY

export function decideStrike(last: { key: string; atMs: number }, now: { key: string; atMs: number }): boolean {
  const passedMs = now.atMs - last.atMs
  return passedMs >= (last.key === now.key ? doubleStrikeMs : newScreenMs)
}

type Props = {
  /** Unique on its screen. */
  name: string
  className: string
  children: ReactNode
  label?: string
  pressed?: boolean
  disabled?: boolean
  autoFocus?: boolean
  onTouch(): void
}

/**
 * Everything that can be touched: acts on release, sliding off cancels, once for a double strike; Enter and Space do the same.
 * What was touched shows it in the very next frame; only then its work begins, and the look stays until that is done.
 */
export function Touch({ name, className, children, label, pressed, disabled, autoFocus, onTouch }: Props) {
  return (
    <Button
      className={className}
      data-name={name}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      isDisabled={disabled ?? false}
      autoFocus={autoFocus ?? false}
      onPress={({ target }) => {
        const now = { key: name, atMs: performance.now() }
        if (!decideStrike({ key: lastKey, atMs: lastMs }, now)) return
        lastKey = name
        lastMs = now.atMs
        target.setAttribute('data-accepted', '')
        afterNextFrame(() => {
          // A screen that went away meanwhile takes its touches with it: none of them reaches the next visitor.
          if (!target.isConnected) return
          onTouch()
          target.removeAttribute('data-accepted')
        })
      }}
    >
      {children}
    </Button>
  )
}

/** The frame first, then the work: whoever touched sees at once that it was felt. */
export function afterNextFrame(act: () => void): void {
  requestAnimationFrame(() => setTimeout(act))
}
