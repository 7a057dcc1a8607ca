import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { Logger } from 'pino'
import { KioskError } from '../contract/error-codes.ts'
import { registerApi } from './api.ts'
import { composeHub, type HubParts } from './compose.ts'
import { registerConsole } from './console-files.ts'
import { rememberContentDir } from './content-dir.ts'
import type { HubClock, HubContext } from './context.ts'
import { internetRoutes } from './internet/internet-routes.ts'
import { certificateStore, fingerprintOf, readCertificate } from './kiosks/certificate.ts'
import { kioskConsoleRoutes } from './kiosks/console-routes.ts'
import { kioskRoutes } from './kiosks/kiosk-routes.ts'
import { createPushLines } from './kiosks/push-lines.ts'
import { createRateLimit, type RateLimit } from './kiosks/rate-limit.ts'
import { createTokenJudge } from './kiosks/token.ts'
import { tokensInDatabase, tokensInMemory } from './kiosks/token-memory.ts'
import { createCatalogueWatch } from './library/catalogue-watch.ts'
import { columnRoutes } from './library/columns/column-routes.ts'
import { libraryRoutes } from './library/library-routes.ts'
import { createShelfCodes } from './library/places/shelf-codes.ts'
import { createShelfDesk } from './library/places/shelf-desk.ts'
import { registerPlanPictures, shelfRoutes } from './library/places/shelf-routes.ts'
import type { OpenGuesser } from './library/readings/guesser.ts'
import { guessLate } from './library/readings/late-guesses.ts'
import { registerUpload } from './library/register-upload.ts'
import { reportRoutes } from './reports/report-routes.ts'
import { createStaffGuard } from './staff/guard.ts'
import { registerAuth } from './staff/register-auth.ts'
import { createSignInLimit } from './staff/sign-in-limit.ts'
import { auditRoutes, staffRoutes } from './staff/staff-routes.ts'
import { createUsageService } from './usage/usage-service.ts'

export type HubTls = { kind: 'off' } | { kind: 'self-made' } | { kind: 'files'; certFile: string; keyFile: string }
export type HubOptions = {
  dataDir: string
  databaseUrl?: string
  host: string
  /** 0: any free one. */
  port: number
  publicUrl?: string
  tls: HubTls
  clock: HubClock
  /** What limits of requests are reckoned by, ms; no clock that can be set. */
  uptimeMs?: () => number
  log: Logger
  /** The built console. */
  consoleDir: string
  configDir?: string
  openGuesser?: OpenGuesser
  /** The town's folder, into which staff draw shelves; without one they cannot. */
  contentDir?: string
  /** Requests of one kiosk; a benchmark asks for more. */
  kioskLimit?: RateLimit
}
export type Hub = {
  url: string
  context: HubContext
  parts: HubParts
  /** Ends streams and requests under way, then the database. */
  close(): Promise<void>
}

const loopbackHosts = new Set(['127.0.0.1', '::1', 'localhost'])
const usualKioskLimit: RateLimit = { perSecond: 100, burst: 500 }
/** A code may be mistyped; forty tries in a row from one place are no mistyping. */
const enrolLimit: RateLimit = { perSecond: 0.2, burst: 40 }

/** The town hall's server. @throws KioskError in words for a port in use, data of a newer program, a disk that takes no writes */
export async function createHub(options: HubOptions): Promise<Hub> {
  if (options.tls.kind === 'off' && !loopbackHosts.has(options.host)) {
    throw new KioskError(
      'bad-arguments',
      `Without TLS the hub listens on this machine only (127.0.0.1), not on ${options.host}. Leave out --tls off, or give --cert and --key.`,
    )
  }
  const secure = options.tls.kind !== 'off'
  const tls = await certificateFor(options)
  const server = listenable(tls)
  const sockets = socketsOf(server)
  const port = await listen(server, options)
  const shownHost = options.host === '0.0.0.0' || options.host === '::' ? 'localhost' : options.host
  const url =
    options.publicUrl ??
    `${secure ? 'https' : 'http'}://${shownHost.includes(':') ? `[${shownHost}]` : shownHost}:${port}`

  const closing = new AbortController()
  const parts = await composeHub({ ...options, publicUrl: url, secure, certPem: tls?.certPem ?? null }).catch(
    (error: unknown) => {
      server.close()
      throw error
    },
  )
  if (options.contentDir !== undefined) await rememberContentDir(parts.context, options.contentDir)
  const app = await application(parts, options, server, closing.signal, tls?.certPem ?? null)
  return {
    url,
    context: parts.context,
    parts,
    async close() {
      closing.abort()
      parts.releases.close()
      // Fastify did not open the listening socket, so it does not close it either.
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      await app.close()
      for (const socket of sockets) socket.destroy()
      await closed
      await parts.close()
    },
  }
}

type Server = ReturnType<typeof createHttpServer>

/** Every line to it, those too that are still in their TLS handshake: Node's own `closeAllConnections` leaves these, and closing waits for them. */
function socketsOf(server: Server): Set<Socket> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  return sockets
}

/**
 * Longer than from one heartbeat of a kiosk to the next, which then needs no new handshake over a slow line. After Node's five seconds a hub
 * that had stood still for a moment closed lines on which the next question had just arrived, and it was lost.
 */
const quietLineMs = 72_000

function listenable(tls: { certPem: string; keyPem: string } | null): Server {
  const server =
    tls === null ? createHttpServer() : createHttpsServer({ cert: tls.certPem, key: tls.keyPem, minVersion: 'TLSv1.2' })
  server.keepAliveTimeout = quietLineMs
  return server
}

/** Listens before anything is opened: a port in use must not leave half a hub behind. */
function listen(server: Server, options: Pick<HubOptions, 'host' | 'port'>): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') {
        reject(
          new KioskError(
            'port-in-use',
            `Port ${options.port} is in use on ${options.host}. Is the hub already running? Name another with --port.`,
            { port: options.port },
            { cause: error },
          ),
        )
      } else if (error.code === 'EACCES') {
        reject(
          new KioskError(
            'port-in-use',
            `This user may not listen on port ${options.port}. Name one above 1023 with --port.`,
            { port: options.port },
            { cause: error },
          ),
        )
      } else reject(error)
    })
    server.listen(options.port, options.host, () => resolve((server.address() as AddressInfo).port))
  })
}

async function certificateFor(options: HubOptions): Promise<{ certPem: string; keyPem: string } | null> {
  if (options.tls.kind === 'off') return null
  if (options.tls.kind === 'files') return readCertificate(options.tls.certFile, options.tls.keyFile)
  const publicHost = options.publicUrl ? new URL(options.publicUrl).hostname : options.host
  return certificateStore(options.dataDir).ensure(
    [...new Set([publicHost, 'localhost', '127.0.0.1'])],
    options.clock.nowMs(),
  )
}

async function application(
  parts: HubParts,
  options: HubOptions,
  server: Server,
  closing: AbortSignal,
  certPem: string | null,
): Promise<FastifyInstance> {
  const { context } = parts
  const { uptimeMs = () => performance.now() } = options
  const logger: FastifyBaseLogger = context.log
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 1_048_576,
    trustProxy: false,
    forceCloseConnections: true,
    serverFactory: (handle) => {
      server.on('request', handle)
      return server
    },
  })
  app.addHook('onSend', async (_, reply) => {
    if (context.publicUrl.startsWith('https:')) reply.header('strict-transport-security', 'max-age=31536000')
    reply
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'no-referrer')
      .header('x-frame-options', 'DENY')
  })
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500
    if (status >= 500) context.log.error({ err: error, url: request.url }, 'request failed')
    const message =
      status === 413
        ? '送られたものが大きすぎます（1 MBまで）。'
        : status < 500
          ? '送られたものを読めません。'
          : 'サーバーで問題が起きました。もう一度お試しください。'
    return reply
      .code(status)
      .send({ code: status === 413 ? 'request-too-large' : status < 500 ? 'request-malformed' : 'internal', message })
  })
  app.get('/healthz', async () => ({ ok: true, nowMs: context.clock.nowMs() }))

  const guard = createStaffGuard(parts.auth, context.clock, context.publicUrl)
  const memory =
    context.dialect === 'sqlite' ? tokensInMemory(context.clock) : tokensInDatabase(parts.kiosks, context.clock)
  const lines = createPushLines()
  const contentDir = options.contentDir ?? null
  const desk = createShelfDesk({ dataDir: context.dataDir, contentDir, nowMs: context.clock.nowMs })
  const codes = createShelfCodes(context, contentDir)
  registerApi(app, context, {
    kiosk: kioskRoutes({
      context,
      kiosks: parts.kiosks,
      judge: createTokenJudge({ hubId: context.hubId, clock: context.clock, findKiosk: parts.kiosks.byId, memory }),
      enrolment: parts.enrolment,
      usage: createUsageService(parts.usage, context.clock, context.log),
      certificates: () => [certPem, parts.certificates.next()?.certPem ?? null].filter((pem) => pem !== null),
      loans: parts.loans,
      releases: parts.releases,
      lines,
      kioskLimit: createRateLimit(options.kioskLimit ?? usualKioskLimit, uptimeMs),
      enrolLimit: createRateLimit(enrolLimit, uptimeMs),
      closing,
    }),
    reports: reportRoutes({ reports: parts.reports, guard }),
    kiosks: kioskConsoleRoutes({ ...parts, guard }),
    internet: internetRoutes({ ...parts, lines, guard }),
    library: {
      ...libraryRoutes({ ...parts, guard }),
      ...shelfRoutes({ context, guard, desk, codes }),
      ...columnRoutes({ context, guard }),
    },
    releases: parts.releases.routes(guard, parts.kiosks),
    staff: staffRoutes({ staff: parts.staff, guard }),
    audit: auditRoutes({ context, guard }),
  })
  registerAuth(app, {
    context,
    auth: parts.auth,
    limit: createSignInLimit(parts.staffRepository, context.clock),
    isStaff: async (email) => (await parts.staffRepository.byEmail(email)) !== undefined,
  })
  registerUpload(app, { ...parts, guard })
  registerPlanPictures(app, { guard, desk })
  parts.releases.registerStatic(app)
  registerConsole(app, options.consoleDir)
  parts.releases.start()
  const watch = createCatalogueWatch({ context, jobs: parts.catalogueJobs, uptimeMs })
  watch.start()
  closing.addEventListener('abort', () => watch.close())
  void guessLate(context, closing)
  if (certPem) context.log.info({ fingerprint: fingerprintOf(certPem) }, 'certificate')
  await app.ready()
  return app
}
