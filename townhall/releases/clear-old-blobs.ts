import { existsSync, readdirSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { type ReleaseListing, releasePaths } from '../../contract/release.ts'
import { clearFile } from './clear-file.ts'

/** A kiosk whose line was cut in the middle of a release may still ask for its files so long after the next one came. */
export const blobKeptMs = 30 * 24 * 3_600_000

/**
 * Clears files that no release has named for `blobKeptMs`: a library's search file alone may have 900 MB, and a town publishes for years.
 * When a file was last named stands in its time of modification. For whoever holds the lock of publishing.
 * @returns for each file that could not be cleared why not
 */
export function clearOldBlobs(dir: string, named: readonly ReleaseListing[], nowMs: number): string[] {
  const blobs = join(dir, releasePaths.blob(''))
  if (!existsSync(blobs)) return []
  const at = new Date(nowMs)
  const hashes = new Set(
    named.flatMap(({ menus }) => Object.values(menus).flatMap(({ files }) => files.map(([, , hash]) => hash))),
  )
  return readdirSync(blobs).flatMap((name) => {
    const path = join(blobs, name)
    try {
      // The same file compressed lies beside it.
      if (hashes.has(name.replace(/\.gz$/, ''))) utimesSync(path, at, at)
      else if (nowMs - statSync(path).mtimeMs > blobKeptMs) return clearFile(path)
      return []
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)]
    }
  })
}
