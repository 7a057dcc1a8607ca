import { implement, ORPCError } from '@orpc/server'
import { healthEntrySchema, type KioskStatus, kioskStatusSchema } from '../../contract/health.ts'
import { hubContract, type KioskSummary } from '../../contract/hub-api.ts'
import type { HubContext, RequestContext } from '../context.ts'
import type { StaffGuard } from '../staff/guard.ts'
import type { UsageRepository } from '../usage/usage-repository.ts'
import type { Enrolment } from './enrolment.ts'
import type { Facility } from './facilities.ts'
import type { KioskRepository } from './kiosk-repository.ts'

/** A kiosk sends a heartbeat each minute; ten missed ones are no hiccup. */
export const silentAfterMs = 600_000

type Parts = {
  context: HubContext
  kiosks: KioskRepository
  usage: UsageRepository
  enrolment: Enrolment
  facilities: readonly Facility[]
  guard: StaffGuard
}

/** What an administrator sees and does about kiosks. */
export function kioskConsoleRoutes(parts: Parts) {
  const { context, kiosks, guard } = parts
  const os = implement(hubContract.kiosks).$context<RequestContext>()
  const administrator = os.use(async ({ context: request, next }) =>
    next({ context: { staff: await guard.require(request, 'administrator') } }),
  )
  const known = async (id: string) => {
    const kiosk = await kiosks.byId(id)
    if (!kiosk) throw new ORPCError('NOT_FOUND', { message: 'その端末はありません。' })
    return kiosk
  }

  return {
    list: administrator.list.handler(async () => ({
      kiosks: await kioskSummaries(parts),
      nowMs: context.clock.nowMs(),
    })),
    facilities: administrator.facilities.handler(async () => {
      const rows = await kiosks.all()
      return {
        facilities: parts.facilities.map((facility) => ({
          ...facility,
          enrolled: rows.some((row) => row.facility_id === facility.id && row.state === 'active'),
        })),
      }
    }),
    createCode: administrator.createCode.handler(async ({ input, context: request }) => {
      const facility = parts.facilities.find((one) => one.id === input.facilityId)
      if (!facility) throw new ORPCError('NOT_FOUND', { message: 'その施設は kiosk-config にありません。' })
      return { facilityId: facility.id, ...(await parts.enrolment.createCode(facility, request.staff.email)) }
    }),
    revoke: administrator.revoke.handler(async ({ input, context: request }) => {
      const kiosk = await known(input.kioskId)
      if (await kiosks.revoke(kiosk.id, context.clock.nowMs())) {
        await context.audit({ actor: request.staff.email, act: 'kiosk-revoked', subject: kiosk.id })
      }
      return {}
    }),
    health: administrator.health.handler(async ({ input }) => {
      const kiosk = await known(input.kioskId)
      const rows = await kiosks.health(kiosk.no, input.limit)
      return {
        entries: rows.map((row) =>
          healthEntrySchema.parse({
            sequence: row.sequence,
            atMs: row.at_ms,
            level: row.level,
            code: row.code,
            detail: JSON.parse(row.detail_json),
          }),
        ),
      }
    }),
  }
}

export async function kioskSummaries(parts: Pick<Parts, 'context' | 'kiosks' | 'usage'>): Promise<KioskSummary[]> {
  const nowMs = parts.context.clock.nowMs()
  const rows = await parts.kiosks.all()
  return Promise.all(
    rows.map(async (row) => {
      const status = readStatus(row.status_json)
      return {
        id: row.id,
        name: row.name,
        state: row.state,
        enrolledAtMs: row.enrolled_at_ms,
        lastHeardAtMs: row.last_heard_at_ms,
        silent: row.state === 'active' && nowMs - (row.last_heard_at_ms ?? row.enrolled_at_ms) > silentAfterMs,
        status,
        sequence: await parts.usage.sequenceState(row.no, status?.lastSequence),
        refusedRequests: row.refused,
      }
    }),
  )
}

/** A status written by a former version may lack what this one asks for. */
function readStatus(json: string | null): KioskStatus | null {
  if (json === null) return null
  const status = kioskStatusSchema.safeParse(JSON.parse(json))
  return status.success ? status.data : null
}
