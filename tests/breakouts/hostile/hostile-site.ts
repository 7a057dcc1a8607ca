import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** A server of pages that mean harm, under whatever names lead to it. It remembers what was asked of it. */
export async function startHostileSite() {
  const pages = new Map<string, Answer>()
  const asked: string[] = []
  const server: Server = createServer((request, response) => {
    const { host = '' } = request.headers
    const path = (request.url ?? '/').replace(/\?.*$/, '')
    asked.push(`${host}${path}`)
    const answer = pages.get(`${host}${path}`) ?? pages.get(path)
    if (answer) answer(request, response)
    else html('<title>empty</title><p>nothing here</p>')(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    /** `host/path`, or `/path` under any name. */
    page: (at: string, answer: Answer | string) =>
      void pages.set(at, typeof answer === 'string' ? html(answer) : answer),
    asked,
    async close(): Promise<void> {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function html(body: string): Answer {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(`<!doctype html><meta charset="utf-8">${body}`)
  }
}

export const redirect =
  (location: string, status = 302): Answer =>
  (_request, response) =>
    response.writeHead(status, { location }).end()
