import { createHash } from 'node:crypto'
import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { KioskError } from '../../../contract/error-codes.ts'
import { type ReleaseListing, releaseListingSchema, sha256Schema } from '../../../contract/release.ts'
import { type BlobWriter, createBlobWriter, digestOfPart } from './blob-writer.ts'
import { decideSureBytes, partFromBytes, partSyncBytes } from './decide-part.ts'
import { decideRoom } from './decide-room.ts'
import type { DiskCalls } from './disk-calls.ts'
import { sha256 } from './hub-files.ts'

const installedSchema = z.object({
  number: z.number().int().nonnegative(),
  /** SHA-256 of the signed release.json, and of the root that its hub is trusted by. */
  release: sha256Schema,
  anchor: sha256Schema,
  /** SHA-256 of the listing's text, which is its file's name too. */
  listing: sha256Schema,
})
export type Installed = z.infer<typeof installedSchema>

const pointerSchema = z.object({
  active: installedSchema.nullable(),
  previous: installedSchema.nullable(),
  /** Whether the active release has come up on a screen (or no screen was there to ask). */
  proved: z.boolean(),
  /** Starts of the program since the activation, while not yet proved. */
  starts: z.number().int().nonnegative(),
  /** Releases that are not tried again, by the hash of their release.json. */
  refused: z.array(z.object({ number: z.number(), release: sha256Schema, code: z.string() })).max(20),
})
export type Pointer = z.infer<typeof pointerSchema>
const noPointer: Pointer = { active: null, previous: null, proved: true, starts: 0, refused: [] }

export type PartSizes = { partFromBytes: number; partSyncBytes: number }

/**
 * `releases/` of a kiosk: `blobs/` by content, `listings/` by content, `parts/` of large blobs that broke off, and `active.json`, the one row that says what is shown.
 * Everything is written beside, made durable and then renamed; the pointer comes after all that it points to.
 */
export function createReleaseDisk(
  folder: string,
  disk: DiskCalls,
  sizes: PartSizes = { partFromBytes, partSyncBytes },
) {
  const at = (...names: string[]) => join(folder, ...names)
  const blobPath = (hash: string) => at('blobs', hash)
  const listingPath = (hash: string) => at('listings', `${hash}.json`)
  /** Parts that this program put down itself, and how long they were then. */
  const putDown = new Map<string, number>()
  let temporaryCount = 0

  function blobWriter(hash: string, sizeBytes: number): BlobWriter {
    temporaryCount += 1
    const temporary = at('blobs', `${hash.slice(0, 16)}.${temporaryCount}.tmp`)
    return createBlobWriter({ disk, hash, sizeBytes, temporary, target: blobPath(hash), part: null })
  }

  async function sureBeginning(path: string, hash: string, sizeBytes: number) {
    const thereBytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0
    const bytes = Math.min(sizeBytes, decideSureBytes(thereBytes, putDown.get(hash), sizes.partSyncBytes))
    putDown.delete(hash)
    if (bytes > 0 && bytes < thereBytes) await disk.truncate(path, bytes)
    const digest = bytes > 0 ? await digestOfPart(path, bytes) : null
    return digest === null ? { bytes: 0, digest: createHash('sha256') } : { bytes, digest }
  }

  async function replace(path: string, text: string): Promise<void> {
    const temporary = `${path}.tmp`
    await disk.write(temporary, Buffer.from(text))
    await disk.fsync(temporary)
    await disk.rename(temporary, path)
  }

  return {
    blobPath,
    trustedFile: at('trusted.json'),

    async prepare(): Promise<void> {
      await disk.makeFolder(at('blobs'))
      await disk.makeFolder(at('listings'))
      await disk.makeFolder(at('parts'))
    },

    async saveTrusted(text: string): Promise<void> {
      await replace(at('trusted.json'), text)
      await disk.fsync(folder)
    },

    readPointer(): Pointer {
      try {
        return pointerSchema.parse(JSON.parse(readFileSync(at('active.json'), 'utf8')))
      } catch {
        return noPointer
      }
    },

    /** The step that makes another release the one on screen. */
    async writePointer(pointer: Pointer): Promise<void> {
      await replace(at('active.json'), JSON.stringify(pointer))
      await disk.fsync(folder)
    },

    /** @returns the listing's hash */
    async writeListing(listing: ReleaseListing): Promise<string> {
      const text = JSON.stringify(listing)
      const hash = sha256(text)
      await replace(listingPath(hash), text)
      await disk.fsync(at('listings'))
      return hash
    },

    /** @throws KioskError `release-incomplete` when it is gone or damaged */
    readListing(hash: string): ReleaseListing {
      const text = readIfThere(listingPath(hash))
      if (text === null || sha256(text) !== hash) throw new KioskError('release-incomplete', 'a listing is damaged')
      return releaseListingSchema.parse(JSON.parse(text.toString('utf8')))
    },

    /** By name and size; whether the content is right is looked at when it is used. */
    hasBlob: (hash: string, sizeBytes: number) => isOfSize(blobPath(hash), sizeBytes),

    partFromBytes: sizes.partFromBytes,
    /** For a blob whose beginning is of no use without the rest. */
    blobWriter,

    /** For a blob that goes on where it broke off, if it is large; its part is read and hashed first. */
    async partWriter(hash: string, sizeBytes: number): Promise<BlobWriter> {
      if (sizeBytes < sizes.partFromBytes) return blobWriter(hash, sizeBytes)
      const temporary = at('parts', hash)
      const begun = await sureBeginning(temporary, hash, sizeBytes)
      const onPutDown = (bytes: number) => void putDown.set(hash, bytes)
      const part = { syncBytes: sizes.partSyncBytes, begun, onPutDown }
      return createBlobWriter({ disk, hash, sizeBytes, temporary, target: blobPath(hash), part })
    },

    /** Only parts of what these releases want stay: so none takes more room than its file will. */
    async clearParts(wantedBy: readonly ReleaseListing[]): Promise<void> {
      const wanted = new Set(wantedBy.flatMap((listing) => [...blobsOf(listing).keys()]))
      for (const name of namesIn(at('parts'))) {
        if (wanted.has(name)) continue
        putDown.delete(name)
        await disk.unlink(at('parts', name)).catch(() => undefined)
      }
    },

    /** @throws KioskError `disk-full` when these do not fit, but for what is here of them */
    async needRoom(blobs: Iterable<{ hash: string; size: number }>): Promise<void> {
      let comingBytes = 0
      for (const { hash, size } of blobs) {
        const part = statSync(at('parts', hash), { throwIfNoEntry: false })
        comingBytes += Math.max(0, size - (part?.size ?? 0))
      }
      if (decideRoom(comingBytes, await disk.freeBytes(folder))) return
      // Without what is free, which is another at each look: the same trouble is told once.
      throw new KioskError('disk-full', `there is no room for ${Math.ceil(comingBytes / 1_000_000)} MB`)
    },

    syncBlobs: () => disk.fsync(at('blobs')),

    async removeBlob(hash: string): Promise<void> {
      await disk.unlink(blobPath(hash)).catch(() => undefined)
    },

    /** Removes what neither of these listings names. */
    async collectGarbage(keep: readonly { listing: ReleaseListing; hash: string }[]): Promise<number> {
      const blobs = new Set(keep.flatMap(({ listing }) => [...blobsOf(listing).keys()]))
      const listings = new Set(keep.map(({ hash }) => `${hash}.json`))
      let removed = 0
      for (const [kind, kept] of [
        ['blobs', blobs],
        ['listings', listings],
      ] as const) {
        for (const name of namesIn(at(kind))) {
          if (kept.has(name)) continue
          await disk.unlink(at(kind, name))
          removed += 1
        }
      }
      return removed
    },
  }
}
export type ReleaseDisk = ReturnType<typeof createReleaseDisk>

export const isOfSize = (path: string, sizeBytes: number): boolean =>
  statSync(path, { throwIfNoEntry: false })?.size === sizeBytes

/** Size of every blob of a release, by hash. */
export function blobsOf(listing: ReleaseListing): Map<string, number> {
  const blobs = new Map<string, number>()
  for (const { files } of Object.values(listing.menus)) for (const [, size, hash] of files) blobs.set(hash, size)
  return blobs
}

/** Reads a whole file without holding up anything else. @returns null when it is gone */
export async function hashOfFile(path: string): Promise<string | null> {
  const digest = createHash('sha256')
  try {
    for await (const part of createReadStream(path)) digest.update(part as Uint8Array)
    return digest.digest('hex')
  } catch {
    return null
  }
}

export function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path)
  } catch {
    return null
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
