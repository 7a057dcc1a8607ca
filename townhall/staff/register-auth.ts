import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { HubContext } from '../context.ts'
import type { Auth } from './auth.ts'
import type { createSignInLimit } from './sign-in-limit.ts'

/** Steps at which a secret can be guessed. */
const guessable = new Set([
  '/auth/sign-in/email',
  '/auth/two-factor/verify-totp',
  '/auth/two-factor/verify-backup-code',
])
/** What the console uses; everything else of the library stays closed. */
const open = new Set([
  ...guessable,
  '/auth/sign-out',
  '/auth/get-session',
  '/auth/change-password',
  '/auth/list-sessions',
  '/auth/revoke-session',
  '/auth/revoke-other-sessions',
  '/auth/two-factor/enable',
  '/auth/two-factor/disable',
  '/auth/two-factor/generate-backup-codes',
])

/** better-auth under `/auth/*`, with attempts limited per account and per address and every sign-in in the audit log. */
export function registerAuth(
  server: FastifyInstance,
  parts: { context: HubContext; auth: Auth; limit: ReturnType<typeof createSignInLimit> },
): void {
  const { context, auth, limit } = parts
  server.all('/auth/*', async (request, reply) => {
    const path = new URL(request.url, context.publicUrl).pathname
    if (!open.has(path)) return reply.code(404).send({ message: 'この入り口はありません。' })
    const guess = guessable.has(path)
    const account = guess ? accountIn(request.body) : ''
    if (guess) {
      const waitMs = await limit.waitMs(account, request.ip)
      if (waitMs > 0) {
        const seconds = Math.ceil(waitMs / 1000)
        return reply
          .code(429)
          .header('retry-after', seconds)
          .send({
            code: 'TOO_MANY',
            message: `続けてまちがえたため、${seconds < 90 ? `${seconds}秒` : `${Math.ceil(seconds / 60)}分`}お待ちください。`,
          })
      }
    }
    const response = await auth.handler(toRequest(request, context.publicUrl))
    if (guess) {
      if (response.ok) {
        await limit.succeeded(account, request.ip)
        if (account !== '')
          await context.audit({ actor: account, act: 'signed-in', subject: account, detail: request.ip })
      } else if (response.status === 401 || response.status === 403) {
        await limit.failed(account, request.ip)
        await context.audit({
          actor: account || '?',
          act: 'sign-in-refused',
          subject: account || path,
          detail: request.ip,
        })
      }
    }
    reply.code(response.status)
    response.headers.forEach((value, name) => {
      if (name !== 'set-cookie') reply.header(name, value)
    })
    for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie)
    return reply.send(Buffer.from(await response.arrayBuffer()))
  })
}

function accountIn(body: unknown): string {
  return typeof body === 'object' && body !== null && 'email' in body && typeof body.email === 'string'
    ? body.email.slice(0, 200).toLowerCase()
    : ''
}

function toRequest(request: FastifyRequest, publicUrl: string): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) if (typeof value === 'string') headers.set(name, value)
  headers.set('x-forwarded-for', request.ip)
  headers.delete('content-length')
  const init: RequestInit = { method: request.method, headers }
  if (request.method !== 'GET' && request.body !== undefined) init.body = JSON.stringify(request.body)
  return new Request(new URL(request.url, publicUrl), init)
}
