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

/** Everything that can be touched: acts on release, sliding off cancels, once for a double strike; Enter and Space do the same. */
export function Touch({ name, className, children, label, pressed, disabled, autoFocus, onTouch }: Props) {
  return (
    <Button
      className={className}
      data-name={name}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      isDisabled={disabled ?? false}
      autoFocus={autoFocus ?? false}
      onPress={() => {
        const now = { key: name, atMs: performance.now() }
        if (!decideStrike({ key: lastKey, atMs: lastMs }, now)) return
        lastKey = name
        lastMs = now.atMs
        onTouch()
      }}
    >
      {children}
    </Button>
  )
}
