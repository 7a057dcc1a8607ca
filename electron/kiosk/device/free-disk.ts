import { statfsSync } from 'node:fs'

/** What an ordinary user may still write there; null where the system does not say. */
export function freeDiskBytes(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return null
  }
}
