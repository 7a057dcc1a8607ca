import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { clearFile } from '../../releases/clear-file.ts'

/** Another process of this hub may just be reading or making one. */
export const planPictureKeptMs = 24 * 3_600_000

/**
 * Clears pictures that the desk of shelves made of plans as they were: each change of a drawing leaves one behind. They are copies for the
 * console alone; a release has its own among its files. @param named keys of the pictures of all plans as they are now
 */
export function clearPlanPictures(dir: string, named: ReadonlySet<string>, nowMs: number): string[] {
  if (!existsSync(dir)) return []
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name)
    if (named.has(name.split('.', 1)[0] ?? '')) return []
    const madeMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs
    return madeMs === undefined || nowMs - madeMs <= planPictureKeptMs ? [] : clearFile(path)
  })
}
