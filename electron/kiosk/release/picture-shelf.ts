import { setTimeout as wait } from 'node:timers/promises'
import type { ReleaseListing } from '../../../contract/release.ts'
import { sha256 } from './hub-files.ts'
import { carriedBlob } from './load-release.ts'
import { blobsOf, hashOfFile, isOfSize, type ReleaseDisk, readIfThere } from './release-disk.ts'

type ShelfOptions = {
  disk: ReleaseDisk
  release0Dir: string
  /** A blob on the disk is not what it was; it has been taken away. */
  onDamage(hash: string): void
  provedAtUseBytes?: number | undefined
}

/**
 * Larger ones (films, the library's search files) would hold up their first use. They are given out by their size, which was proved by hash
 * when they came, and the look-through at the start begins with them. Whatever reads such a file bears with damage until then: a search file
 * has sums over all that is loaded of it, and bounds over the rest.
 */
const defaultProvedAtUseBytes = 16 * 1_048_576
const betweenFilesMs = 20

type Place = { path: string; size: number; isOwn: boolean }

/** The files that may be asked for, each proved by its hash once in the life of the program. */
export function createPictureShelf({ disk, release0Dir, onDamage, ...options }: ShelfOptions) {
  const provedAtUseBytes = options.provedAtUseBytes ?? defaultProvedAtUseBytes
  let known = new Map<string, number>()
  let carried = new Map<string, number>()
  const proved = new Set<string>()
  /** In the program itself, where nothing can be mended. */
  const spoilt = new Set<string>()
  const leaving = new Set<string>()
  const timesDamaged = new Map<string, number>()

  function places(hash: string): Place[] {
    const own = known.get(hash)
    const brought = carried.get(hash)
    const found: Place[] = own === undefined ? [] : [{ path: disk.blobPath(hash), size: own, isOwn: true }]
    if (brought !== undefined) found.push({ path: carriedBlob(release0Dir, hash), size: brought, isOwn: false })
    return found.filter(({ path }) => !spoilt.has(path))
  }

  /** Told once: a file may be asked for again while it is taken away. */
  function damaged(hash: string, { path, isOwn }: Place): void {
    if (!isOwn) spoilt.add(path)
    if (!isOwn || leaving.has(hash)) return
    leaving.add(hash)
    void disk.removeBlob(hash).then(() => {
      leaving.delete(hash)
      timesDamaged.set(hash, (timesDamaged.get(hash) ?? 0) + 1)
      onDamage(hash)
    })
  }

  /** Read a second time before it is called damaged: between the two another one may have been fetched. */
  async function isDamaged(hash: string, { path, isOwn }: Place): Promise<boolean> {
    const differs = async () => ![null, hash].includes(await hashOfFile(path))
    return (await differs()) && (await differs()) && (!isOwn || known.has(hash))
  }

  async function prove(hash: string, place: Place): Promise<void> {
    if (await isDamaged(hash, place)) damaged(hash, place)
    else if (isOfSize(place.path, place.size)) proved.add(place.path)
  }

  function toLookThrough(): { hash: string; place: Place }[] {
    const isLarge = ({ size }: Place) => size > provedAtUseBytes
    const all = [...new Set([...known.keys(), ...carried.keys()])]
      .flatMap((hash) => places(hash).map((place) => ({ hash, place })))
      .filter(({ place }) => place.isOwn || isLarge(place))
    return [...all.filter(({ place }) => isLarge(place)), ...all.filter(({ place }) => !isLarge(place))]
  }

  return {
    /** The last listing but for release 0 comes first; release 0 is the one with the number 0. */
    stock(listings: readonly ReleaseListing[]): void {
      const published = listings.filter(({ release }) => release.number > 0)
      known = new Map(published.flatMap((listing) => [...blobsOf(listing)]))
      carried = new Map(
        listings.filter(({ release }) => release.number === 0).flatMap((listing) => [...blobsOf(listing)]),
      )
    },

    isCarried: (hash: string) => carried.has(hash),
    /** How often this file was found damaged; whoever holds it open holds another one than lies there by then. */
    timesDamaged: (hash: string): number => timesDamaged.get(hash) ?? 0,

    find(hash: string): string | null {
      for (const place of places(hash)) {
        const { path, size } = place
        if (proved.has(path)) return path
        if (size > provedAtUseBytes) {
          if (isOfSize(path, size)) return path
          continue
        }
        const bytes = readIfThere(path)
        if (bytes === null) continue
        if (sha256(bytes) === hash) {
          proved.add(path)
          return path
        }
        damaged(hash, place)
      }
      return null
    },

    async lookThrough(signal: AbortSignal): Promise<void> {
      for (const { hash, place } of toLookThrough()) {
        await wait(betweenFilesMs, undefined, { ref: false, signal }).catch(() => undefined)
        if (signal.aborted) return
        if (proved.has(place.path) || (place.isOwn && !known.has(hash))) continue
        await prove(hash, place)
      }
    },

    /** Whoever reads this file finds it wrong: it is proved anew. */
    async suspect(hash: string): Promise<void> {
      const [place] = places(hash)
      if (place === undefined) return
      proved.delete(place.path)
      await prove(hash, place)
    },
  }
}
