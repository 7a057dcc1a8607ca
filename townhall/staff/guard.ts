import { ORPCError } from '@orpc/server'
import { type Role, roleSchema } from '../../contract/hub-api.ts'
import type { HubClock, RequestContext } from '../context.ts'
import { type Auth, ownOrigins } from './auth.ts'

export type StaffMember = { id: string; name: string; email: string; role: Role; twoFactor: boolean; sessionId: string }
export type StaffGuard = {
  /** Who asks; with roles named, only one of them. @throws the contract's NOT_SIGNED_IN, NOT_PERMITTED */
  require(request: Pick<RequestContext, 'headers' | 'method'>, ...allowed: Role[]): Promise<StaffMember>
}

export const longestSessionMs = 12 * 3_600_000

/** A page of another site may make the browser send our cookie; it cannot make it say our origin. */
export function isForeign(request: Pick<RequestContext, 'headers' | 'method'>, publicUrl: string): boolean {
  if (request.method === 'GET') return false
  const origin = request.headers.get('origin')
  const site = request.headers.get('sec-fetch-site')
  return (
    (origin !== null && !ownOrigins(publicUrl, request.headers.get('host')).includes(origin)) ||
    (site !== null && site !== 'same-origin')
  )
}

export function createStaffGuard(auth: Auth, clock: HubClock, publicUrl: string): StaffGuard {
  const notSignedIn = () =>
    new ORPCError('NOT_SIGNED_IN', { status: 401, message: 'サインインしてください。', defined: true })
  const notPermitted = () =>
    new ORPCError('NOT_PERMITTED', { status: 403, message: 'この操作の権限がありません。', defined: true })
  return {
    async require(request, ...allowed) {
      if (isForeign(request, publicUrl)) throw notPermitted()
      // Pages that refresh themselves must not keep a session alive: only /auth/get-session does, which the console asks when somebody acts.
      const found = await auth.api.getSession({ headers: request.headers, query: { disableRefresh: true } })
      if (!found) throw notSignedIn()
      const { user, session } = found
      if (user.banned || clock.nowMs() - new Date(session.createdAt).getTime() > longestSessionMs) throw notSignedIn()
      const role = roleSchema.safeParse(user.role)
      if (!role.success || (allowed.length > 0 && !allowed.includes(role.data))) throw notPermitted()
      return {
        id: user.id,
        name: user.name,
        email: user.email,
        role: role.data,
        twoFactor: user.twoFactorEnabled === true,
        sessionId: session.id,
      }
    },
  }
}
