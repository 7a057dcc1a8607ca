import { setTimeout as wait } from 'node:timers/promises'
import type { ReleaseListing } from '../../../contract/release.ts'
import { sha256 } from './hub-files.ts'
import { carriedBlob } from './load-release.ts'
import { blobsOf, hashOfFile, type ReleaseDisk, readIfThere } from './release-disk.ts'

type ShelfOptions = {
  disk: ReleaseDisk
  release0Dir: string
  /** A blob on the disk is not what it was; it has been taken away. */
  onDamage(hash: string): void
}

/** Larger ones (films, map archives) are looked through slowly only, not at their first use. */
const provedAtUseBytes = 16 * 1_048_576
const betweenFilesMs = 20

/** The files that may be asked for, each proved by its hash once in the life of the program. */
export function createPictureShelf({ disk, release0Dir, onDamage }: ShelfOptions) {
  let known = new Map<string, number>()
  let carried = new Set<string>()
  const proved = new Set<string>()
  const leaving = new Set<string>()

  function places(hash: string): string[] {
    const own = known.has(hash) ? [disk.blobPath(hash)] : []
    return carried.has(hash) ? [...own, carriedBlob(release0Dir, hash)] : own
  }

  /** Told once: a file may be asked for again while it is taken away. */
  function damaged(hash: string): void {
    if (leaving.has(hash)) return
    leaving.add(hash)
    void disk.removeBlob(hash).then(() => {
      leaving.delete(hash)
      onDamage(hash)
    })
  }

  /** Read a second time before it is called damaged: between the two another one may have been fetched. */
  async function isDamaged(hash: string): Promise<boolean> {
    const differs = async () => ![null, hash].includes(await hashOfFile(disk.blobPath(hash)))
    return (await differs()) && (await differs()) && known.has(hash)
  }

  return {
    /** The last listing but for release 0 comes first; release 0 is the one with the number 0. */
    stock(listings: readonly ReleaseListing[]): void {
      const published = listings.filter(({ release }) => release.number > 0)
      known = new Map(published.flatMap((listing) => [...blobsOf(listing)]))
      carried = new Set(
        listings.filter(({ release }) => release.number === 0).flatMap((listing) => [...blobsOf(listing).keys()]),
      )
    },

    isCarried: (hash: string) => carried.has(hash),

    find(hash: string): string | null {
      for (const path of places(hash)) {
        if (proved.has(path)) return path
        if ((known.get(hash) ?? 0) > provedAtUseBytes && disk.hasBlob(hash, known.get(hash) ?? 0)) return path
        const bytes = readIfThere(path)
        if (bytes === null) continue
        if (sha256(bytes) === hash) {
          proved.add(path)
          return path
        }
        if (path === disk.blobPath(hash)) damaged(hash)
      }
      return null
    },

    async lookThrough(signal: AbortSignal): Promise<void> {
      for (const hash of [...known.keys()]) {
        await wait(betweenFilesMs, undefined, { ref: false, signal }).catch(() => undefined)
        if (signal.aborted) return
        const path = disk.blobPath(hash)
        if (proved.has(path) || !known.has(hash)) continue
        if (await isDamaged(hash)) damaged(hash)
        else if (disk.hasBlob(hash, known.get(hash) ?? 0)) proved.add(path)
      }
    },
  }
}
