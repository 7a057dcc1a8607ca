import { useEffect } from 'react'
import type { InternetAct } from '../../../contract/menus/internet.ts'

/** The arrows stay ours: five keys must reach every button (ACCESSIBILITY 13). */
const keys = new Set(['Enter', 'Backspace'])
type Key = Extract<InternetAct, { act: 'key' }>['key']
const isKey = (key: string): key is Key => keys.has(key)

/** A keyboard that is plugged in types into the page, unless the focus is on a button of ours. */
export function useTypedKeys(open: boolean, act: (act: InternetAct) => void): void {
  useEffect(() => {
    if (!open) return
    const typed = (event: KeyboardEvent) => {
      if (!event.isTrusted || event.ctrlKey || event.altKey || event.metaKey) return
      if (document.activeElement instanceof HTMLButtonElement) return
      if (isKey(event.key)) act({ act: 'key', key: event.key })
      else if ([...event.key].length === 1) act({ act: 'type', text: event.key })
      else return
      event.preventDefault()
      event.stopPropagation()
    }
    window.addEventListener('keydown', typed, true)
    return () => window.removeEventListener('keydown', typed, true)
  }, [open, act])
}
