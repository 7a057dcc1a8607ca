import { BrowserWindow, type Session } from 'electron'
import type { Life } from '../kiosk/host/keep-running.ts'
import type { ScreenOrgans } from '../kiosk/host/screen-care.ts'
import { organsOf } from './screen-organs.ts'
import { screenAddress } from './screen-protocol.ts'

type Options = {
  session: Session
  preload: string
  size: { widthPx: number; heightPx: number }
}

export type ScreenLife = Life & { organs: ScreenOrgans; renew(reason: string): void }

const renewLimitMs = 3_000

/** The one window. It stays when its page is lost, so that nobody sees what lies behind it. */
export function createKioskWindow({ session, preload, size }: Options) {
  let window: BrowserWindow | null = null

  function make(): BrowserWindow {
    const made = new BrowserWindow({
      kiosk: true,
      width: size.widthPx,
      height: size.heightPx,
      frame: false,
      autoHideMenuBar: true,
      backgroundColor: '#ffffff',
      webPreferences: {
        session,
        preload,
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        navigateOnDragDrop: false,
        disableDialogs: true,
        spellcheck: false,
        devTools: false,
        // The screen must go on painting whatever lies over it, or the watchdog takes it for lost.
        backgroundThrottling: false,
        autoplayPolicy: 'no-user-gesture-required',
      },
    })
    made.on('closed', () => {
      window = null
    })
    return made
  }

  return {
    current: () => window,
    /** Shows the screen; the life ends when its page crashes, hangs or is closed. */
    async begin(): Promise<ScreenLife> {
      window ??= make()
      const shown = window
      const { webContents } = shown
      const ended = Promise.withResolvers<string>()
      let why: string | null = null
      const gone = (_event: unknown, { reason }: { reason: string }) =>
        ended.resolve(why ?? `its page is gone (${reason})`)
      const closed = () => ended.resolve('its window was closed')
      /** The page's end is what ends this life, so that it is not taken for the end of the next one. */
      const renew = (reason: string) => {
        why = reason
        if (!shown.isDestroyed()) webContents.forcefullyCrashRenderer()
        setTimeout(() => ended.resolve(reason), renewLimitMs).unref()
      }
      const hangs = () => renew('its page does not answer')
      webContents.on('render-process-gone', gone)
      webContents.on('unresponsive', hangs)
      shown.on('closed', closed)
      void ended.promise.then(() => {
        if (shown.isDestroyed()) return
        shown.off('closed', closed)
        webContents.off('render-process-gone', gone)
        webContents.off('unresponsive', hangs)
      })
      try {
        await Promise.race([shown.loadURL(screenAddress), ended.promise])
      } catch (error) {
        ended.resolve('its page could not be loaded')
        throw error
      }
      return {
        ended: ended.promise,
        organs: organsOf(shown),
        renew,
        async end() {
          ended.resolve('it was ended')
          if (!shown.isDestroyed()) shown.destroy()
        },
      }
    },
  }
}
