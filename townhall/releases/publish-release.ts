import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import {
  buildMenuManifests,
  type ReleaseEntry,
  type ReleaseListing,
  type ReleaseManifest,
  type ReleaseStep,
  releasePaths,
} from '../../contract/release.ts'
import { pieceFromBytes, pieceUpToBytes } from '../../contract/release-pieces.ts'
import { contractVersion } from '../../contract/version.ts'
import type { HubContext } from '../context.ts'
import { clearFile } from './clear-file.ts'
import { clearOldBlobs } from './clear-old-blobs.ts'
import { sha256 } from './file-contents.ts'
import { withPublishLock } from './publish-lock.ts'
import type { ReleaseFile } from './release-file.ts'
import { createReleaseRepository } from './release-repository.ts'
import { type DiskCalls, type ReleaseSteps, releaseSteps } from './release-steps.ts'
import { isStored, pieceListOf, putText, readListing, releasesDir, sharedBytes, storeBlobs } from './release-store.ts'
import { signingKeys } from './signing-keys.ts'
import { type TufRepository, tufRepository } from './tuf-repository.ts'

/** `uncleared`: for each old file that could not be taken away why not; the next publish tries again. */
export type Published =
  | { kind: 'published'; number: number; changedFiles: number; sizeBytes: number; uncleared: readonly string[] }
  | { kind: 'unchanged'; number: number; uncleared: readonly string[] }

type Context = Pick<HubContext, 'db' | 'clock' | 'dataDir' | 'audit'>

/** About so many files a bucket: one changed file costs one bucket manifest. */
const filesPerBucket = 64
/** Of a changed file, below which it travels whole. */
const worthSharedPart = 0.2

/**
 * Makes these files the newest release: new blobs and manifests, then the signed manifest, then the timestamp. Until that last
 * file is in place every reader sees the release before. A second publish waits for the first.
 * @throws KioskError `not-found` when a signing key is not here, `not-permitted` when another publish does not end,
 * `content-refused` for a file name that cannot travel
 */
export const publishRelease = (context: Context, input: Publish): Promise<Published> =>
  withPublishLock(context.dataDir, () => publishUnderLock(context, input))

type Publish = {
  files: readonly ReleaseFile[]
  publishedBy: string
  progress?: (done: number, of: number) => void
  disk?: DiskCalls
}

/** The same for whoever holds the lock already. */
export async function publishUnderLock(context: Context, input: Publish): Promise<Published> {
  const dir = releasesDir(context.dataDir)
  const steps = releaseSteps(input.disk)
  const tuf = tufRepository(dir, () => signingKeys(context.dataDir), steps)
  const nowMs = context.clock.nowMs()
  tuf.ensureRoot(nowMs)
  await addMissingRow(context, tuf)
  const before = newestListing(dir, tuf)
  const unfinished = clearUnfinished(dir)
  const clearOld = (named: ReleaseListing[]) => [...new Set([...unfinished, ...clearOldBlobs(dir, named, nowMs)])]
  const { menus, sizeBytes } = await storeBlobs(input.files, dir, steps, input.progress)
  const after = writeManifests(dir, steps, menus, before)
  if (before && JSON.stringify(before.release.menus) === JSON.stringify(after.release.menus)) {
    return { kind: 'unchanged', number: before.release.number, uncleared: clearOld([before]) }
  }
  const repository = createReleaseRepository(context.db)
  const number = Math.max(before?.release.number ?? 0, await repository.latestNumber()) + 1
  after.release = { ...after.release, number, publishedAtMs: nowMs }
  const changedFiles = writeShortcuts(dir, steps, before, after)
  const row = { number, publishedAtMs: nowMs, publishedBy: input.publishedBy, sizeBytes, changedFiles }
  // Should this process end after the timestamp and before the database, the hub still learns whose release it is.
  steps.writeFile(journalFile(context.dataDir), Buffer.from(JSON.stringify(row)), 0o600)
  steps.commit()
  tuf.publish(Buffer.from(JSON.stringify(after.release)), nowMs)
  await addRow(context, row)
  // The release is out, whatever becomes of the old files.
  const uncleared = clearOld(before ? [before, after] : [after])
  return { kind: 'published', number, changedFiles, sizeBytes, uncleared }
}

/** What a publish that was cut off left half written, which may be large. Nobody else writes there: this one holds the lock. */
function clearUnfinished(dir: string): string[] {
  const blobs = join(dir, releasePaths.blob(''))
  if (!existsSync(blobs)) return []
  return readdirSync(blobs).flatMap((name) => (name.endsWith('.tmp') ? clearFile(join(blobs, name)) : []))
}

function newestListing(dir: string, tuf: TufRepository): ReleaseListing | null {
  const json = tuf.releaseJson()
  return json === null ? null : readListing(dir, json)
}

function writeManifests(
  dir: string,
  steps: ReleaseSteps,
  menus: ReadonlyMap<string, ReleaseEntry[]>,
  before: ReleaseListing | null,
): ReleaseListing {
  const release: ReleaseManifest = {
    format: 1,
    number: 0,
    publishedAtMs: 0,
    minimumContract: contractVersion,
    menus: {},
  }
  const listing: ReleaseListing = { release, menus: {} }
  for (const [menu, files] of menus) {
    const bits = decideBits(files.length, before?.menus[menu]?.bits ?? null)
    const { manifest, buckets } = buildMenuManifests(menu, bits, files, sha256)
    for (const { sha256: hash, text } of [...buckets, manifest]) {
      const path = join(dir, releasePaths.manifest(hash))
      const bytes = Buffer.from(text)
      if (!isStored(path, bytes.length)) putText(steps, path, bytes)
    }
    release.menus[menu] = manifest.sha256
    listing.menus[menu] = { bits, files }
  }
  return listing
}

/** Stays with the former spread until it is off by more than half or double, so that growing does not rename every bucket. */
export function decideBits(files: number, before: number | null): number {
  const wanted = Math.min(16, Math.max(0, Math.round(Math.log2(Math.max(1, files / filesPerBucket)))))
  return before !== null && Math.abs(before - wanted) <= 1 ? before : wanted
}

/** The list of what changed, and where to cut the large files that changed. @returns how many files changed, went or came */
function writeShortcuts(
  dir: string,
  steps: ReleaseSteps,
  before: ReleaseListing | null,
  after: ReleaseListing,
): number {
  const { number } = after.release
  const step: ReleaseStep = { format: 1, from: before?.release.number ?? 0, to: number, menus: {} }
  let changed = 0
  for (const [menu, { bits, files }] of Object.entries(after.menus)) {
    const old = new Map((before?.menus[menu]?.files ?? []).map((entry) => [entry[0], entry]))
    const put = files.filter(([path, , hash]) => old.get(path)?.[2] !== hash)
    const kept = new Set(files.map(([path]) => path))
    const drop = [...old.keys()].filter((path) => !kept.has(path))
    step.menus[menu] = { bits, put, drop, pieced: writePieces(dir, steps, put, old) }
    changed += put.length + drop.length
  }
  for (const [menu, { files }] of Object.entries(before?.menus ?? {})) {
    if (after.menus[menu] === undefined) changed += files.length
  }
  if (before) putText(steps, join(dir, releasePaths.step(step.from, number)), Buffer.from(JSON.stringify(step)))
  return changed
}

/** For those changed files whose former version is worth reading on the other side. @returns their places in `put` */
function writePieces(
  dir: string,
  steps: ReleaseSteps,
  put: readonly ReleaseEntry[],
  old: ReadonlyMap<string, ReleaseEntry>,
): number[] {
  const blob = (hash: string) => readFileSync(join(dir, releasePaths.blob(hash)))
  const pieced: number[] = []
  for (const [index, [path, size, hash]] of put.entries()) {
    const former = old.get(path)
    if (former === undefined || size < pieceFromBytes || size > pieceUpToBytes || former[1] > pieceUpToBytes) continue
    const pieces = pieceListOf(blob(hash))
    if (sharedBytes(pieces, blob(former[2])) < size * worthSharedPart) continue
    pieced.push(index)
    putText(steps, join(dir, releasePaths.pieces(hash)), Buffer.from(JSON.stringify(pieces)))
  }
  return pieced
}

const rowSchema = z.object({
  number: z.number().int(),
  publishedAtMs: z.number(),
  publishedBy: z.string(),
  sizeBytes: z.number(),
  changedFiles: z.number(),
})
type Row = z.infer<typeof rowSchema>
const journalFile = (dataDir: string) => join(dataDir, 'publishing.json')

async function addRow(context: Context, row: Row): Promise<void> {
  await createReleaseRepository(context.db).add(row)
  const detail = `${row.changedFiles} files changed, ${row.sizeBytes} bytes`
  await context.audit({ actor: row.publishedBy, act: 'release-published', subject: `release ${row.number}`, detail })
}

/** A publish that was cut off between its timestamp and the database is entered now. */
export async function addMissingRow(context: Context, tuf: TufRepository): Promise<void> {
  const json = tuf.releaseJson()
  if (json === null) return
  const { number, publishedAtMs } = z
    .object({ number: z.number(), publishedAtMs: z.number() })
    .parse(JSON.parse(Buffer.from(json).toString('utf8')))
  if ((await createReleaseRepository(context.db).latestNumber()) >= number) return
  const noted = readJournal(context.dataDir)
  const unknown: Row = { number, publishedAtMs, publishedBy: 'unknown', sizeBytes: 0, changedFiles: 0 }
  await addRow(context, noted?.number === number ? noted : unknown)
}

function readJournal(dataDir: string): Row | null {
  try {
    return rowSchema.parse(JSON.parse(readFileSync(journalFile(dataDir), 'utf8')))
  } catch {
    return null
  }
}
