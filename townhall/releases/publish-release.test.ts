import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify, { type FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { releasePaths } from '../../contract/release.ts'
import type { HubContext } from '../context.ts'
import { openDatabase } from '../database/open-database.ts'
import { noGuesser } from '../library/readings/guesser.ts'
import { publishLockFile, takeLock } from './publish-lock.ts'
import { decideBits, publishRelease } from './publish-release.ts'
import type { ReleaseFile } from './release-file.ts'
import { createReleases } from './releases.ts'

let dataDir: string
let context: HubContext
let audited: string[]
let nowMs: number

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'publish-'))
  audited = []
  nowMs = Date.UTC(2026, 10, 24)
  context = {
    ...(await openDatabase({ dataDir })),
    clock: { nowMs: () => nowMs },
    dataDir,
    hubId: 'hub-test',
    publicUrl: 'http://127.0.0.1',
    log: pino({ level: 'silent' }),
    openGuesser: noGuesser,
    audit: async ({ actor, act, subject, detail }) => void audited.push([actor, act, subject, detail].join(' | ')),
  }
})
afterEach(async () => {
  await context.db.destroy()
  rmSync(dataDir, { recursive: true, force: true })
})

const town = (text: string): ReleaseFile[] => [
  { menu: 'tourism', path: 'content.json', bytes: Buffer.from(JSON.stringify({ text, long: 'x'.repeat(5_000) })) },
  { menu: 'tourism', path: 'pictures/one.webp', bytes: Buffer.from('RIFF one') },
  { menu: 'attract', path: 'content.json', bytes: Buffer.from('{}') },
]
const publish = (files: ReleaseFile[]) => publishRelease(context, { files, publishedBy: 'tester' })

describe('publishing', () => {
  it('numbers releases, says what changed, keeps a row and an audit entry', async () => {
    expect(await publish(town('one'))).toMatchObject({ kind: 'published', number: 1, changedFiles: 3 })
    expect(await publish(town('two'))).toMatchObject({ kind: 'published', number: 2, changedFiles: 1 })
    expect(await publish(town('two').slice(0, 2))).toMatchObject({ kind: 'published', number: 3, changedFiles: 1 })
    const rows = await context.db.selectFrom('releases').selectAll().orderBy('number').execute()
    expect(rows.map((row) => [row.number, row.published_by, row.changed_files])).toEqual([
      [1, 'tester', 3],
      [2, 'tester', 1],
      [3, 'tester', 1],
    ])
    expect(audited[1]).toMatch(/^tester \| release-published \| release 2 \| 1 files changed/)
  })

  it('clears a file a month after the last release that named it or came after that one, not before', async () => {
    const stored = (text: string) => {
      const [file] = town(text)
      if (file === undefined || !('bytes' in file)) throw new Error('it has no bytes')
      const blob = createHash('sha256').update(file.bytes).digest('hex')
      return [blob, `${blob}.gz`].map((name) => existsSync(join(dataDir, 'releases', releasePaths.blob(name))))
    }
    const day = 24 * 3_600_000
    await publish(town('one'))
    // However long it was shown: who is still fetching it when the next comes has a month.
    nowMs += 300 * day
    await publish(town('two'))
    nowMs += 29 * day
    await publish(town('three'))
    expect([stored('one'), stored('two')].flat()).toEqual([true, true, true, true])
    nowMs += 2 * day
    await publish(town('four'))
    expect([stored('one'), stored('two'), stored('three'), stored('four')].flat()).toEqual([
      false,
      false,
      true,
      true,
      true,
      true,
      true,
      true,
    ])
    nowMs += 31 * day
    await publish(town('one'))
    expect([stored('one'), stored('two'), stored('four')].flat()).toEqual([true, true, false, false, true, true])
  })

  it('is out although an old file cannot be cleared away: that is told, and tried again the next time', async () => {
    await publish(town('one'))
    // A folder cannot be removed like a file, whoever tries.
    const stubborn = join(dataDir, 'releases', releasePaths.blob('e'.repeat(64)))
    const unfinished = join(dataDir, 'releases', releasePaths.blob(`${'f'.repeat(64)}.1.tmp`))
    for (const path of [stubborn, unfinished]) {
      mkdirSync(path)
      utimesSync(path, new Date(0), new Date(0))
    }
    const published = await publish(town('two'))
    expect(published).toMatchObject({ kind: 'published', number: 2 })
    expect(published.uncleared.map((why) => ['e'.repeat(64), '.tmp'].filter((part) => why.includes(part)))).toEqual([
      ['.tmp'],
      ['e'.repeat(64)],
    ])
    expect(await context.db.selectFrom('releases').select('number').execute()).toHaveLength(2)
    for (const path of [stubborn, unfinished]) {
      rmSync(path, { recursive: true })
      writeFileSync(path, 'x')
      utimesSync(path, new Date(0), new Date(0))
    }
    expect(await publish(town('two'))).toEqual({ kind: 'unchanged', number: 2, uncleared: [] })
    expect([stubborn, unfinished].map((path) => existsSync(path))).toEqual([false, false])
  })

  it('reads a large file whose hash is known only to copy it, and proves it then', async () => {
    const file = join(dataDir, 'catalogue.library')
    const bytes = Buffer.alloc(5_000_000, 'x')
    writeFileSync(file, bytes)
    const large = (sha256: string): ReleaseFile[] => [{ menu: 'library', path: 'catalogue/0.library', file, sha256 }]
    await expect(publish(large('0'.repeat(64)))).rejects.toMatchObject({ code: 'content-refused' })
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    expect(await publish(large(sha256))).toMatchObject({ kind: 'published', number: 1 })
    // Whoever looked into the file again would see another one.
    writeFileSync(file, Buffer.alloc(5_000_000, 'y'))
    expect(await publish(large(sha256))).toMatchObject({ kind: 'unchanged' })
  })

  it('publishes nothing when nothing changed', async () => {
    await publish(town('one'))
    const before = readdirSync(join(dataDir, 'releases', 'metadata'))
    expect(await publish(town('one'))).toEqual({ kind: 'unchanged', number: 1, uncleared: [] })
    expect(readdirSync(join(dataDir, 'releases', 'metadata'))).toEqual(before)
    expect(audited).toHaveLength(1)
  })

  it('two at once are one after the other', async () => {
    const both = await Promise.all([publish(town('one')), publish(town('two')), publish(town('three'))])
    expect(both.map(({ number }) => number).sort()).toEqual([1, 2, 3])
  })

  it('refuses a name that cannot travel, and the same name twice', async () => {
    const bytes = Buffer.from('x')
    await expect(publish([{ menu: 'tourism', path: '../up', bytes }])).rejects.toMatchObject({
      code: 'content-refused',
    })
    await expect(publish([...town('one'), ...town('one')])).rejects.toMatchObject({ code: 'content-refused' })
    expect(existsSync(join(dataDir, 'releases', 'metadata', 'timestamp.json'))).toBe(false)
  })

  it('writes its keys for this user alone, and publishes on without the root key once it is taken away', async () => {
    await publish(town('one'))
    const keys = join(dataDir, 'keys')
    expect(statSync(keys).mode & 0o777).toBe(0o700)
    for (const name of readdirSync(keys)) expect(statSync(join(keys, name)).mode & 0o777).toBe(0o600)
    renameSync(join(keys, 'root.key.pem'), join(dataDir, 'in-the-safe.pem'))
    expect(await publish(town('two'))).toMatchObject({ number: 2 })
    renameSync(join(keys, 'release.key.pem'), join(dataDir, 'elsewhere.pem'))
    await expect(publish(town('three'))).rejects.toMatchObject({ code: 'not-found', detail: { key: 'release' } })
    expect(await publish(town('two'))).toMatchObject({ kind: 'unchanged', number: 2 })
  })

  it('spreads files over more buckets only when they have doubled', () => {
    expect([1, 64, 100, 5_000].map((files) => decideBits(files, null))).toEqual([0, 0, 1, 6])
    expect([decideBits(200, 1), decideBits(500, 1), decideBits(10, 3)]).toEqual([1, 3, 0])
  })
})

describe('the lock', () => {
  const lockFile = () => publishLockFile(dataDir)
  it('of a process that is gone, of the time before a restart, or half written is taken over', async () => {
    for (const left of [
      '{"pid":999999999,"bootId":"x","token":"t"}',
      `{"pid":${process.pid},"bootId":"before","token":"t"}`,
      '{"pi',
    ]) {
      writeFileSync(lockFile(), left)
      const give = await takeLock(lockFile(), 0)
      expect(give).not.toBeNull()
      give?.()
      expect(existsSync(lockFile())).toBe(false)
    }
  })
  it('of a living process is not, until it is older than any publish takes', async () => {
    const give = await takeLock(lockFile(), 0)
    expect(await takeLock(lockFile(), 60)).toBeNull()
    utimesSync(lockFile(), new Date(0), new Date(0))
    const taken = await takeLock(lockFile(), 0)
    expect(taken).not.toBeNull()
    give?.()
    expect(existsSync(lockFile())).toBe(true)
    taken?.()
    expect(readdirSync(dataDir).filter((name) => name.includes('lock'))).toEqual([])
  })
})

describe('what the hub serves and knows', () => {
  let app: FastifyInstance
  beforeEach(async () => {
    app = Fastify()
    createReleases(context).registerStatic(app)
    await publish(town('one'))
    await publish(town('two'))
  })
  afterEach(() => app.close())
  const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url: `/releases/${url}`, headers })
  const newestOf = (folder: string) =>
    readdirSync(join(dataDir, 'releases', folder)).filter((name) => !name.endsWith('.gz'))

  it('the timestamp is asked for again with its tag and answered 304', async () => {
    const first = await get('metadata/timestamp.json')
    expect(first.headers['cache-control']).toBe('no-cache')
    const again = await get('metadata/timestamp.json', { 'if-none-match': String(first.headers.etag) })
    expect([again.statusCode, again.body]).toEqual([304, ''])
    await publish(town('three'))
    expect((await get('metadata/timestamp.json', { 'if-none-match': String(first.headers.etag) })).statusCode).toBe(200)
  })

  it('texts come compressed to who takes that, blobs in ranges, all for ever and never as a page', async () => {
    const text = newestOf('blobs').find((name) => existsSync(join(dataDir, 'releases', 'blobs', `${name}.gz`))) ?? ''
    const zipped = await get(`blobs/${text}`, { 'accept-encoding': 'gzip, deflate' })
    expect(zipped.headers).toMatchObject({
      'content-encoding': 'gzip',
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
    })
    expect(zipped.headers['cache-control']).toContain('immutable')
    expect(zipped.rawPayload.length).toBeLessThan(300)
    const plain = await get(`blobs/${text}`)
    expect(plain.rawPayload.equals(readFileSync(join(dataDir, 'releases', 'blobs', text)))).toBe(true)
    const part = await get(`blobs/${text}`, { range: 'bytes=2-5', 'accept-encoding': 'gzip' })
    expect([part.statusCode, part.headers['content-range'], part.body]).toEqual([
      206,
      `bytes 2-5/${plain.rawPayload.length}`,
      plain.body.slice(2, 6),
    ])
    expect((await get(`blobs/${text}`, { range: 'bytes=999999-' })).statusCode).toBe(416)
    expect(part.headers.etag).toBe(`"${text}"`)
    const rest = (ifRange: string) => get(`blobs/${text}`, { range: 'bytes=2-', 'if-range': ifRange })
    expect((await rest(`"${text}"`)).body).toBe(plain.body.slice(2))
    expect((await rest('"another"')).body).toBe(plain.body)
  })

  it('packs are the blobs of a bucket or of a step one behind the other, in ranges too', async () => {
    const step = await get('packs/1-2')
    expect(JSON.parse(step.body)).toMatchObject({ text: 'two' })
    const bucket =
      newestOf('manifests').find((name) =>
        readFileSync(join(dataDir, 'releases', 'manifests', name), 'utf8').includes('one.webp'),
      ) ?? ''
    const pack = await get(`packs/${bucket}`)
    expect(pack.body.endsWith('RIFF one')).toBe(true)
    const tail = await get(`packs/${bucket}`, { range: 'bytes=-11' })
    expect([tail.statusCode, tail.body]).toEqual([206, pack.body.slice(-11)])
  })

  it.each([
    'metadata/../../keys/root.key.pem',
    'metadata/%2e%2e/publishing.json',
    'blobs/',
    `blobs/${'0'.repeat(64)}`,
    'packs/9-10',
    `packs/${'0'.repeat(64)}`,
    'metadata/timestamp.json.tmp',
    'blobs/..%2f..%2fhub.sqlite',
  ])('nothing else: %s', async (url) => {
    const answer = await get(url)
    expect(answer.statusCode).toBe(404)
    expect(answer.body).not.toContain('KEY')
  })

  it('hears of a publish in another process, and of one that was cut off before its row', async () => {
    const releases = createReleases(context)
    const heard: number[] = []
    releases.onPublished((number) => heard.push(number))
    releases.start()
    try {
      await publish(town('three'))
      await expect.poll(() => heard.at(-1)).toBe(3)
      await context.db.deleteFrom('releases').where('number', '=', 3).execute()
      await releases.keepFresh()
      expect(await releases.latestNumber()).toBe(3)
      const row = await context.db.selectFrom('releases').selectAll().where('number', '=', 3).executeTakeFirst()
      expect(row).toMatchObject({ published_by: 'tester', changed_files: 1 })
    } finally {
      releases.close()
    }
  })

  it('signs the timestamp anew each day and what lasts a year in its last months; leaves it while a publish is under way', async () => {
    const releases = createReleases(context)
    expect(await releases.keepFresh()).toEqual([])
    nowMs += 86_400_000 + 1_000
    const give = await takeLock(publishLockFile(dataDir), 0)
    expect(await releases.keepFresh()).toEqual([])
    give?.()
    expect(await releases.keepFresh()).toEqual(['timestamp'])
    nowMs += 300 * 86_400_000
    expect(await releases.keepFresh()).toEqual(['root', 'targets', 'snapshot', 'timestamp'])
  })
})
