import { useEffect, useRef } from 'react'

type Acts = { undo(): void; redo(): void; escape(): void }

/** Keys that mean the same wherever on the page one is; in a field they are the field's own, in a dialog the dialog's. */
export function useEditorKeys(active: boolean, acts: Acts): void {
  const latest = useRef(acts)
  latest.current = acts
  useEffect(() => {
    if (!active) return
    function press(event: KeyboardEvent): void {
      const inField = event.target instanceof HTMLElement && event.target.closest('input, textarea, [role="dialog"]')
      if (inField || event.defaultPrevented || event.altKey) return
      const key = event.key.toLowerCase()
      if (key === 'escape') latest.current.escape()
      else if (!(event.ctrlKey || event.metaKey)) return
      else if (key === 'y' || (key === 'z' && event.shiftKey)) latest.current.redo()
      else if (key === 'z') latest.current.undo()
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [active])
}
