import { once } from 'node:events'
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Duplex, pipeline } from 'node:stream'
import type { InternetPolicy } from '../../../contract/internet-policy.ts'
import type { InternetProblem } from '../../../contract/menus/internet.ts'
import type { OutsideLine } from './outside-line.ts'
import { limitBytes, NotReached, type Reached, type ReachLimits, reach, tunnelThroughFilter } from './reach.ts'

export type ForwardProxy = {
  port: number
  /** From now on these rules; null: nothing is let through. */
  use(policy: InternetPolicy | null): void
  /** Why a name could not be reached the last time, null when it could. */
  whyNot(hostname: string): InternetProblem | null
  close(): Promise<void>
}

type Limits = ReachLimits & {
  /** At a time, of both sides. */
  connections: number
}
const productLimits: Limits = { connectMs: 10_000, idleMs: 120_000, connectionBytes: 300_000_000, connections: 512 }

/** Headers that are between a browser and its proxy (RFC 9110 7.6.1). */
const hopByHop = ['proxy-connection', 'proxy-authorization', 'connection', 'keep-alive', 'te', 'trailer', 'upgrade']

/** Either side may leave at any time; both are gone then. */
const done = () => undefined

/** The only way out that a guarded session has, on loopback. Tunnels are opened for it and plain requests handed on; what goes through a tunnel is not looked into. */
export async function startForwardProxy(options: {
  outside: OutsideLine
  limits?: Partial<Limits>
  /** A name was asked for that is not let through. */
  onRefused: (hostname: string, problem: InternetProblem) => void
}): Promise<ForwardProxy> {
  const limits = { ...productLimits, ...options.limits }
  const open = new Set<Duplex>()
  const reasons = new Map<string, InternetProblem>()
  let policy: InternetPolicy | null = null

  async function reachOut(hostname: string, port: number): Promise<Reached> {
    if (policy === null) throw new NotReached({ kind: 'refused', reason: 'not-listed' })
    if (open.size >= limits.connections) throw new NotReached({ kind: 'no-answer' })
    const reached = await reach({ hostname, port }, policy, options.outside, limits)
    keep(reached.socket)
    return reached
  }

  function keep(socket: Duplex): void {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  }

  /** @returns what to answer the browser with */
  function note(hostname: string, error: unknown): 403 | 502 {
    const problem: InternetProblem = error instanceof NotReached ? error.problem : { kind: 'no-answer' }
    if (reasons.size > 1_000) reasons.clear()
    reasons.set(hostname, problem)
    if (problem.kind !== 'refused') return 502
    options.onRefused(hostname, problem)
    return 403
  }

  async function tunnel(request: IncomingMessage, client: Duplex, head: Buffer): Promise<void> {
    client.on('error', () => client.destroy())
    const target = (request.url ?? '').toLowerCase()
    const [, hostname = '', port = ''] = /^(.+):(\d{1,5})$/.exec(target) ?? []
    try {
      const { socket, byFilter } = await reachOut(hostname, Number(port))
      const first = byFilter ? await tunnelThroughFilter(socket, target, limits) : null
      reasons.delete(hostname)
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      if (first !== null && first.length > 0) client.write(first)
      if (head.length > 0) socket.write(head)
      limitBytes(socket, socket, limits.connectionBytes)
      pipeline(client, socket, done)
      pipeline(socket, client, done)
    } catch (error) {
      const status = note(hostname, error)
      client.end(`HTTP/1.1 ${status} ${status === 403 ? 'Forbidden' : 'Bad Gateway'}\r\nConnection: close\r\n\r\n`)
    }
  }

  async function handOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = URL.canParse(request.url ?? '') ? new URL(request.url ?? '') : null
    if (url === null || url.protocol !== 'http:') {
      response.writeHead(400, { connection: 'close' }).end()
      return
    }
    try {
      const { socket, byFilter } = await reachOut(url.hostname, url.port === '' ? 80 : Number(url.port))
      reasons.delete(url.hostname)
      const headers = { ...request.headers, host: url.host, connection: 'close' }
      const outgoing = httpRequest({
        createConnection: () => socket,
        method: request.method,
        path: byFilter ? url.href : `${url.pathname}${url.search}`,
        headers: Object.fromEntries(
          Object.entries(headers).filter(([name]) => name === 'connection' || !hopByHop.includes(name)),
        ),
      })
      outgoing.once('response', (incoming) => {
        response.writeHead(incoming.statusCode ?? 502, { ...incoming.headers, connection: 'close' })
        limitBytes(incoming, socket, limits.connectionBytes)
        incoming.pipe(response)
        incoming.once('error', () => response.destroy())
      })
      outgoing.once('error', () => (response.headersSent ? response.destroy() : response.writeHead(502).end()))
      response.once('close', () => outgoing.destroy())
      request.pipe(outgoing)
    } catch (error) {
      response.writeHead(note(url.hostname, error), { connection: 'close' }).end()
    }
  }

  const server = createServer((request, response) => void handOn(request, response))
  server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => void tunnel(request, client, head))
  server.on('upgrade', (_request, socket: Duplex) => socket.destroy())
  server.on('clientError', (_error, socket) => socket.destroy())
  server.on('connection', keep)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    port: (server.address() as AddressInfo).port,
    use(next) {
      policy = next
      reasons.clear()
    },
    whyNot: (hostname) => reasons.get(hostname) ?? null,
    async close() {
      policy = null
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
