import { app, type Session, type WebContents } from 'electron'
import { decideKey } from '../kiosk/host/decide-key.ts'
import { addressForLog, decideNavigation } from '../kiosk/host/decide-navigation.ts'
import { screenAddress } from './screen-protocol.ts'

/** Something that a kiosk's screen does not do was tried, and stopped. */
type Attempted = (
  attempt: 'second-window' | 'navigation' | 'download' | 'permission' | 'network' | 'webview',
  detail: Record<string, string>,
) => void

/** D13: Electron hands over the first certificate of the machine unless it is told to hand over none. */
export function lockDownApp(): void {
  app.on('select-client-certificate', (event, _contents, _url, _certificates, answer) => {
    event.preventDefault()
    answer()
  })
}

/** No permission, no device, no download, and no address but the screen's own. */
export function lockDownSession(session: Session, attempted: Attempted): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    attempted('permission', { permission })
    answer(false)
  })
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setSpellCheckerEnabled(false)
  session.on('will-download', (event, item) => {
    event.preventDefault()
    attempted('download', { address: addressForLog(item.getURL()) })
  })
  session.webRequest.onBeforeRequest((request, answer) => {
    const inside = request.url.startsWith(screenAddress) || /^(?:data|blob):/.test(request.url)
    if (!inside) attempted('network', { address: addressForLog(request.url) })
    answer({ cancel: !inside })
  })
}

/** One page, one window, no way out of it. Holds for every web contents that ever comes to be. */
export function lockDownContents(contents: WebContents, attempted: Attempted): void {
  contents.setWindowOpenHandler(({ url }) => {
    attempted('second-window', { address: addressForLog(url) })
    return { action: 'deny' }
  })
  const judge = (event: { preventDefault: () => void; url: string }) => {
    if (decideNavigation(event.url, screenAddress) === 'allowed') return
    event.preventDefault()
    attempted('navigation', { address: addressForLog(event.url) })
  }
  contents.on('will-frame-navigate', judge)
  contents.on('will-redirect', judge)
  contents.on('will-attach-webview', (event) => {
    event.preventDefault()
    attempted('webview', {})
  })
  // A page that asks to stay is not asked back.
  contents.on('will-prevent-unload', (event) => event.preventDefault())
  contents.on('before-input-event', (event, { key, control, alt, meta, shift }) => {
    if (decideKey({ key, ctrl: control, alt, meta, shift }) === 'hold') event.preventDefault()
  })
  contents.on('did-finish-load', () => void contents.setVisualZoomLevelLimits(1, 1))
  contents.on('zoom-changed', () => contents.setZoomFactor(1))
}
