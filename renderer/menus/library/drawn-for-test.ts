import { act, type ReactNode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, vi } from 'vitest'
import { useVisit } from '../../state/visit-store.ts'

/** A place to draw in for each test of a file; the visit ends with it. @returns draws there */
export function drawnForTest(): (what: ReactNode) => void {
  let root: Root
  beforeEach(() => {
    vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
    document.body.innerHTML = '<div id="root"></div>'
    root = createRoot(document.body.firstElementChild ?? document.body)
  })
  afterEach(() => {
    act(() => root.unmount())
    useVisit.getState().end()
    vi.unstubAllGlobals()
  })
  return (what) => root.render(what)
}
