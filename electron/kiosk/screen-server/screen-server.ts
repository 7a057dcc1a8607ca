import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onError } from '@orpc/server'
import { RPCHandler } from '@orpc/server/ws'
import { WebSocketServer } from 'ws'
import { KioskError } from '../../../contract/error-codes.ts'
import type { Kiosk } from '../kiosk.ts'
import { serveGuardedPicture } from './guarded-socket.ts'
import { screenFiles } from './screen-files.ts'
import { screenHeaders } from './screen-headers.ts'
import { startTokens } from './start-tokens.ts'

export type ScreenServer = {
  /** Opens the screen, with its start token. */
  url: string
  /** The same with a new token, for a browser that was started again. */
  freshUrl(): string
  /** A session that a process before this one gave out goes on here, so that the page on screen loses nothing that it still has to say. */
  holdSession(digest: string): void
  close(): Promise<void>
}

type Options = {
  kiosk: Pick<Kiosk, 'bridge' | 'pictureFile' | 'guardedPicture' | 'report'>
  screenDir: string
  port: number
  hostKind: 'chromium' | 'headless'
  /** A start token was redeemed: the digest of the session. */
  onSession?: (digest: string) => void
}

const cookieName = 'kiosk-screen'
/** No call of the bridge is anywhere near so long. */
const largestMessageBytes = 64 * 1024

/** The visitor's screen and its bridge on 127.0.0.1, for one browser on this machine. @throws KioskError `port-in-use` */
export async function serveScreen(options: Options): Promise<ScreenServer> {
  const { kiosk } = options
  const tokens = startTokens({ reusable: options.hostKind === 'headless' })
  const file = screenFiles(options.screenDir)
  const handler = new RPCHandler(kiosk.bridge, { interceptors: [onError(() => undefined)] })
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestMessageBytes, perMessageDeflate: false })
  const server = createServer((request, response) => {
    answer(request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })

  const port = await listen()
  const origin = `http://127.0.0.1:${port}`
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`])

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(screenHeaders)) response.setHeader(name, value)
    // A name that was made to point here (DNS rebinding) is not ours.
    if (!hosts.has(request.headers.host ?? '')) return page(response, 421, 'この画面は、この端末だけで開けます。')
    if (request.method !== 'GET' && request.method !== 'HEAD') return page(response, 405, 'この操作はできません。')
    const url = new URL(request.url ?? '/', origin)
    const token = url.searchParams.get('token')
    if (url.pathname === '/' && token !== null) return redeem(token, response)
    if (!isOurs(request))
      return page(response, 401, 'この画面を開くには、起動したときに示されたアドレスを使ってください。')
    const picture = /^\/picture\/([0-9a-f]{64})$/.exec(url.pathname)?.[1]
    if (picture) return sendPicture(picture, response)
    await sendFile(url.pathname, request, response)
  }

  function redeem(token: string, response: ServerResponse): void {
    const session = tokens.redeem(token)
    if (session === null) {
      kiosk.report('bridge-refused', 'warning', { reason: 'start token' })
      page(response, 401, 'このアドレスは、もう使えません。端末を起動しなおしてください。')
      return
    }
    options.onSession?.(tokens.digestOf(session))
    response.setHeader('set-cookie', `${cookieName}=${session}; Path=/; HttpOnly; SameSite=Strict`)
    response.writeHead(303, { location: '/', 'cache-control': 'no-store' }).end()
  }

  function isOurs(request: IncomingMessage): boolean {
    const cookies = (request.headers.cookie ?? '').split(/;\s*/)
    return cookies.some(
      (cookie) => cookie.startsWith(`${cookieName}=`) && tokens.holds(cookie.slice(cookieName.length + 1)),
    )
  }

  function sendPicture(sha256: string, response: ServerResponse): void {
    const path = kiosk.pictureFile(sha256)
    if (path === null) {
      page(response, 404, 'ありません。')
      return
    }
    const stream = createReadStream(path)
    stream.on('open', () =>
      response.writeHead(200, { 'content-type': 'image/webp', 'cache-control': 'public, max-age=31536000, immutable' }),
    )
    stream.on('error', () => {
      if (!response.headersSent) response.writeHead(404)
      response.end()
    })
    stream.pipe(response)
  }

  async function sendFile(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const found = await file(decodeURIComponent(path))
    if (found === null) return page(response, 404, 'ありません。')
    const zipped =
      found.zipped !== null && /\bgzip\b/.test(request.headers['accept-encoding']?.toString() ?? '')
        ? found.zipped
        : null
    if (zipped) response.setHeader('content-encoding', 'gzip')
    const body = zipped ?? found.bytes
    response.writeHead(200, {
      'content-type': found.type,
      'content-length': body.length,
      'cache-control': found.immutable ? 'public, max-age=31536000, immutable' : 'no-store',
    })
    response.end(request.method === 'HEAD' ? undefined : body)
  }

  server.on('upgrade', (request, socket, head) => {
    // From here on nobody else listens: one that is reset while it is refused would end the kiosk process.
    socket.on('error', () => socket.destroy())
    const allowed =
      (request.url === '/bridge' || request.url === '/guarded') &&
      hosts.has(request.headers.host ?? '') &&
      request.headers.origin === `http://${request.headers.host}` &&
      isOurs(request)
    if (!allowed) {
      kiosk.report('bridge-refused', 'warning', { reason: 'origin or session' })
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
      return
    }
    const picture = request.url === '/guarded' ? kiosk.guardedPicture() : null
    if (request.url === '/guarded' && picture === null) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', () => webSocket.terminate())
      if (picture !== null) serveGuardedPicture(webSocket, picture)
      else void handler.upgrade(webSocket, { context: {} })
    })
  })

  function listen(): Promise<number> {
    return new Promise((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) => {
        const taken = error.code === 'EADDRINUSE' || error.code === 'EACCES'
        reject(
          taken
            ? new KioskError(
                'port-in-use',
                `Port ${options.port} is in use on this machine. Is a kiosk already running? Name another with --port.`,
                { port: options.port },
                { cause: error },
              )
            : error,
        )
      })
      server.listen(options.port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
    })
  }

  const freshUrl = () => `${origin}/?token=${tokens.make()}`
  return {
    url: freshUrl(),
    freshUrl,
    holdSession: tokens.hold,
    async close() {
      for (const socket of sockets.clients) socket.terminate()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function page(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
  response.end(
    `<!doctype html><html lang="ja"><meta charset="utf-8"><title>芽室町 情報キオスク</title><p>${sentence}</p></html>`,
  )
}
