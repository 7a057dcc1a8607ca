import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { HubContext } from '../context.ts'
import type { Auth } from './auth.ts'
import { isForeign, longestSessionMs } from './guard.ts'
import { poorPasswordInWords } from './poor-password.ts'
import type { SignInLimit } from './sign-in-limit.ts'

/** Steps at which a secret can be guessed. */
const guessable = new Set([
  '/auth/sign-in/email',
  '/auth/two-factor/verify-totp',
  '/auth/two-factor/verify-backup-code',
  '/auth/two-factor/enable',
  '/auth/two-factor/disable',
  '/auth/two-factor/generate-backup-codes',
  '/auth/change-password',
])
/** What the console uses; everything else of the library stays closed. */
const open = new Set([
  ...guessable,
  '/auth/sign-out',
  '/auth/get-session',
  '/auth/list-sessions',
  '/auth/revoke-session',
  '/auth/revoke-other-sessions',
])
/** What goes into the audit log when somebody who is signed in has done it. */
const acts: Record<string, string> = {
  '/auth/sign-out': 'signed-out',
  '/auth/change-password': 'password-changed',
  '/auth/two-factor/verify-totp': 'two-factor-enabled',
  '/auth/two-factor/disable': 'two-factor-disabled',
  '/auth/two-factor/generate-backup-codes': 'two-factor-codes',
}

type Parts = {
  context: HubContext
  auth: Auth
  limit: SignInLimit
  isStaff(email: string): Promise<boolean>
}

/** better-auth under `/auth/*`, with attempts limited per account and per address and every act in the audit log. */
export function registerAuth(server: FastifyInstance, parts: Parts): void {
  const { context, auth, limit } = parts
  server.all('/auth/*', async (request, reply) => {
    const path = new URL(request.url, context.publicUrl).pathname
    if (!open.has(path)) return reply.code(404).send({ message: 'この入り口はありません。' })
    const asked = toRequest(request, context.publicUrl)
    if (isForeign(asked, context.publicUrl))
      return reply.code(403).send({ code: 'FOREIGN_ORIGIN', message: 'ほかのサイトからの操作は受け付けません。' })
    const found = await auth.api.getSession({ headers: asked.headers, query: { disableRefresh: true } })
    if (
      found &&
      context.clock.nowMs() - new Date(found.session.createdAt).getTime() > longestSessionMs &&
      path !== '/auth/sign-out'
    )
      return reply.code(401).send({ code: 'UNAUTHORIZED', message: 'サインインしてください。' })
    const me = found?.user ?? null

    const poor =
      path === '/auth/change-password' && me ? poorPasswordInWords(textIn(request.body, 'newPassword'), me) : null
    if (poor !== null) return reply.code(400).send({ code: 'POOR_PASSWORD', message: poor })

    const account =
      path === '/auth/sign-in/email' ? textIn(request.body, 'email').trim().toLowerCase() : (me?.email ?? null)
    const guess = guessable.has(path)
    if (guess) {
      const waitMs = await limit.take(account, request.ip)
      if (waitMs > 0) {
        const seconds = Math.ceil(waitMs / 1000)
        return reply
          .code(429)
          .header('retry-after', seconds)
          .send({ code: 'TOO_MANY', message: `続けてまちがえたため、${waitInWords(seconds)}お待ちください。` })
      }
    }
    const response = await auth.handler(asked)
    const answer = new Uint8Array(await response.arrayBuffer())
    if (response.ok) {
      if (guess) await limit.succeeded(account, request.ip)
      await noteDone(path, me, answer, request.ip)
    } else if (guess) {
      // What was typed as an address may be a password: only known addresses are kept.
      const known = account !== null && (await parts.isStaff(account)) ? account : '?'
      await context.audit({ actor: known, act: 'sign-in-refused', subject: known, detail: request.ip })
    }
    reply.code(response.status)
    response.headers.forEach((value, name) => {
      if (name !== 'set-cookie') reply.header(name, value)
    })
    for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie)
    return reply.header('cache-control', 'no-store').send(answer)
  })

  async function noteDone(
    path: string,
    me: Session['user'] | null,
    answer: Uint8Array,
    address: string,
  ): Promise<void> {
    if (me) {
      const act = acts[path]
      if (act && !(act === 'two-factor-enabled' && me.twoFactorEnabled))
        await context.audit({ actor: me.email, act, subject: me.email })
      return
    }
    // The password alone is no sign-in where a second step follows: that answer names nobody.
    const email = signedIn.safeParse(parseJson(answer)).data?.user.email
    if (email !== undefined && guessable.has(path))
      await context.audit({ actor: email, act: 'signed-in', subject: email, detail: address })
  }
}

type Session = NonNullable<Awaited<ReturnType<Auth['api']['getSession']>>>
const signedIn = z.object({ user: z.object({ email: z.string() }) })

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return null
  }
}

const waitInWords = (seconds: number) => (seconds < 90 ? `${seconds}秒` : `${Math.ceil(seconds / 60)}分`)

function textIn(body: unknown, key: string): string {
  const text = z.object({ [key]: z.string().max(1000) }).safeParse(body)
  return text.success ? (text.data[key] ?? '') : ''
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
