import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Fastify from 'fastify'
import { pino } from 'pino'
import type { HealthCode, HealthEntry } from '../../contract/health.ts'
import { createReleaseService, type ReleaseServiceOptions } from '../../electron/kiosk/release/release-service.ts'
import { openDatabase } from '../../townhall/database/open-database.ts'
import { noGuesser } from '../../townhall/library/readings/guesser.ts'
import { publishRelease } from '../../townhall/releases/publish-release.ts'
import type { ReleaseFile } from '../../townhall/releases/release-file.ts'
import { writeRelease0 } from '../../townhall/releases/release0.ts'
import { createReleases } from '../../townhall/releases/releases.ts'
import { noise } from './noise.ts'
import { quickDisk } from './quick-disk.ts'

export type Town = Awaited<ReturnType<typeof startTown>>
export type Told = { code: HealthCode; level: HealthEntry['level']; detail: HealthEntry['detail'] }
/** What the hub answers instead of its file: null: it has none; `cut`: the connection breaks, at once or after so many bytes; `whole`: it knows no ranges. */
export type Forge = (
  address: string,
  bytes: Buffer | null,
  range: string | null,
) => Buffer | null | 'cut' | { cutAfterBytes: number } | 'whole' | 'keep'
/** What came down for one question. */
export type Came = { name: string; range: string | null; bytes: number }

export const dayMs = 86_400_000

/** Files of a small town; `text` tells the releases apart. */
export function townFiles(text: string, pictures = 3, seed = 1): ReleaseFile[] {
  return [
    { menu: 'tourism', path: 'content.json', bytes: Buffer.from(JSON.stringify({ text })) },
    ...Array.from({ length: pictures }, (_, index) => ({
      menu: 'tourism',
      path: `pictures/${index}.webp`,
      bytes: noise(2_000 + index, seed + index),
    })),
  ]
}

/** The bytes, and when they are read the line breaks. */
function breakingAfter(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let given = false
  return new ReadableStream({
    pull(controller) {
      if (given) controller.error(new TypeError('terminated'))
      else controller.enqueue(bytes)
      given = true
    },
  })
}

/** A hub's releases over real HTTP on loopback, and kiosks that look at them. */
export async function startTown(from?: { copyOf: string; release0Of: string }, disk = quickDisk()) {
  const folder = mkdtempSync(join(disk, 'release-'))
  const dataDir = join(folder, 'hub')
  if (from) {
    cpSync(from.copyOf, dataDir, { recursive: true })
    cpSync(join(from.release0Of, 'release0'), join(folder, 'release0'), { recursive: true })
  }
  const { db, dialect } = await openDatabase({ dataDir })
  const clock = { ms: Date.UTC(2026, 10, 24), nowMs: () => clock.ms }
  const audited: string[] = []
  const context = {
    db,
    dialect,
    clock,
    dataDir,
    hubId: 'hub-test',
    publicUrl: 'http://127.0.0.1',
    log: pino({ level: 'silent' }),
    openGuesser: noGuesser,
    audit: async ({ act, subject }: { act: string; subject: string }) => void audited.push(`${act} ${subject}`),
  }
  const releases = createReleases(context)
  const app = Fastify()
  releases.registerStatic(app)
  await app.listen({ host: '127.0.0.1', port: 0 })
  const address = app.server.address()
  const baseUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  const asked: string[] = []
  const came: Came[] = []
  let forge: Forge = () => 'keep'

  const forgingFetch: typeof fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const name = url.pathname.replace('/releases/', '')
    asked.push(name)
    const range = new Headers(init?.headers).get('range')
    const answer = await fetch(input, init)
    if (answer.status === 304) return answer
    const body = answer.status === 404 ? null : Buffer.from(await answer.arrayBuffer())
    const forged = forge(name, body, range)
    if (forged === 'cut') throw new TypeError('fetch failed')
    if (forged === 'whole') {
      const { headers: _, ...rest } = init ?? {}
      const whole = Buffer.from(await (await fetch(input, rest)).arrayBuffer())
      came.push({ name, range: null, bytes: whole.length })
      return new Response(new Uint8Array(whole))
    }
    if (typeof forged === 'object' && forged !== null && 'cutAfterBytes' in forged) {
      const bytes = new Uint8Array(body?.subarray(0, forged.cutAfterBytes) ?? [])
      came.push({ name, range, bytes: bytes.length })
      return new Response(breakingAfter(bytes), { status: answer.status, headers: answer.headers })
    }
    const told = forged === 'keep' ? body : forged
    if (told === null) return new Response('', { status: 404 })
    came.push({ name, range, bytes: told.length })
    return new Response(new Uint8Array(told), {
      status: answer.status === 404 ? 200 : answer.status,
      headers: forged === 'keep' ? answer.headers : {},
    })
  }

  return {
    folder,
    dataDir,
    context,
    releases,
    baseUrl,
    clock,
    audited,
    asked,
    came,
    forge(next: Forge) {
      forge = next
    },
    publish: (files: ReleaseFile[]) => publishRelease(context, { files, publishedBy: 'test' }),

    async kiosk(name: string, options: Partial<ReleaseServiceOptions> = {}) {
      const told: Told[] = []
      const kioskDir = join(folder, name)
      mkdirSync(kioskDir, { recursive: true })
      const tufRoot = await releases.tufRoot()
      const service = await createReleaseService({
        dataDir: kioskDir,
        release0Dir: join(folder, 'release0'),
        source: () => ({ baseUrl, fetch: forgingFetch, tufRoot }),
        clock,
        report: (code, level, detail) => void told.push({ code, level, detail }),
        checkMenu: () => {},
        ...options,
      })
      return {
        service,
        told,
        dir: kioskDir,
        text: () => (service.current().readMenu('tourism') as { text?: string } | undefined)?.text,
      }
    },

    /** Over a connection of its own. */
    async publishAnew(files: ReleaseFile[]) {
      const other = await openDatabase({ dataDir })
      const published = await publishRelease({ ...context, db: other.db }, { files, publishedBy: 'test' })
      await other.db.destroy()
      return published
    },

    /** Numbers in the table of releases, by another connection. */
    async rows(): Promise<number[]> {
      const other = await openDatabase({ dataDir })
      const rows = await other.db.selectFrom('releases').select('number').orderBy('number').execute()
      await other.db.destroy()
      return rows.map(({ number }) => number)
    },

    release0: (text: string) => writeRelease0(townFiles(text), join(folder, 'release0')),

    async close() {
      await app.close()
      await db.destroy()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
