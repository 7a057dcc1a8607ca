import { implement, ORPCError } from '@orpc/server'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { hubContract } from '../../../contract/hub-api.ts'
import type { HubContext, RequestContext } from '../../context.ts'
import type { StaffGuard } from '../../staff/guard.ts'
import type { createShelfCodes } from './shelf-codes.ts'
import { planPictureAddress, type ShelfDeskService } from './shelf-desk.ts'

type Parts = {
  context: Pick<HubContext, 'audit'>
  guard: StaffGuard
  desk: ShelfDeskService
  codes: ReturnType<typeof createShelfCodes>
}

/** What the audit log keeps of a change; enough to see whose shelf it was. */
const mostCodesTold = 20

/** Drawing shelves: editors and administrators; approvers look. */
export function shelfRoutes({ context, guard, desk, codes }: Parts) {
  const os = implement(hubContract.library).$context<RequestContext>()
  const look = (request: RequestContext) => guard.require(request, 'editor', 'approver', 'administrator')
  return {
    shelves: os.shelves.handler(async ({ context: request }) => {
      await look(request)
      return desk.view()
    }),
    shelfCodes: os.shelfCodes.handler(async ({ context: request }) => {
      await look(request)
      return codes()
    }),
    exportShelves: os.exportShelves.handler(async ({ context: request }) => {
      await look(request)
      return new File([new Uint8Array(desk.bytes() ?? [])], 'shelves.csv', { type: 'text/csv; charset=utf-8' })
    }),
    readShelves: os.readShelves.handler(async ({ context: request, input, errors }) => {
      await guard.require(request, 'editor', 'administrator')
      const read = desk.read(new Uint8Array(await input.file.arrayBuffer()))
      if ('refused' in read) throw errors.NOT_TAKEN({ message: read.refused })
      return {
        shelves: read.shelves,
        problems: read.notices.map((notice) => ({ file: input.file.name.slice(0, 200), ...notice })),
      }
    }),
    saveShelves: os.saveShelves.handler(async ({ context: request, input, errors }) => {
      const staff = await guard.require(request, 'editor', 'administrator')
      const saved = await desk.save(input)
      if (saved.kind === 'changed') throw errors.CHANGED_MEANWHILE({ message: saved.reason })
      if (saved.kind === 'not-taken') throw errors.NOT_TAKEN({ message: saved.reason })
      if (saved.kind !== 'saved') throw errors.NOT_WRITTEN({ message: saved.reason })
      const changed = [...input.put.map(({ id }) => id), ...input.remove]
      const told = changed.slice(0, mostCodesTold).join('、')
      await context.audit({
        ...{ actor: staff.email, act: 'library-shelves-saved', subject: 'shelves.csv' },
        detail: `${input.put.length} put, ${input.remove.length} removed: ${told}${changed.length > mostCodesTold ? '…' : ''}`,
      })
      return { revision: saved.revision }
    }),
  }
}

const querySchema = z.object({ plan: z.string().min(1).max(60) })

/** The plan as the console shows it under the shelves, for whoever may see the page. */
export function registerPlanPictures(app: FastifyInstance, { guard, desk }: Pick<Parts, 'guard' | 'desk'>): void {
  app.get(planPictureAddress, async (request, reply) => {
    const headers = new Headers()
    if (request.headers.cookie !== undefined) headers.set('cookie', request.headers.cookie)
    try {
      await guard.require({ headers, method: 'GET' }, 'editor', 'approver', 'administrator')
    } catch (error) {
      if (!(error instanceof ORPCError)) throw error
      return reply.code(error.status).send({ code: String(error.code), message: error.message })
    }
    const query = querySchema.safeParse(request.query)
    const picture = query.success ? await desk.planPicture(query.data.plan) : null
    if (picture === null) return reply.code(404).send({ code: 'not-found', message: 'この館内図はありません。' })
    return reply.header('cache-control', 'private, no-cache').type('image/webp').send(Buffer.from(picture))
  })
}
