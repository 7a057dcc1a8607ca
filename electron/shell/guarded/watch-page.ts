import type { WebContents } from 'electron'
import type { InternetProblem } from '../../../contract/menus/internet.ts'
import { decideAnswer, decideLoadFailure } from '../../kiosk/internet/decide-load-failure.ts'
import type { GuardedPage } from '../../kiosk/internet/guarded-browser.ts'
import { parseAddress } from './make-session.ts'

type Options = {
  onChange: (changed: Partial<GuardedPage>) => void
  /** A page of a site is in the view. */
  onArrived: (problem: InternetProblem | null) => void
  /** The browser's word that there is no page is in the view; null: the reason was told already. */
  onLost: (problem: InternetProblem | null) => void
}

/** ERR_ABORTED: the page before stays. */
const aborted = -3
const siteOf = (url: string) => parseAddress(url)?.hostname ?? ''

/** What becomes of the one page of a view. A page that hangs is ended, and so is one that took too much. */
export function watchPage(contents: WebContents, { onChange, onArrived, onLost }: Options): void {
  let first = true

  contents.on('did-start-navigation', ({ url, isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) onChange({ site: siteOf(url), title: '' })
  })
  contents.on('did-navigate', (_event, url, status) => {
    // The empty page before the first is none to go back to.
    if (first) contents.navigationHistory.clear()
    first = false
    onChange({ site: siteOf(url), typing: 'no' })
    onArrived(decideAnswer(parseAddress(url)?.protocol ?? '', status))
  })
  contents.on('did-navigate-in-page', () => onChange({}))
  contents.on('page-title-updated', (_event, title) => onChange({ title: title.slice(0, 200) }))
  contents.on('did-start-loading', () => onChange({ loading: true }))
  contents.on('did-stop-loading', () => onChange({ loading: false }))
  contents.on('did-fail-load', (_event, code, _description, url, isMainFrame) => {
    if (!isMainFrame || code === aborted) return
    onChange({ site: siteOf(url) })
    onLost(decideLoadFailure(code))
  })
  contents.on('unresponsive', () => contents.forcefullyCrashRenderer())
  contents.on('render-process-gone', () => {
    onChange({ loading: false, typing: 'no' })
    onLost({ kind: 'page-failed' })
  })
}
