import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type LineFault =
  | 'cut-before-answer'
  | 'cut-during-answer'
  | 'cut-after-answer'
  | 'duplicate-delivery'
  | 'late-delivery'

/** The line between one kiosk and the hub. A fault lies in wait for the next batch of counts. */
export type TroubledLine = {
  url: string
  arm(fault: LineFault): void
  /** Faults that still lie in wait. */
  waiting(): number
  /** Resolves when no fault is in the middle of its work (a late delivery holds the played clock). */
  settled(): Promise<void>
  close(): Promise<void>
}

export async function troubledLine(hub: { port: number }, played: (fault: LineFault) => void): Promise<TroubledLine> {
  const armed: LineFault[] = []
  const busy = new Set<Promise<void>>()
  /** A batch that the line swallowed, to be delivered after the kiosk's second try has been answered. */
  let held: { from: IncomingMessage; body: Buffer; delivered: () => void } | null = null

  const server = createServer((from, to) => {
    void serve(from, to).catch(() => to.destroy())
  })

  async function serve(from: IncomingMessage, to: ServerResponse): Promise<void> {
    const counts = from.method === 'POST' && from.url?.endsWith('/kiosk/usage')
    if (!counts) return passOn(from, to)
    const fault = held ? undefined : armed.shift()
    const body = await bodyOf(from)
    if (fault) played(fault)
    if (fault === 'cut-before-answer') {
      to.destroy()
      return
    }
    if (fault === 'cut-during-answer') {
      const half = request({ port: hub.port, host: '127.0.0.1', method: 'POST', path: from.url, headers: from.headers })
      half.on('error', () => undefined)
      half.write(body.subarray(0, Math.floor(body.length / 2)), () => half.destroy())
      to.destroy()
      return
    }
    if (fault === 'late-delivery') {
      const done = new Promise<void>((delivered) => {
        held = { from, body, delivered }
      })
      busy.add(done)
      void done.then(() => busy.delete(done))
      to.destroy()
      return
    }
    const answer = await send(from, body)
    if (fault === 'cut-after-answer') {
      to.destroy()
      return
    }
    if (fault === 'duplicate-delivery') await send(from, body)
    to.writeHead(answer.status, answer.headers)
    to.end(answer.body)
    if (held) {
      const late = held
      held = null
      await send(late.from, late.body).catch(() => undefined)
      late.delivered()
    }
  }

  async function send(from: IncomingMessage, body: Buffer) {
    const forward = request({
      port: hub.port,
      host: '127.0.0.1',
      method: from.method,
      path: from.url,
      headers: from.headers,
    })
    forward.end(body)
    const [answer]: IncomingMessage[] = await once(forward, 'response')
    if (!answer) throw new Error('no answer')
    return { status: answer.statusCode ?? 502, headers: answer.headers, body: await bodyOf(answer) }
  }

  function passOn(from: IncomingMessage, to: ServerResponse): void {
    const forward = request({
      port: hub.port,
      host: '127.0.0.1',
      method: from.method,
      path: from.url,
      headers: from.headers,
    })
    forward.on('error', () => to.destroy())
    forward.on('response', (answer) => {
      to.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(to)
      answer.on('error', () => to.destroy())
      answer.on('close', () => to.destroy())
    })
    to.on('close', () => forward.destroy())
    from.pipe(forward)
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    arm: (fault) => armed.push(fault),
    waiting: () => armed.length,
    settled: async () => {
      await Promise.all(busy)
    },
    close: async () => {
      held?.delivered()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk)
  return Buffer.concat(chunks)
}
