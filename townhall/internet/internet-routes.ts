import { implement, ORPCError } from '@orpc/server'
import { kioskStatusSchema } from '../../contract/health.ts'
import { hubContract } from '../../contract/hub-api.ts'
import type { HubContext, RequestContext } from '../context.ts'
import type { KioskRepository } from '../kiosks/kiosk-repository.ts'
import type { PushLines } from '../kiosks/push-lines.ts'
import type { StaffGuard } from '../staff/guard.ts'
import { tokyoDay } from '../usage/fiscal-calendar.ts'
import type { TurnRepository } from './turn-repository.ts'

type Parts = {
  context: HubContext
  kiosks: KioskRepository
  turns: TurnRepository
  lines: PushLines
  guard: StaffGuard
}

/** What staff see of 体験インターネット, and the one thing they do about it. Addresses are not among it: the hub has none. */
export function internetRoutes({ context, kiosks, turns, lines, guard }: Parts) {
  const os = implement(hubContract.internet).$context<RequestContext>()
  const administrator = os.use(async ({ context: request, next }) =>
    next({ context: { staff: await guard.require(request, 'administrator') } }),
  )
  const kioskOf = async (id: string) => {
    const kiosk = await kiosks.byId(id)
    if (!kiosk) throw new ORPCError('NOT_FOUND', { message: 'その端末はありません。' })
    return kiosk
  }

  return {
    view: administrator.view.handler(async ({ input }) => {
      const kiosk = await kioskOf(input.kioskId)
      const today = tokyoDay(context.clock.nowMs())
      const connected = lines.isOpen(kiosk.no)
      const status = kioskStatusSchema.safeParse(await kiosks.lastStatus(kiosk.no))
      const known = connected && status.success ? status.data : null
      return {
        state: known?.internet ?? null,
        turn: known?.internetTurn ?? null,
        connected,
        today: await turns.counts(kiosk.no, today, today),
        month: await turns.counts(kiosk.no, `${today.slice(0, 7)}-01`, today),
      }
    }),
    endTurn: administrator.endTurn.handler(async ({ input, context: request, errors }) => {
      const kiosk = await kioskOf(input.kioskId)
      if (!lines.say(kiosk.no, { kind: 'end-internet', turn: input.turn })) throw errors.NOT_CONNECTED()
      await context.audit({ actor: request.staff.email, act: 'internet-turn-ended', subject: kiosk.id })
      return {}
    }),
  }
}
