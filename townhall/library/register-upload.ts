import { randomUUID } from 'node:crypto'
import { createWriteStream, mkdirSync, rmSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ORPCError } from '@orpc/server'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { HubContext } from '../context.ts'
import type { StaffGuard } from '../staff/guard.ts'
import type { CatalogueJobs } from './catalogue-jobs.ts'
import { createPromisedLists } from './promised-lists.ts'

export const uploadPath = '/upload/library'
const mostBytes = 1_073_741_824
const querySchema = z.object({
  name: z.string().min(1).max(200),
  part: z.literal('1').optional(),
  really: z.literal('1').optional(),
})

type Parts = { context: HubContext; guard: StaffGuard; catalogueJobs: Pick<CatalogueJobs, 'start' | 'idle'> }

/** A catalogue out of the browser: onto the disk as it comes, never whole in memory, then taken in like any other. */
export function registerUpload(app: FastifyInstance, { context, guard, catalogueJobs }: Parts): void {
  const dir = join(context.dataDir, 'library-uploads')
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const lists = createPromisedLists({ dir, context, jobs: catalogueJobs })
  lists.begin()

  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    scope.post(uploadPath, { bodyLimit: mostBytes }, async (request, reply) => {
      const refuse = (status: number, code: string, message: string) => reply.code(status).send({ code, message })
      const headers = new Headers()
      for (const [name, value] of Object.entries(request.headers))
        if (typeof value === 'string') headers.set(name, value)
      const staff = await guard
        .require({ headers, method: request.method }, 'editor', 'administrator')
        .catch((error: unknown) => {
          if (error instanceof ORPCError) return error
          throw error
        })
      if (staff instanceof ORPCError) return refuse(staff.status, String(staff.code), staff.message)
      const query = querySchema.safeParse(request.query)
      if (!query.success) return refuse(400, 'request-malformed', 'ファイルの名前が読めません。')
      const busy = () =>
        refuse(409, 'busy', 'ほかの蔵書を受け取っているところです。終わってから、もう一度お願いします。')
      if (!catalogueJobs.idle()) return busy()
      const { name, part, really } = query.data
      const file = join(dir, `${randomUUID()}${extname(name).slice(0, 10)}`)
      const kept = await keep(request.body, file)
      if (kept !== null) {
        rmSync(file, { force: true })
        return refuse(kept.status, kept.code, kept.message)
      }
      // Of two that come at the same time the one that is here first is taken: waiting behind it, the other would put its list in the place of that, and nobody would see what became of the first.
      if (!catalogueJobs.idle()) {
        rmSync(file, { force: true })
        return busy()
      }
      lists.promise({
        ...{ file: basename(file), actor: staff.email, from: basename(name) },
        options: [...(part ? (['--part'] as const) : []), ...(really ? (['--really'] as const) : [])],
      })
      return reply.code(202).send({})
    })
  })
}

type Refused = { status: number; code: string; message: string }

/** @returns why it is not kept */
async function keep(body: unknown, file: string): Promise<Refused | null> {
  if (!(body instanceof Readable)) return { status: 400, code: 'request-malformed', message: 'ファイルが空です。' }
  let bytes = 0
  const counted = new Transform({
    transform(part: Buffer, _, done) {
      bytes += part.length
      if (bytes > mostBytes) done(new TooLarge())
      else done(null, part)
    },
  })
  try {
    await pipeline(body, counted, createWriteStream(file, { mode: 0o600, flush: true }))
  } catch (error) {
    if (error instanceof TooLarge)
      return { status: 413, code: 'request-too-large', message: 'ファイルが大きすぎます（1 GBまで）。' }
    const full = error instanceof Error && 'code' in error && error.code === 'ENOSPC'
    return full
      ? { status: 507, code: 'disk-full', message: '役場のサーバーのディスクがいっぱいです。' }
      : { status: 400, code: 'request-malformed', message: 'ファイルが途中で切れました。もう一度送ってください。' }
  }
  return bytes > 0 ? null : { status: 400, code: 'request-malformed', message: 'ファイルが空です。' }
}

class TooLarge extends Error {
  override readonly name = 'TooLarge'
}
