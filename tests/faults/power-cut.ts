import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'

/**
 * What a disk may have lost of what was not made durable: `contents` that were not synced; `names` too, but for the last one given,
 * for a disk writes in the order that suits it.
 */
export type Loss = 'contents' | 'names'

/**
 * The calls that change the disk, counted; before the n-th the process ends as by a power cut. Files that were not synced are cut in
 * half first; with `names` the renames whose folder was not synced are undone, except the last.
 */
export function powerCut(cutAtStep: number, loss: Loss) {
  let steps = 0
  const unsynced = new Set<string>()
  let renames: { folder: string; to: string; before: Buffer | null }[] = []

  function step(): void {
    steps += 1
    if (steps !== cutAtStep) return
    for (const path of unsynced) {
      if (existsSync(path)) truncateSync(path, readFileSync(path).length >> 1)
    }
    for (const { to, before } of loss === 'names' ? renames.slice(0, -1).reverse() : []) {
      if (before !== null) writeFileSync(to, before)
      else if (existsSync(to)) unlinkSync(to)
    }
    process.kill(process.pid, 'SIGKILL')
  }

  const calls = {
    makeFolder(path: string): void {
      step()
      mkdirSync(path, { recursive: true })
    },
    write(path: string, bytes: Uint8Array): void {
      step()
      writeFileSync(path, bytes)
      unsynced.add(path)
    },
    append(path: string, bytes: Uint8Array): void {
      step()
      writeFileSync(path, bytes, { flag: 'a' })
      unsynced.add(path)
    },
    fsync(path: string): void {
      step()
      const handle = openSync(path, 'r')
      fsyncSync(handle)
      closeSync(handle)
      unsynced.delete(path)
      renames = renames.filter(({ folder }) => folder !== path)
    },
    rename(from: string, to: string): void {
      step()
      renames.push({ folder: dirname(to), to, before: existsSync(to) ? readFileSync(to) : null })
      renameSync(from, to)
      if (unsynced.delete(from)) unsynced.add(to)
    },
    unlink(path: string): void {
      step()
      unlinkSync(path)
    },
  }
  return { calls, steps: () => steps }
}
