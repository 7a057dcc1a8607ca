import { z } from 'zod'
import type { InternetProblem } from '../../../contract/menus/internet.ts'
import { type Dialog, decideDialog } from '../../kiosk/internet/decide-window.ts'
import type { GuardedEvents, GuardedOptions, GuardedSession } from '../../kiosk/internet/guarded-browser.ts'
import { hushScript, noteBinding, ownWorld, pageNoteSchema, pageScript } from '../../kiosk/internet/page-script.ts'
import type { LaunchedBrowser } from '../launch-browser.ts'
import { guardRequests } from './guard-requests.ts'
import { guardTargets } from './guard-targets.ts'
import { createPageState } from './page-state.ts'
import { createPicture } from './picture.ts'
import { pressKey } from './press-key.ts'
import { watchPage } from './watch-page.ts'

const contextSchema = z.object({ browserContextId: z.string() })
const versionSchema = z.object({ userAgent: z.string() })
const dialogSchema = z.object({ type: z.enum(['alert', 'confirm', 'prompt', 'beforeunload']), message: z.string() })
const bindingSchema = z.object({ name: z.string(), payload: z.string().max(60_000), executionContextId: z.number() })

const noteName = { name: noteBinding, executionContextName: ownWorld }

/** One visitor's page in a browser that is his alone. */
export async function startGuardedSession(
  browser: LaunchedBrowser,
  { policy, proxyPort, place: firstPlace, language }: GuardedOptions,
  tell: GuardedEvents,
  uptimeMs: () => number,
): Promise<Omit<GuardedSession, 'end'> & { forget(): void }> {
  const { devtools } = browser
  let forgotten = false
  let touchedAtMs = Number.NEGATIVE_INFINITY
  let openedSinceTouch = 0
  let place = firstPlace
  let zoom = 1
  let dialogsOfPage = 0
  let dialogOpen = false
  /** Where the visitor was last led to, each time another one. */
  let wish: { url: string } | null = null
  /** Where the script of the page that asked to choose can be reached. */
  let chooser: { session: string; world: number } | null = null

  const { browserContextId } = contextSchema.parse(
    await devtools.send('Target.createBrowserContext', {
      disposeOnDetach: true,
      proxyServer: `http://127.0.0.1:${proxyPort}`,
      // Without this Chromium goes round the proxy to loopback, to our own server.
      proxyBypassList: '<-loopback>',
    }),
  )
  const { userAgent } = versionSchema.parse(await devtools.send('Browser.getVersion'))
  await devtools.send('Browser.setDownloadBehavior', { behavior: 'deny', browserContextId, eventsEnabled: true })
  // Granting nothing refuses all, without a question to the visitor.
  await devtools.send('Browser.grantPermissions', { permissions: [], browserContextId })

  const targets = guardTargets({
    devtools,
    browserContextId,
    prepare: preparePage,
    prepareFrame: (session) => prepareDocument(session),
    onWindow: () => {
      const came = { sinceTouchMs: uptimeMs() - touchedAtMs, openedSinceTouch, follow: go }
      openedSinceTouch += 1
      return came
    },
    onRefusedWindow: () => tell.refused('second-window', false),
    onEvent,
    onCrash: () => {
      void restart('page-failed')
    },
  })
  const toPage = (method: string, params: Record<string, unknown> = {}) => targets.tell(method, params, targets.page())
  const pictures = createPicture(
    () => place,
    toPage,
    () => {
      touchedAtMs = uptimeMs()
      openedSinceTouch = 0
    },
  )
  const page = createPageState(
    () => devtools.send('Page.getNavigationHistory', {}, targets.page()),
    (state) => !forgotten && tell.page(state),
  )
  const requests = guardRequests({
    policy,
    tell: targets.tell,
    page: targets.page,
    mainFrame: targets.mainFrame,
    onPageAsked: (host) => page.loads(host),
    onRefused(reason, leaves, left = false) {
      tell.refused(reason, leaves)
      if (leaves) problem({ kind: 'refused', reason }, left)
    },
    // Counted, and not said: there is nobody to whom it matters.
    onRefusedLate: (reason) => tell.refused(reason, true),
    onNoAnswer(left) {
      problem({ kind: 'no-answer' }, left)
    },
    onArrived() {
      dialogsOfPage = 0
      chooser = null
      problem(null)
      void page.look()
    },
    // Answered by the browser itself, whatever the page does.
    afterAll: (then) =>
      void devtools.send('Page.getNavigationHistory', {}, targets.page(), then).catch(() => undefined),
  })
  const watching = watchPage({
    devtools,
    pid: browser.pid,
    page: targets.page,
    isHeldUp: () => dialogOpen || requests.isWaiting(),
    uptimeMs,
    onHang: () => {
      void restart('page-failed')
    },
    onTooLarge: () => {
      void restart('page-failed')
    },
  })
  devtools.closed.then(() => !forgotten && tell.failed('the guarded browser ended'))
  await targets.openPage()

  /** Everything before the page's first own line runs. */
  async function preparePage(session: string): Promise<void> {
    const send = (method: string, params: Record<string, unknown> = {}) => devtools.send(method, params, session)
    const acceptLanguage = language === 'ja' ? 'ja' : `${language},ja;q=0.5`
    await Promise.all([
      prepareDocument(session),
      send('Inspector.enable'),
      send('Security.enable'),
      send('Security.setOverrideCertificateErrors', { override: true }),
      send('Page.setInterceptFileChooserDialog', { enabled: true }),
      send('Emulation.setUserAgentOverride', { userAgent: userAgent.replace('Headless', ''), acceptLanguage }),
      send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 10 }),
      send('Emulation.setDeviceMetricsOverride', metrics()),
    ])
  }

  function prepareDocument(session: string): Promise<unknown> {
    const send = (method: string, params: Record<string, unknown> = {}) => devtools.send(method, params, session)
    return Promise.all([
      send('Page.enable'),
      send('Fetch.enable', { patterns: [{ urlPattern: '*' }], handleAuthRequests: true }),
      send('Page.addScriptToEvaluateOnNewDocument', { source: hushScript, runImmediately: true }),
      send('Runtime.addBinding', noteName),
      send('Page.addScriptToEvaluateOnNewDocument', { source: pageScript, worldName: ownWorld, runImmediately: true }),
    ])
  }

  function metrics() {
    const { widthPx, heightPx } = place
    return {
      width: Math.round(widthPx / zoom),
      height: Math.round(heightPx / zoom),
      deviceScaleFactor: zoom,
      mobile: false,
    }
  }

  function onEvent(method: string, params: Record<string, unknown>, session: string): void {
    if (forgotten) return
    // In another process the name is not known any more; Runtime.enable would keep it, and bring every line of the page's console.
    if (method === 'Page.frameNavigated') targets.tell('Runtime.addBinding', noteName, session)
    if (requests.took(method, params, session)) return
    const ofPage = session === targets.page()
    if (method === 'Page.screencastFrame' && ofPage) pictures.took(params)
    else if (method === 'Page.javascriptDialogOpening') dialog(params, session)
    else if (method === 'Page.javascriptDialogClosed') dialogOpen = false
    else if (method === 'Page.fileChooserOpened') tell.refused('file-dialog', false)
    else if (method === 'Runtime.bindingCalled') note(params, session)
    else if (!ofPage) return
    else if (method === 'Page.frameStartedLoading' && params.frameId === targets.mainFrame()) page.loading(true)
    else if (method === 'Page.frameStoppedLoading' && params.frameId === targets.mainFrame()) {
      page.loading(false)
      pictures.settle()
      void page.look()
    } else if (method === 'Page.domContentEventFired' || method === 'Page.navigatedWithinDocument') void page.look()
  }

  function dialog(params: Record<string, unknown>, session: string): void {
    const { type, message } = dialogSchema.parse(params)
    const asked: Dialog = { kind: type, shownOfPage: dialogsOfPage }
    const verdict = decideDialog(asked)
    if (verdict !== 'show') {
      targets.tell('Page.handleJavaScriptDialog', { accept: verdict === 'accept' }, session)
      return
    }
    dialogsOfPage += 1
    dialogOpen = true
    answerDialog = (yes) => targets.tell('Page.handleJavaScriptDialog', { accept: yes }, session)
    tell.question({ kind: type === 'confirm' ? 'confirm' : 'tell', text: message.slice(0, 300) })
  }
  let answerDialog: ((yes: boolean) => void) | null = null

  function note(params: Record<string, unknown>, session: string): void {
    const { name, payload, executionContextId } = bindingSchema.parse(params)
    if (name !== noteBinding) return
    const heard = pageNoteSchema.safeParse(parsed(payload))
    if (!heard.success) return
    if (heard.data.note === 'typing') page.typing(heard.data.into)
    else if (heard.data.note === 'renamed') page.titled(heard.data.title)
    else {
      chooser = { session, world: executionContextId }
      tell.question({ kind: 'choose', choices: heard.data.choices })
    }
  }

  function problem(next: InternetProblem | null, left?: boolean): void {
    if (forgotten) return
    if (next !== null) page.loading(false)
    tell.problem(next, left)
  }

  /** A page that crashed, hangs or grew too large is put away; cookies and sign-ins of the visit stay. */
  async function restart(why: 'page-failed'): Promise<void> {
    if (forgotten) return
    // What the page before was asked for does not come any more.
    requests.stopWaiting()
    const before = wish
    try {
      await targets.openPage()
      pictures.start()
      page.typing('no')
      await page.look()
      // Whoever has gone on meanwhile went on in a page that was already given up.
      if (wish !== before && wish !== null) go(wish.url)
      else problem({ kind: why }, false)
    } catch (error) {
      if (!forgotten) tell.failed(error instanceof Error ? error.message : String(error))
    }
  }

  function go(url: string): void {
    wish = { url }
    requests.leave()
    page.loads(URL.canParse(url) ? new URL(url).hostname : '')
    toPage('Page.navigate', { url })
  }

  function step(by: 1 | -1): void {
    requests.leave()
    void page.step(by).then((entryId) => entryId !== null && toPage('Page.navigateToHistoryEntry', { entryId }))
  }

  pictures.start()
  return {
    picture: pictures.picture,
    go,
    back: () => step(-1),
    forward: () => step(1),
    reload() {
      requests.leave()
      toPage('Page.reload')
    },
    stop() {
      requests.stopWaiting()
      toPage('Page.stopLoading')
      page.loading(false)
    },
    place(next) {
      place = next
      toPage('Emulation.setDeviceMetricsOverride', metrics())
      pictures.start()
    },
    cover() {},
    zoom(factor) {
      zoom = factor
      toPage('Emulation.setDeviceMetricsOverride', metrics())
    },
    type: (text) => toPage('Input.insertText', { text }),
    key: (key) => pressKey(key, toPage),
    answer(yes) {
      answerDialog?.(yes)
      answerDialog = null
    },
    choose(index) {
      if (chooser === null) return
      const { session, world } = chooser
      targets.tell('Runtime.evaluate', { expression: `kioskChoose(${Math.trunc(index)})`, contextId: world }, session)
      chooser = null
    },
    forget() {
      forgotten = true
      watching.stop()
      pictures.stop()
      requests.stopWaiting()
    },
  }
}

/** It came through a page. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
