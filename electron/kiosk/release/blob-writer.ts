import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { KioskError } from '../../../contract/error-codes.ts'
import type { DiskCalls } from './disk-calls.ts'

export type BlobWriter = {
  /** Bytes of it that are here, those of a former part included. */
  takenBytes(): number
  take(bytes: Uint8Array): Promise<void>
  /** @throws KioskError `release-incomplete` when it is cut off, `release-mixed` when it is another content */
  finish(): Promise<void>
  /** Lays down what has come for another time, where it is such a file; else the same as `abandon`. */
  putDown(): Promise<void>
  abandon(): Promise<void>
}

type Blob = {
  disk: DiskCalls
  hash: string
  sizeBytes: number
  /** Where it lies until it is whole. */
  temporary: string
  target: string
  /** null: nothing of it is kept when it breaks off. */
  part: { syncBytes: number; begun: { bytes: number; digest: Hash }; onPutDown(bytes: number): void } | null
}

const writeAtOnceBytes = 1_048_576

/** Takes a blob as it comes. Only one with the right hash and size ever gets its name. */
export function createBlobWriter({ disk, hash, sizeBytes, temporary, target, part }: Blob): BlobWriter {
  const digest = part?.begun.digest ?? createHash('sha256')
  // So that an append never goes over two syncs at once.
  const atOnceBytes = Math.min(writeAtOnceBytes, part?.syncBytes ?? writeAtOnceBytes)
  let held: Uint8Array[] = []
  let heldBytes = 0
  let takenBytes = part?.begun.bytes ?? 0
  let writtenBytes = takenBytes
  let syncedBytes = takenBytes
  let isThere = takenBytes > 0

  async function flush(): Promise<void> {
    const bytes = Buffer.concat(held)
    held = []
    heldBytes = 0
    const first = !isThere
    isThere = true
    await (first ? disk.write(temporary, bytes) : disk.append(temporary, bytes))
    writtenBytes += bytes.length
    if (part === null || Math.floor(writtenBytes / part.syncBytes) === Math.floor(syncedBytes / part.syncBytes)) return
    await disk.fsync(temporary)
    syncedBytes = writtenBytes
  }

  async function abandon(): Promise<void> {
    if (isThere) await disk.unlink(temporary).catch(() => undefined)
    isThere = false
  }

  return {
    takenBytes: () => takenBytes,
    abandon,
    async take(bytes) {
      // A slice at a time, for one answer may bring more than a sync's worth.
      for (let from = 0; from < bytes.length; ) {
        const slice = bytes.subarray(from, from + atOnceBytes - heldBytes)
        from += slice.length
        takenBytes += slice.length
        if (takenBytes > sizeBytes) throw new KioskError('release-mixed', `blob ${hash} is larger than it was signed`)
        digest.update(slice)
        held.push(slice)
        heldBytes += slice.length
        if (heldBytes >= atOnceBytes) await flush()
      }
    },
    async finish() {
      if (takenBytes < sizeBytes) throw new KioskError('release-incomplete', `blob ${hash} is cut off`)
      if (digest.digest('hex') !== hash) throw new KioskError('release-mixed', `blob ${hash} has another content`)
      if (heldBytes > 0 || !isThere) await flush()
      await disk.fsync(temporary)
      await disk.rename(temporary, target)
    },
    async putDown() {
      if (part === null) return abandon()
      try {
        if (heldBytes > 0) await flush()
        if (!isThere) return
        await disk.fsync(temporary)
        part.onPutDown(writtenBytes)
      } catch {
        // The disk takes no more: what lies there would only stand in the way.
        await abandon()
      }
    },
  }
}

/** The digest of what lies there, read in whole. @returns null when it cannot be read, or is not of that length */
export async function digestOfPart(path: string, sizeBytes: number): Promise<Hash | null> {
  const digest = createHash('sha256')
  let read = 0
  try {
    for await (const bytes of createReadStream(path)) {
      digest.update(bytes)
      read += bytes.length
    }
  } catch {
    return null
  }
  return read === sizeBytes ? digest : null
}
