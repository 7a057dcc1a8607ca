import { createHash } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { bucketManifestSchema, type ReleaseEntry, releasePaths, releaseStepSchema } from '../../contract/release.ts'
import { decideIfRange, decideRange } from './decide-range.ts'

const immutable = 'public, max-age=31536000, immutable'
const hash = '[0-9a-f]{64}'
const named = new RegExp(`^(?:manifests|blobs)/(${hash})$`)
const addresses = new RegExp(
  `^(?:metadata/(?:\\d{1,9}\\.)?(?:root|targets|snapshot|timestamp)\\.json|targets/${hash}\\.release\\.json|steps/\\d{1,9}-\\d{1,9}\\.json|(?:manifests|blobs|pieces)/${hash})$`,
)
const packAddress = new RegExp(`^packs/(?:(${hash})|(\\d{1,9}-\\d{1,9}))$`)

/**
 * `/releases/*` as the plain files that they are on the disk, so that any web server, bucket or CDN can stand in. One thing is made on
 * request: a pack, which is the blobs of a bucket or of a step one behind the other. A host without packs answers 404 and the kiosk takes single blobs.
 */
export function registerReleaseFiles(app: FastifyInstance, dir: string): void {
  app.get('/releases/*', async (request, reply) => {
    const { '*': address = '' } = request.params as { '*'?: string }
    // Blobs are whatever staff handed in: never something for a browser to run on the hub's own origin.
    reply.type('application/octet-stream').header('x-content-type-options', 'nosniff')
    const [, bucket, step] = packAddress.exec(address) ?? []
    if (bucket !== undefined) return sendPack(request, reply, dir, filesOfBucket(dir, bucket))
    if (step !== undefined) return sendPack(request, reply, dir, filesOfStep(dir, step))
    if (!addresses.test(address)) return notFound(reply)
    const path = join(dir, address)
    if (address === releasePaths.metadata('timestamp.json')) return sendTimestamp(request, reply, path)
    reply.header('cache-control', immutable)
    const content = named.exec(address)?.[1]
    return sendFile(request, reply, path, content === undefined ? null : `"${content}"`)
  })
}

/** The one file that changes. A kiosk that looks whether there is anything new mostly hears 304. */
async function sendTimestamp(request: FastifyRequest, reply: FastifyReply, path: string) {
  const bytes = await readFile(path).catch(() => null)
  if (bytes === null) return notFound(reply)
  const tag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 16)}"`
  reply.header('etag', tag).header('cache-control', 'no-cache')
  if (request.headers['if-none-match'] === tag) return reply.code(304).removeHeader('content-type').send()
  return reply.send(bytes)
}

async function sendFile(request: FastifyRequest, reply: FastifyReply, path: string, tag: string | null) {
  const asked = rangeOf(request, tag)
  if (asked === undefined && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) {
    const small = await sizeOf(`${path}.gz`)
    if (small !== null) {
      reply.header('content-encoding', 'gzip').header('content-length', small)
      return reply.send(createReadStream(`${path}.gz`))
    }
  }
  const size = await sizeOf(path)
  if (size === null) return notFound(reply)
  // Of the plain bytes only: the same compressed is another representation.
  if (tag !== null) reply.header('etag', tag)
  const range = decideRange(asked, size)
  if (range === 'refused') return reply.code(416).header('content-range', `bytes */${size}`).send()
  if (range !== null) reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${size}`)
  const { start, end } = range ?? { start: 0, end: size - 1 }
  reply.header('content-length', end - start + 1)
  return reply.send(size === 0 ? Buffer.alloc(0) : createReadStream(path, { start, end }))
}

function rangeOf({ headers }: FastifyRequest, tag: string | null): string | undefined {
  const condition = headers['if-range']
  return decideIfRange(headers.range, typeof condition === 'string' ? condition : undefined, tag)
}

function filesOfBucket(dir: string, bucket: string): ReleaseEntry[] | null {
  const manifest = bucketManifestSchema.safeParse(readJson(join(dir, releasePaths.manifest(bucket))))
  return manifest.success ? manifest.data.files : null
}

function filesOfStep(dir: string, fromTo: string): ReleaseEntry[] | null {
  const step = releaseStepSchema.safeParse(readJson(join(dir, `steps/${fromTo}.json`)))
  return step.success ? Object.values(step.data.menus).flatMap(({ put }) => put) : null
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}

async function sendPack(request: FastifyRequest, reply: FastifyReply, dir: string, files: ReleaseEntry[] | null) {
  if (files === null) return notFound(reply)
  const size = files.reduce((sum, [, bytes]) => sum + bytes, 0)
  const range = decideRange(rangeOf(request, null), size)
  if (range === 'refused') return reply.code(416).header('content-range', `bytes */${size}`).send()
  if (range !== null) reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${size}`)
  const { start, end } = range ?? { start: 0, end: size - 1 }
  reply.header('cache-control', immutable).header('content-length', Math.max(0, end - start + 1))

  const entries = files
  async function* bytes() {
    let offset = 0
    for (const [, length, sha256] of entries) {
      const [from, to] = [Math.max(start, offset) - offset, Math.min(end, offset + length - 1) - offset]
      if (to >= from) yield* createReadStream(join(dir, releasePaths.blob(sha256)), { start: from, end: to })
      offset += length
    }
  }
  return reply.send(Readable.from(bytes(), { objectMode: false }))
}

async function sizeOf(path: string): Promise<number | null> {
  const found = await stat(path).catch(() => null)
  return found?.isFile() ? found.size : null
}

const notFound = (reply: FastifyReply) =>
  reply.code(404).removeHeader('cache-control').type('application/json').send({ code: 'not-found' })
