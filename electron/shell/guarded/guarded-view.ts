import { type BrowserWindow, WebContentsView } from 'electron'
import type { InternetRefusal } from '../../../contract/internet-policy.ts'
import type { InternetPlace, InternetProblem, InternetQuestion } from '../../../contract/menus/internet.ts'
import { decideDialog } from '../../kiosk/internet/decide-window.ts'
import type {
  GuardedEvents,
  GuardedOptions,
  GuardedPage,
  GuardedSession,
} from '../../kiosk/internet/guarded-browser.ts'
import { armPage, debuggerOf } from './arm-page.ts'
import { guardContents } from './guard-contents.ts'
import { guardedPreferences } from './guarded-preferences.ts'
import { makeSession } from './make-session.ts'
import { watchMemory } from './page-memory.ts'
import { isTypedKey, typedKeys } from './typed-keys.ts'
import { watchPage } from './watch-page.ts'

type Options = GuardedOptions & { window: BrowserWindow; uptimeMs: () => number; tell: GuardedEvents }

/**
 * A visitor's page as a view over the place that the screen named; under it our own screen, which shows what stands in place of the page. It has no preload,
 * and nothing of it is shared with our own page: session, process and world are its own.
 */
export async function openGuardedView(options: Options): Promise<GuardedSession> {
  const { window, tell } = options
  const { session, destroy } = await makeSession({ ...options, onRefused: refused })
  const view = new WebContentsView({ webPreferences: { ...guardedPreferences, session } })
  const contents = view.webContents
  const devtools = debuggerOf(contents)
  let page: GuardedPage = { site: '', title: '', loading: false, canBack: false, canForward: false, typing: 'no' }
  let problem: InternetProblem | null = null
  let asking = false
  let dialogs = 0
  let covered = false
  let zoom = 1
  let ended = false
  let ending: Promise<void> | null = null

  /** A page of a site is in the view, and not the browser's word that there is none. */
  let stands = false
  let armed: Awaited<ReturnType<typeof armPage>>

  const enough = watchMemory(contents, () => contents.forcefullyCrashRenderer())
  guardContents(contents, { ...options, onRefused: refused, onTouched: tell.touched, zoom: () => zoom })
  contents.on('destroyed', () => lost('its view is gone'))
  view.setVisible(false)
  lieOver(options.place)
  window.contentView.addChildView(view)
  try {
    // A page that was never opened has no process that could be armed.
    await contents.loadURL('about:blank')
    armed = await armPage({
      devtools,
      onTyping: (typing) => settle({ typing }),
      onDialog,
      onChoices: (choices) => ask({ kind: 'choose', choices }),
      onFileDialog: () => refused('file-dialog', false),
      onLost: lost,
    })
  } catch (error) {
    await end()
    throw error
  }
  watchPage(contents, {
    onChange: settle,
    onArrived(answer) {
      stands = true
      dialogs = 0
      contents.setZoomFactor(zoom)
      setProblem(answer)
    },
    onLost(failure) {
      stands = false
      // What was refused was told when it was; now the page before is gone as well.
      setProblem(problem?.kind === 'refused' ? problem : failure)
    },
  })

  /** The page has gone on already: it was answered no, whatever it asked. */
  function onDialog({ kind, text }: { kind: 'alert' | 'confirm' | 'prompt'; text: string }): void {
    if (asking || decideDialog({ kind, shownOfPage: dialogs }) !== 'show') return
    dialogs += 1
    ask({ kind: 'tell', text: text.slice(0, 300) })
  }

  function ask(question: InternetQuestion): void {
    if (asking || ended) return
    asking = true
    tell.question(question)
    cover()
  }

  function answered(): void {
    asking = false
    tell.question(null)
    cover()
  }

  function settle(changed: Partial<GuardedPage>): void {
    if (ended || contents.isDestroyed()) return
    const { navigationHistory } = contents
    page = {
      ...page,
      ...changed,
      canBack: navigationHistory.canGoBack(),
      canForward: navigationHistory.canGoForward(),
    }
    tell.page(page)
  }

  function refused(reason: InternetRefusal, leaves: boolean): void {
    if (ended) return
    tell.refused(reason, leaves)
    if (leaves) setProblem({ kind: 'refused', reason })
  }

  function setProblem(next: InternetProblem | null): void {
    if (ended) return
    if (next === null && problem === null) {
      cover()
      return
    }
    problem = next
    tell.problem(next, next === null ? undefined : !stands)
    settle({})
    cover()
  }

  /** What our screen has to say in this place is not covered by the page. */
  function cover(): void {
    if (!ended) view.setVisible(problem === null && !asking && !covered && stands)
  }

  function lieOver({ leftPx, topPx, widthPx, heightPx }: InternetPlace): void {
    view.setBounds({ x: leftPx, y: topPx, width: widthPx, height: heightPx })
  }

  function lost(reason: string): void {
    if (!ended) tell.failed(reason)
  }

  function end(): Promise<void> {
    ending ??= destroyAll()
    return ending
  }

  async function destroyAll(): Promise<void> {
    ended = true
    enough()
    if (!window.isDestroyed()) window.contentView.removeChildView(view)
    if (!contents.isDestroyed()) contents.close({ waitForBeforeUnload: false })
    await destroy()
  }

  const input = (method: string, params: Record<string, unknown>) =>
    void devtools.send(`Input.${method}`, params).catch(() => undefined)

  return {
    picture: null,
    go(url) {
      setProblem(null)
      contents.loadURL(url).catch(() => undefined)
    },
    back() {
      setProblem(null)
      contents.navigationHistory.goBack()
    },
    forward() {
      setProblem(null)
      contents.navigationHistory.goForward()
    },
    reload() {
      setProblem(null)
      contents.reload()
    },
    stop: () => contents.stop(),
    zoom(factor) {
      zoom = factor
      contents.setZoomFactor(factor)
    },
    type(text) {
      contents.focus()
      input('insertText', { text })
    },
    key(key) {
      if (!isTypedKey(key)) return
      contents.focus()
      input('dispatchKeyEvent', { type: 'keyDown', key, ...typedKeys[key] })
      input('dispatchKeyEvent', { type: 'keyUp', key, ...typedKeys[key], text: undefined })
    },
    place: lieOver,
    answer: answered,
    choose(index) {
      armed.choose(index)
      answered()
    },
    cover(next) {
      covered = next
      if (!next) setProblem(null)
      cover()
    },
    end,
  }
}
