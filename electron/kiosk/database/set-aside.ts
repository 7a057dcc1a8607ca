import { existsSync, renameSync } from 'node:fs'

/** Moves a damaged database out of the way with its log, so that someone may look at it. Returns the new path. */
export function setAside(path: string, wallMs: number): string {
  const stamp = new Date(wallMs).toISOString().replace(/[:.]/g, '-')
  let aside = `${path}.damaged-${stamp}`
  for (let again = 2; existsSync(aside); again += 1) aside = `${path}.damaged-${stamp}-${again}`
  renameSync(path, aside)
  for (const suffix of ['-wal', '-shm', '-journal']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix)
  }
  return aside
}
