import { ipcMain, MessageChannelMain, type MessagePortMain, type WebContents } from 'electron'
import { decideNavigation } from '../kiosk/host/decide-navigation.ts'
import { isGuarded } from './guarded/make-session.ts'
import { screenAddress } from './screen-protocol.ts'

/** Our page asks for a port through its preload, and gets it as soon as there is a kiosk process at the other end. */
export function createBridgePorts(options: {
  /** null: no kiosk process at present. */
  sendPort: () => ((port: MessagePortMain) => void) | null
  onRefused: () => void
}) {
  const waiting = new Set<WebContents>()

  ipcMain.on('kiosk-port', ({ sender, senderFrame }) => {
    const ours =
      senderFrame !== null &&
      !isGuarded(sender.session) &&
      senderFrame === sender.mainFrame &&
      decideNavigation(senderFrame.url, screenAddress) === 'allowed'
    if (!ours) {
      options.onRefused()
      return
    }
    waiting.add(sender)
    serveWaiting()
  })

  function serveWaiting(): void {
    const send = options.sendPort()
    if (send === null) return
    for (const contents of waiting) {
      waiting.delete(contents)
      if (contents.isDestroyed()) continue
      const { port1, port2 } = new MessageChannelMain()
      send(port1)
      contents.postMessage('kiosk-port', null, [port2])
    }
  }

  return { serveWaiting }
}
