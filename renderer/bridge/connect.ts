import { createORPCClient } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import type { Bridge, BridgeLine } from './bridge.ts'

declare global {
  interface Window {
    /** Given by Electron's preload: a port to the kiosk process. */
    kioskHost?: { requestPort(): void }
  }
}

/** Over Electron's message port where its preload is there, else over the WebSocket of the server that gave us this page. */
export function connectBridge(): Promise<BridgeLine> {
  return window.kioskHost ? overPort(window.kioskHost) : overSocket()
}

function overSocket(): Promise<BridgeLine> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/bridge`)
    socket.addEventListener('error', () => reject(new Error('the kiosk does not answer')), { once: true })
    socket.addEventListener(
      'open',
      () => {
        const ended = new Promise<void>((end) => socket.addEventListener('close', () => end(), { once: true }))
        resolve({
          bridge: createORPCClient<Bridge>(new SocketLink({ websocket: socket })),
          ended,
          close: () => socket.close(),
        })
      },
      { once: true },
    )
  })
}

function overPort(host: { requestPort(): void }): Promise<BridgeLine> {
  return new Promise((resolve) => {
    const take = (event: MessageEvent) => {
      const port = event.ports[0]
      if (event.source !== window || event.data !== 'kiosk-port' || !port) return
      window.removeEventListener('message', take)
      port.start()
      const ended = new Promise<void>((end) => port.addEventListener('close', () => end(), { once: true }))
      resolve({ bridge: createORPCClient<Bridge>(new PortLink({ port })), ended, close: () => port.close() })
    }
    window.addEventListener('message', take)
    host.requestPort()
  })
}
