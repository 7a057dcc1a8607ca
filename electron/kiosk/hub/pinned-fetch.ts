import { createHash } from 'node:crypto'
import { TLSSocket } from 'node:tls'
import { Agent, buildConnector, fetch as undiciFetch } from 'undici'
import { CertificateRefusedError } from './hub-failure.ts'

export type SeenCertificate = { fingerprint: string; pem: string }
export type PinnedFetch = { fetch: typeof fetch; close(): Promise<void> }

/**
 * fetch that speaks to nobody but the holder of an accepted certificate. The pin is the whole of the trust: authorities, names and dates of the
 * certificate do not count, so that a kiosk whose clock is years off still reaches its hub and learns the time there.
 * The check runs after the handshake (in which the other side proved to hold the key) and before the first byte of a request.
 */
export function createPinnedFetch(accept: (seen: SeenCertificate) => boolean, connectTimeoutMs: number): PinnedFetch {
  const connect = buildConnector({ rejectUnauthorized: false, maxCachedSessions: 0, timeout: connectTimeoutMs })
  const agent = new Agent({
    connect(options, callback) {
      connect(options, (...[error, socket]) => {
        if (error !== null) {
          callback(error, null)
          return
        }
        const seen = certificateOf(socket)
        if (seen !== null && accept(seen)) {
          callback(null, socket)
          return
        }
        socket.destroy()
        callback(new CertificateRefusedError(seen?.fingerprint ?? 'none'), null)
      })
    },
    bodyTimeout: 0,
    headersTimeout: 0,
    keepAliveTimeout: 30_000,
  })
  return {
    async fetch(input, init) {
      const request = new Request(input, init)
      const body = request.body === null ? null : new Uint8Array(await request.arrayBuffer())
      const answer = await undiciFetch(request.url, {
        method: request.method,
        headers: [...request.headers],
        body,
        signal: request.signal,
        redirect: 'error',
        dispatcher: agent,
      })
      return new Response(emptyStatus(answer.status) ? null : answer.body, {
        status: answer.status,
        statusText: answer.statusText,
        headers: [...answer.headers],
      })
    },
    close: () => agent.destroy(),
  }
}

const emptyStatus = (status: number) => status === 204 || status === 205 || status === 304

function certificateOf(socket: unknown): SeenCertificate | null {
  const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined
  if (certificate === undefined) return null
  return { fingerprint: createHash('sha256').update(certificate.raw).digest('hex'), pem: certificate.toString() }
}
