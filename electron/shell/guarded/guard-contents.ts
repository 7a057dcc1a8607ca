import type { WebContents } from 'electron'
import { decideRequest, type InternetPolicy, type InternetRefusal } from '../../../contract/internet-policy.ts'
import { decideKey } from '../../kiosk/host/decide-key.ts'
import { decideWindow } from '../../kiosk/internet/decide-window.ts'
import { parseAddress } from './make-session.ts'

type Options = {
  policy: InternetPolicy
  uptimeMs: () => number
  onRefused: (reason: InternetRefusal, leaves: boolean) => void
  onTouched: () => void
  /** Of the page by our bar; a pinch or a wheel changes nothing. */
  zoom: () => number
}

const touches = new Set(['touchStart', 'mouseDown', 'keyDown', 'rawKeyDown'])
/** The screen is told of a touch so often at most. */
const touchedEveryMs = 1_000

/** Every way that a page may try to go, to open or to ask for something, judged before it does. */
export function guardContents(contents: WebContents, options: Options): void {
  const { policy, uptimeMs, onRefused } = options
  let touchedMs = Number.NEGATIVE_INFINITY
  let toldMs = Number.NEGATIVE_INFINITY
  let openedSinceTouch = 0

  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')

  contents.on('input-event', (_event, { type }) => {
    if (!touches.has(type)) return
    touchedMs = uptimeMs()
    openedSinceTouch = 0
    if (uptimeMs() - toldMs < touchedEveryMs) return
    toldMs = uptimeMs()
    options.onTouched()
  })

  const judge = (event: { preventDefault: () => void; url: string; isMainFrame: boolean }) => {
    // A frame's empty or made-up document asks for nothing; what it is given comes from the page that made it.
    if (!event.isMainFrame && /^(?:about:(?:blank|srcdoc)|blob:)/.test(event.url)) return
    const verdict = decideRequest({ address: parseAddress(event.url), kind: 'page' }, policy)
    if (verdict.allowed) return
    event.preventDefault()
    onRefused(verdict.reason, event.isMainFrame)
  }
  contents.on('will-frame-navigate', judge)
  contents.on('will-redirect', judge)

  contents.setWindowOpenHandler(({ url, referrer }) => {
    const verdict = decideRequest({ address: parseAddress(url), kind: 'page' }, policy)
    const window = decideWindow({ sinceTouchMs: uptimeMs() - touchedMs, openedSinceTouch, url })
    if (window === 'refuse') onRefused('second-window', false)
    else if (!verdict.allowed) onRefused(verdict.reason, true)
    else {
      openedSinceTouch += 1
      setImmediate(() => {
        if (!contents.isDestroyed()) contents.loadURL(url, { httpReferrer: referrer }).catch(() => undefined)
      })
    }
    return { action: 'deny' }
  })
  // None should ever come to be.
  contents.on('did-create-window', (window) => window.destroy())
  contents.on('will-attach-webview', (event) => {
    event.preventDefault()
    onRefused('permission', false)
  })

  contents.on('before-input-event', (event, { key, control, alt, meta, shift }) => {
    if (decideKey({ key, ctrl: control, alt, meta, shift }) === 'hold') event.preventDefault()
  })
  contents.on('zoom-changed', () => contents.setZoomFactor(options.zoom()))
  contents.on('did-finish-load', () => void contents.setVisualZoomLevelLimits(1, 1).catch(() => undefined))

  // A page that asks to stay is not asked back.
  contents.on('will-prevent-unload', (event) => event.preventDefault())
  contents.on(
    'enter-html-full-screen',
    () => void contents.executeJavaScript('document.exitFullscreen()').catch(() => undefined),
  )
  // Electron refuses a bad certificate and gives no name and password unless it is told to; here nobody tells it.
  contents.on('certificate-error', (_event, _url, _error, _certificate, _callback, isMainFrame) =>
    onRefused('certificate', isMainFrame),
  )
  contents.on('login', () => onRefused('sign-in-box', false))
}
