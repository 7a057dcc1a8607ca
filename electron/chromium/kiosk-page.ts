import { z } from 'zod'
import { decideKey } from '../kiosk/host/decide-key.ts'
import { addressForLog, decideNavigation } from '../kiosk/host/decide-navigation.ts'
import type { ScreenOrgans } from '../kiosk/host/screen-care.ts'
import { decideTarget } from './decide-target.ts'
import type { Devtools, DevtoolsAnswer, DevtoolsEvent } from './devtools-pipe.ts'
import { createPixelWatch, type PixelWatch } from './pixel-watch.ts'

/** Something that a kiosk's screen does not do was tried, and stopped. */
export type Attempt = 'second-window' | 'navigation' | 'download' | 'file-dialog' | 'dialog'

export type KioskPage = {
  /** Shows the screen; `url` may carry a start token. */
  open(url: string): Promise<void>
  /** Whether the page on screen came from this address. */
  isAt(url: string): boolean
  /** Settles with the reason when there is no page any more. One that crashed is still there, and can be opened again. */
  lost: Promise<string>
  ping: ScreenOrgans['ping']
  /** Looks at its pixels until they change. */
  look: PixelWatch['look']
  /** A command of the DevTools protocol to the page, for the suite that looks at the screen. */
  send(method: string, params?: Record<string, unknown>): Promise<DevtoolsAnswer>
}

type Options = {
  devtools: Devtools
  onAttempt: (attempt: Attempt, detail: Record<string, string>) => void
  /** The page went somewhere else after all: the screen must be opened again. */
  onStray: () => void
  onCrashed: () => void
}

const attachedSchema = z.object({
  sessionId: z.string(),
  targetInfo: z.object({ targetId: z.string(), type: z.string(), url: z.string() }),
})
const pausedSchema = z.object({ requestId: z.string(), request: z.object({ url: z.string() }) })
const navigatedSchema = z.object({ frame: z.object({ url: z.string(), parentId: z.string().optional() }) })
const downloadSchema = z.object({ guid: z.string(), url: z.string() })
const dialogSchema = z.object({ type: z.string() })
const metricsSchema = z.object({ cssVisualViewport: z.object({ zoom: z.number() }) })
const answerSchema = z.object({ result: z.object({ value: z.boolean() }) })
const detachedSchema = z.object({ sessionId: z.string() })

/** In the page before anything of its own. Chromium keeps Ctrl+N, T and W to itself: what they open or close is noticed, and undone. */
const holdKeys = `(() => {
  const decide = ${decideKey.toString()}
  const hold = (event) => {
    const pressed = { key: event.key ?? '', ctrl: event.ctrlKey, alt: event.altKey, meta: event.metaKey, shift: event.shiftKey }
    if (decide(pressed) === 'pass') return
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  for (const type of ['keydown', 'keyup', 'keypress']) addEventListener(type, hold, true)
})()`

/** Likewise: a mouse has buttons for back, forward and paste, and with Ctrl its wheel zooms; while the screen is still loading, too. */
const holdMouse = `(() => {
  const hold = (event) => {
    if (event.type === 'wheel' ? event.ctrlKey : event.button > 0) event.preventDefault()
  }
  for (const type of ['mousedown', 'mouseup', 'auxclick', 'wheel']) addEventListener(type, hold, { capture: true, passive: false })
})()`

/** Takes the first page of the browser as the screen, shuts every way out of it, and closes every other window. */
export async function guardKioskPage({ devtools, onAttempt, onStray, onCrashed }: Options): Promise<KioskPage> {
  const found = Promise.withResolvers<string>()
  const lost = Promise.withResolvers<string>()
  let session: string | null = null
  let home = ''
  /** Since it was opened. Once only: whoever takes the keyboard to another window of a desktop afterwards may keep it. */
  let hadKeyboard = false

  const tell = (method: string, params: Record<string, unknown> = {}, to: string | null = session) =>
    void devtools.send(method, params, to).catch(() => undefined)

  const pixels = createPixelWatch((method, params) => devtools.send(method, params, session))

  devtools.onEvent((event) => {
    if (event.method === 'Target.attachedToTarget') attached(event)
    else if (event.method === 'Browser.downloadWillBegin') refuseDownload(event)
    else if (event.method === 'Target.detachedFromTarget') {
      if (detachedSchema.parse(event.params).sessionId === session) lost.resolve('its page was closed')
    } else if (event.sessionId === session && session !== null) onPage(event)
  })

  function attached(event: DevtoolsEvent): void {
    const { sessionId, targetInfo } = attachedSchema.parse(event.params)
    const verdict = decideTarget(targetInfo.type, session !== null)
    if (verdict === 'screen') {
      session = sessionId
      found.resolve(sessionId)
      return
    }
    // Its first request must not leave, and an opener waits until it runs: hold what it asks for, let it run, close it.
    if (verdict === 'close') tell('Fetch.enable', {}, sessionId)
    tell('Runtime.runIfWaitingForDebugger', {}, sessionId)
    if (verdict === 'close') {
      tell('Target.closeTarget', { targetId: targetInfo.targetId }, null)
      onAttempt('second-window', { address: addressForLog(targetInfo.url), type: targetInfo.type })
    }
  }

  function onPage({ method, params }: DevtoolsEvent): void {
    if (method === 'Fetch.requestPaused') judgeRequest(params)
    else if (method === 'Page.frameNavigated') judgeArrival(params)
    // Asked while the arrival was still being dealt with, the browser may keep what was before.
    else if (method === 'Page.loadEventFired') tell('Page.resetNavigationHistory')
    else if (method === 'Inspector.targetCrashed') onCrashed()
    else if (method === 'Page.screencastFrame') pixels.frame(params)
    else if (method === 'Page.fileChooserOpened') onAttempt('file-dialog', {})
    else if (method === 'Page.javascriptDialogOpening') {
      const { type } = dialogSchema.parse(params)
      tell('Page.handleJavaScriptDialog', { accept: type === 'beforeunload' })
      onAttempt('dialog', { type })
    }
  }

  function judgeRequest(params: Record<string, unknown>): void {
    const { requestId, request } = pausedSchema.parse(params)
    if (decideNavigation(request.url, home) === 'allowed') {
      tell('Fetch.continueRequest', { requestId })
      return
    }
    // Aborted leaves the page where it is; any other reason would show the browser's own error page.
    tell('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
    onAttempt('navigation', { address: addressForLog(request.url) })
  }

  function judgeArrival(params: Record<string, unknown>): void {
    const { frame } = navigatedSchema.parse(params)
    if (frame.parentId !== undefined) return
    if (decideNavigation(frame.url, home) === 'allowed') {
      // Nothing lies behind the screen that a way back could lead to.
      tell('Page.resetNavigationHistory')
      return
    }
    // The browser's own page for a kiosk process that is just starting again is no way out; the watchdog looks after it.
    if (frame.url.startsWith('chrome-error:')) return
    onAttempt('navigation', { address: addressForLog(frame.url) })
    onStray()
  }

  /** In the place of a page that crashed the browser shows one of its own, which takes the keyboard, and takes it along when it goes. */
  async function takeKeyboard(): Promise<void> {
    const answer = await devtools.send('Runtime.evaluate', { expression: 'document.hasFocus()' }, session)
    hadKeyboard = answerSchema.parse(answer).result.value
    if (!hadKeyboard) tell('Page.bringToFront')
  }

  function refuseDownload(event: DevtoolsEvent): void {
    const { guid, url } = downloadSchema.parse(event.params)
    tell('Browser.cancelDownload', { guid }, null)
    onAttempt('download', { address: addressForLog(url) })
  }

  await devtools.send('Browser.setDownloadBehavior', { behavior: 'deny', eventsEnabled: true })
  // Granting nothing refuses all, without a question to the visitor.
  await devtools.send('Browser.grantPermissions', { permissions: [] })
  await devtools.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true })
  const screen = await Promise.race([
    found.promise,
    devtools.closed.then(() => {
      throw new Error('the browser ended before it had a page')
    }),
  ])
  const send = (method: string, params: Record<string, unknown> = {}) => devtools.send(method, params, screen)
  await send('Page.enable')
  await send('Inspector.enable')
  await send('Fetch.enable', { patterns: [{ resourceType: 'Document' }] })
  await send('Page.setInterceptFileChooserDialog', { enabled: true })
  await send('Page.addScriptToEvaluateOnNewDocument', { source: holdKeys })
  await send('Page.addScriptToEvaluateOnNewDocument', { source: holdMouse })
  tell('Runtime.runIfWaitingForDebugger')

  return {
    async open(url) {
      home = new URL('/', url).href
      await send('Page.navigate', { url })
      hadKeyboard = false
      // A browser that starts has its keyboard in the field for addresses, be it seen or not: keys are for the page, which holds them.
      await send('Page.bringToFront')
    },
    isAt: (url) => home === new URL('/', url).href,
    lost: lost.promise,
    async ping() {
      const { cssVisualViewport } = metricsSchema.parse(await send('Page.getLayoutMetrics'))
      if (!hadKeyboard) await takeKeyboard()
      return cssVisualViewport.zoom === 1 ? 'well' : 'zoomed'
    },
    look: pixels.look,
    send,
  }
}
