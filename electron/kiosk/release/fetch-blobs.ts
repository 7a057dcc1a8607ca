import { createReadStream, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import {
  bucketManifestSchema,
  buildMenuManifests,
  pieceListSchema,
  pieceName,
  type ReleaseEntry,
  type ReleaseListing,
  type ReleaseStep,
  releasePaths,
} from '../../../contract/release.ts'
import { cutPoints, pieceUpToBytes } from '../../../contract/release-pieces.ts'
import { atMostAtOnce } from './at-most-at-once.ts'
import { decidePacks, decidePieces, type PackPlan } from './decide-transfer.ts'
import { fetchSingle } from './fetch-single.ts'
import { type HubFiles, type HubStream, sha256 } from './hub-files.ts'
import { hashOfFile, type ReleaseDisk } from './release-disk.ts'

type Fetch = {
  hub: HubFiles
  disk: ReleaseDisk
  /** What is wanted whole on the disk. */
  listing: ReleaseListing
  /** What is there, perhaps with former versions of the same files, and the changes from it. */
  base: ReleaseListing | null
  steps: readonly ReleaseStep[]
  /** A blob that the program itself brought along, by hash; null: it did not. */
  carried(hash: string): string | null
}
type Wanted = { hash: string; size: number; former: string | null }

const atOnce = 6
/** Larger ones are put together in memory one after the other. */
const severalUpToBytes = 4 * 1_048_576
const pieceListMaxBytes = 4_000_000

/** Brings every missing blob of a release to the disk, each proved by its hash. What has arrived stays, whatever happens to the rest. */
export async function fetchBlobs(fetch: Fetch): Promise<{ fetched: number }> {
  const { disk, listing } = fetch
  const missing = new Map<string, Wanted>()
  const pieced = new Set(
    fetch.steps.flatMap(({ menus }) =>
      Object.values(menus).flatMap(({ put, pieced }) => pieced.map((index) => put[index]?.[2])),
    ),
  )
  for (const [menu, { files }] of Object.entries(listing.menus)) {
    const former = new Map(fetch.base?.menus[menu]?.files.map(([path, size, hash]) => [path, { size, hash }]))
    for (const [path, size, hash] of files) {
      if (disk.hasBlob(hash, size)) continue
      const old = former.get(path)
      const usable = old && pieced.has(hash) && size <= pieceUpToBytes && disk.hasBlob(old.hash, old.size)
      missing.set(hash, { hash, size, former: usable ? old.hash : null })
    }
  }
  if (missing.size === 0) return { fetched: 0 }
  await disk.needRoom(missing.values())
  const count = missing.size
  const take = async (hash: string, work: () => Promise<boolean>) => {
    if (await work()) missing.delete(hash)
  }
  await atMostAtOnce(atOnce, [...missing.values()], (one) => take(one.hash, () => fromProgram(fetch, one)))
  const ofFormer = [...missing.values()].filter(({ former }) => former !== null)
  const isLarge = ({ size }: Wanted) => size > severalUpToBytes
  const fromPieces = (one: Wanted) => take(one.hash, () => fromFormer(fetch, one))
  await atMostAtOnce(
    atOnce,
    ofFormer.filter((one) => !isLarge(one)),
    fromPieces,
  )
  await atMostAtOnce(1, ofFormer.filter(isLarge), fromPieces)
  await fromPacks(fetch, missing)
  await atMostAtOnce(atOnce, [...missing.values()], (one) =>
    take(one.hash, async () => {
      await fetchSingle(fetch.hub, disk, one)
      return true
    }),
  )
  await disk.syncBlobs()
  return { fetched: count }
}

async function write(disk: ReleaseDisk, { hash, size }: Wanted, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const writer = disk.blobWriter(hash, size)
  try {
    for await (const part of bytes) await writer.take(part)
    await writer.finish()
  } catch (error) {
    await writer.abandon()
    throw error
  }
}

async function fromProgram({ disk, carried }: Fetch, wanted: Wanted): Promise<boolean> {
  const path = carried(wanted.hash)
  if (path === null || statSync(path, { throwIfNoEntry: false })?.size !== wanted.size) return false
  // Before anything of it takes room: it may have come to harm where it lies.
  if ((await hashOfFile(path)) !== wanted.hash) return false
  await write(disk, wanted, createReadStream(path))
  return true
}

/** Its new pieces only, where a former version is here and the hub has cut the new one. Anything odd: the whole file instead. */
async function fromFormer({ hub, disk }: Fetch, wanted: Wanted): Promise<boolean> {
  if (wanted.former === null) return false
  const list = await hub.get(releasePaths.pieces(wanted.hash), pieceListMaxBytes)
  const parsed = pieceListSchema.safeParse(list === null ? null : parseJson(list))
  if (!parsed.success || parsed.data.pieces.reduce((sum, [, size]) => sum + size, 0) !== wanted.size) return false
  const former = await readFile(disk.blobPath(wanted.former)).catch(() => null)
  if (former === null) return false

  const old = new Map<string, { offset: number; size: number }>()
  let start = 0
  for (const end of cutPoints(former, parsed.data.averageBytes)) {
    old.set(pieceName(sha256(former.subarray(start, end))), { offset: start, size: end - start })
    start = end
  }
  const plan = decidePieces(old, parsed.data.pieces)
  if (plan.comingBytes >= wanted.size) return false

  const whole = Buffer.alloc(wanted.size)
  for (const { from, to, size } of plan.copies) former.copy(whole, to, from, from + size)
  for (const range of plan.ranges) {
    const stream = await hub.stream(releasePaths.blob(wanted.hash), range)
    if (stream === null) return false
    let offset = stream.start
    for await (const part of stream.bytes) {
      if (offset + part.length > whole.length) return false
      whole.set(part, offset)
      offset += part.length
    }
    // A host without ranges has sent all of it.
    if (stream.start !== range.start) break
  }
  if (sha256(whole) !== wanted.hash) return false
  await write(disk, wanted, Readable.from([whole]))
  return true
}

/** What a step put, in one answer; then what is missing of whole buckets. A host that makes no packs is asked for none. */
async function fromPacks(fetch: Fetch, missing: Map<string, Wanted>): Promise<void> {
  let hasPacks = true
  const takeAll = async (packs: { address: string; files: ReleaseEntry[] }[]) => {
    const hashes = new Set(missing.keys())
    const plans = packs.flatMap(({ address, files }) =>
      decidePacks(files, hashes, fetch.disk.partFromBytes).map((plan) => ({ address, plan })),
    )
    await atMostAtOnce(atOnce, plans, async ({ address, plan }) => {
      if (!hasPacks) return
      const stream = await fetch.hub.stream(address, plan)
      if (stream === null) hasPacks = false
      else await unpack(fetch.disk, stream, plan, (hash) => missing.delete(hash))
    })
  }
  await takeAll(
    fetch.steps.map(({ from, to, menus }) => ({
      address: releasePaths.stepPack(from, to),
      files: Object.values(menus).flatMap(({ put }) => put),
    })),
  )
  if (missing.size < 2) return
  await takeAll(
    Object.entries(fetch.listing.menus).flatMap(([menu, { bits, files }]) =>
      buildMenuManifests(menu, bits, files, sha256).buckets.map((bucket) => ({
        address: releasePaths.pack(bucket.sha256),
        files: bucketManifestSchema.parse(JSON.parse(bucket.text)).files,
      })),
    ),
  )
}

async function unpack(
  disk: ReleaseDisk,
  stream: HubStream,
  plan: PackPlan,
  arrived: (hash: string) => void,
): Promise<void> {
  let offset = stream.start
  let index = 0
  let writer: ReturnType<ReleaseDisk['blobWriter']> | null = null
  try {
    for await (const part of stream.bytes) {
      let rest = part
      while (rest.length > 0) {
        const wanted = plan.wanted[index]
        if (wanted === undefined) return
        if (offset < wanted.offset) {
          const skipped = Math.min(rest.length, wanted.offset - offset)
          rest = rest.subarray(skipped)
          offset += skipped
          continue
        }
        writer ??= disk.blobWriter(wanted.hash, wanted.size)
        const taken = rest.subarray(0, wanted.offset + wanted.size - offset)
        await writer.take(taken)
        rest = rest.subarray(taken.length)
        offset += taken.length
        if (offset < wanted.offset + wanted.size) continue
        await writer.finish()
        writer = null
        arrived(wanted.hash)
        index += 1
      }
    }
  } finally {
    await writer?.abandon()
  }
  // Shorter than it should be: the rest is asked for one by one.
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return null
  }
}
