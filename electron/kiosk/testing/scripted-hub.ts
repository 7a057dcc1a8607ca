import { createHash, createHmac, randomUUID, scryptSync, X509Certificate } from 'node:crypto'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Socket } from 'node:net'
import { OpenAPIHandler } from '@orpc/openapi/node'
import { implement } from '@orpc/server'
import { importJWK, jwtVerify } from 'jose'
import { enrolmentKeyCost, enrolmentKeySalt, hubEnrolText, kioskEnrolText } from '../../../contract/enrolment.ts'
import type { HealthEntry, KioskStatus } from '../../../contract/health.ts'
import { hubContract } from '../../../contract/hub-api.ts'
import { type HubPush, hubTimeHeader } from '../../../contract/kiosk-hub-api.ts'
import type { UsageEvent } from '../../../contract/usage-event.ts'
import { lastingPort } from './lasting-port.ts'

/** What to do with a request instead of answering it. `swallow` takes it in and cuts the line before the answer. */
export type HubScript = (request: {
  method: string
  path: string
}) => 'answer' | 'cut' | 'swallow' | { status: number; code?: string; headers?: Record<string, string> }

/** The hub's side of the wire for tests: it keeps what it is told by the rules of the contract, checks tokens, and fails as the script says. */
export async function startScriptedHub(options: {
  code: string
  tls?: { key: string; cert: string }
  nowMs?: () => number
  kioskId?: string
}) {
  let script: HubScript = () => 'answer'
  let tls = options.tls ?? null
  let nowMs = options.nowMs ?? Date.now
  let pems: string[] = tls === null ? [] : [tls.cert]
  const hubId = `hub-${randomUUID()}`
  const kioskId = options.kioskId ?? 'kenko-plaza'
  const tufRoot = '{"signed":{}}'
  const events = new Map<number, UsageEvent>()
  const deliveries: number[][] = []
  const health = new Map<number, HealthEntry>()
  const heartbeats: KioskStatus[] = []
  const requests: { method: string; path: string; authorization: string | null }[] = []
  const jtis = new Set<string>()
  const watchers = new Set<(push: HubPush) => void>()
  let publicKeyX: string | null = null
  let acknowledgedFloor = 0

  const acknowledged = () => {
    let through = acknowledgedFloor
    while (events.has(through + 1)) through += 1
    return through
  }

  const os = implement(hubContract.kiosk)
  const router = {
    kiosk: os.router({
      time: os.time.handler(() => ({ hubTimeMs: nowMs() })),
      enrol: os.enrol.handler(({ input, errors }) => {
        const key = scryptSync(options.code.replaceAll('-', ''), enrolmentKeySalt, 32, enrolmentKeyCost)
        const mac = (text: string) => createHmac('sha256', key).update(text).digest('hex')
        const certificateFingerprint =
          tls === null ? '' : createHash('sha256').update(new X509Certificate(tls.cert).raw).digest('hex')
        if (input.proof !== mac(kioskEnrolText({ publicKeyX: input.publicKeyX, certificateFingerprint }))) {
          throw errors.CODE_REFUSED()
        }
        publicKeyX = input.publicKeyX
        const tufRootSha256 = createHash('sha256').update(tufRoot).digest('hex')
        const hubProof = mac(hubEnrolText({ publicKeyX, kioskId, tufRootSha256 }))
        return { kioskId, facilityId: kioskId, hubId, tufRoot, hubProof }
      }),
      pushUsage: os.pushUsage.handler(({ input }) => {
        deliveries.push(input.events.map((event) => event.sequence))
        let repeated = 0
        for (const event of input.events) {
          const before = events.get(event.sequence)
          if (before !== undefined) repeated += 1
          if (before !== undefined && JSON.stringify(before) !== JSON.stringify(event)) {
            throw new Error(`sequence ${event.sequence} came with another content`)
          }
          events.set(event.sequence, event)
        }
        return { acknowledgedThrough: acknowledged(), accepted: input.events.length - repeated, repeated }
      }),
      pushHealth: os.pushHealth.handler(({ input }) => {
        for (const entry of input.entries) health.set(entry.sequence, entry)
        return { acknowledgedThrough: Math.max(...health.keys()) }
      }),
      heartbeat: os.heartbeat.handler(({ input }) => {
        heartbeats.push(input)
        return { hubTimeMs: nowMs() }
      }),
      watch: os.watch.handler(async function* ({ signal }) {
        yield { kind: 'hello' as const, releaseNumber: 0, hubTimeMs: nowMs() }
        const queue: HubPush[] = []
        let wake = () => {}
        const watcher = (push: HubPush) => {
          queue.push(push)
          wake()
        }
        watchers.add(watcher)
        try {
          while (signal?.aborted !== true) {
            const push = queue.shift()
            if (push !== undefined) yield push
            else
              await new Promise<void>((resolve) => {
                wake = resolve
                signal?.addEventListener('abort', () => resolve(), { once: true })
              })
          }
        } finally {
          watchers.delete(watcher)
        }
      }),
      libraryStatus: os.libraryStatus.handler(() => ({ asOfMs: null, titles: [] })),
      libraryLoans: os.libraryLoans.handler(() => ({ asOfMs: null, unchanged: false, out: [] })),
      certificates: os.certificates.handler(() => ({ pem: pems })),
    }),
  }
  const handler = new OpenAPIHandler(router)

  async function refusedToken(request: IncomingMessage, path: string): Promise<string | null> {
    if (path.endsWith('/time') || path.endsWith('/enrol')) return null
    const token = /^KioskToken (.+)$/.exec(request.headers.authorization ?? '')?.[1]
    if (token === undefined || publicKeyX === null) return 'missing'
    try {
      const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x: publicKeyX }, 'EdDSA')
      const { payload, protectedHeader } = await jwtVerify(token, key, {
        issuer: kioskId,
        audience: hubId,
        currentDate: new Date(nowMs()),
        clockTolerance: 60,
      })
      if (protectedHeader.kid !== kioskId) return 'kid'
      if (payload.htm !== request.method || payload.htu !== path) return 'bound elsewhere'
      if (typeof payload.jti !== 'string' || jtis.has(payload.jti)) return 'replayed'
      jtis.add(payload.jti)
      return null
    } catch (error) {
      return error instanceof Error ? error.message : 'bad'
    }
  }

  function refuse(response: ServerResponse, status: number, code: string, headers: Record<string, string> = {}): void {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify({ defined: true, code, status, message: code }))
  }

  const listener: RequestListener = async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://hub').pathname
    const method = request.method ?? 'GET'
    requests.push({ method, path, authorization: request.headers.authorization ?? null })
    const verdict = script({ method, path })
    if (verdict === 'cut') {
      request.socket.destroy()
      return
    }
    response.setHeader(hubTimeHeader, String(nowMs()))
    if (verdict === 'swallow') {
      response.end = () => {
        request.socket.destroy()
        return response
      }
    }
    if (typeof verdict === 'object') {
      request.resume()
      refuse(response, verdict.status, verdict.code ?? 'REFUSED', verdict.headers)
      return
    }
    const refused = await refusedToken(request, path)
    if (refused !== null) {
      refuse(response, 401, 'TOKEN_REFUSED')
      return
    }
    const { matched } = await handler.handle(request, response, { prefix: '/api/v1', context: {} })
    if (!matched) refuse(response, 404, 'NOT_FOUND')
  }

  const sockets = new Set<Socket>()
  function makeServer() {
    const made = tls === null ? createServer(listener) : createTlsServer(tls, listener)
    // It closes no line by itself: on a busy machine the next question would already be on its way.
    made.keepAliveTimeout = 0
    made.on('connection', (socket: Socket) => {
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
    })
    return made
  }
  const port = await lastingPort()
  let server = makeServer()
  const listen = () => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await listen()
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      // Those in their TLS handshake too, which Node's own closeAllConnections leaves.
      for (const socket of sockets) socket.destroy()
    })

  return {
    url: `${tls === null ? 'http' : 'https'}://127.0.0.1:${port}`,
    kioskId,
    events,
    deliveries,
    health,
    heartbeats,
    requests,
    acknowledged,
    play(next: HubScript): void {
      script = next
    },
    setNow(next: () => number): void {
      nowMs = next
    },
    /** Forgets the lower ones, as a hub restored from an old backup does. */
    forgetEvents(): void {
      events.clear()
      acknowledgedFloor = 0
    },
    holdThrough(sequence: number): void {
      acknowledgedFloor = sequence
    },
    push(push: HubPush): void {
      for (const watcher of [...watchers]) watcher(push)
    },
    watching: () => watchers.size,
    tellCertificates(next: string[]): void {
      pems = next
    },
    /** The same address under another certificate. */
    async changeCertificate(next: { key: string; cert: string }): Promise<void> {
      await close()
      tls = next
      server = makeServer()
      await listen()
    },
    close,
    reopen: async (): Promise<void> => {
      server = makeServer()
      await listen()
    },
  }
}
export type ScriptedHub = Awaited<ReturnType<typeof startScriptedHub>>
