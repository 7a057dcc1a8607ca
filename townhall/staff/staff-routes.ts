import { implement } from '@orpc/server'
import { hubContract } from '../../contract/hub-api.ts'
import { readAudit } from '../audit/audit-repository.ts'
import type { HubContext, RequestContext } from '../context.ts'
import type { StaffGuard } from './guard.ts'
import type { StaffService } from './staff-service.ts'

export function staffRoutes(parts: { staff: StaffService; guard: StaffGuard }) {
  const { staff, guard } = parts
  const os = implement(hubContract.staff).$context<RequestContext>()
  const administrator = os.use(async ({ context, next }) =>
    next({ context: { staff: await guard.require(context, 'administrator') } }),
  )
  return {
    me: os.me.handler(async ({ context }) => {
      const { sessionId: _, ...me } = await guard.require(context)
      return me
    }),
    list: administrator.list.handler(async () => ({ staff: await staff.list() })),
    invite: administrator.invite.handler(({ input, context }) => staff.invite(context.staff.email, input)),
    invitation: os.invitation.handler(async ({ input, errors }) => {
      const link = await staff.openInvitation(input.token)
      if (!link) throw errors.LINK_REFUSED()
      const { kind: _, ...open } = link
      return open
    }),
    accept: os.accept.handler(async ({ input, errors }) => {
      if (!(await staff.accept(input))) throw errors.LINK_REFUSED()
      return {}
    }),
    setRole: administrator.setRole.handler(async ({ input, context }) => {
      await staff.setRole(context.staff.email, input.id, input.role)
      return {}
    }),
    setDisabled: administrator.setDisabled.handler(async ({ input, context }) => {
      await staff.setDisabled(context.staff.email, input.id, input.disabled)
      return {}
    }),
  }
}

export function auditRoutes(parts: { context: HubContext; guard: StaffGuard }) {
  const os = implement(hubContract.audit).$context<RequestContext>()
  return {
    list: os.list.handler(async ({ input, context }) => {
      await parts.guard.require(context, 'administrator')
      return readAudit(parts.context.db, input)
    }),
  }
}
