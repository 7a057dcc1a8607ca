import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'

/**
 * What a disk may have lost of what was not made durable: `contents` that were not synced, half of each; `names` too, but for the last one
 * given, for a disk writes in the order that suits it, and it knows a file's length before it has its bytes: zeros stand in their place.
 */
export type Loss = 'contents' | 'names'

/**
 * The calls that change the disk, counted; before the n-th the process ends as by a power cut. Of what was not
 * synced in a file half is cut off first; with `names` it becomes zeros, and the renames whose folder was not synced are undone, except the last.
 */
export function powerCut(cutAtStep: number, loss: Loss) {
  let steps = 0
  /** How many bytes at the beginning of each are certain. */
  const unsynced = new Map<string, number>()
  let renames: { folder: string; to: string; before: Buffer | null }[] = []

  function step(): void {
    steps += 1
    if (steps !== cutAtStep) return
    for (const [path, certain] of unsynced) {
      if (!existsSync(path)) continue
      const { size } = statSync(path)
      truncateSync(path, loss === 'names' ? certain : certain + ((size - certain) >> 1))
      if (loss === 'names') truncateSync(path, size)
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
      unsynced.set(path, 0)
    },
    append(path: string, bytes: Uint8Array): void {
      step()
      if (!unsynced.has(path)) unsynced.set(path, statSync(path).size)
      writeFileSync(path, bytes, { flag: 'a' })
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
      const certain = unsynced.get(from)
      unsynced.delete(from)
      unsynced.delete(to)
      if (certain !== undefined) unsynced.set(to, certain)
    },
    unlink(path: string): void {
      step()
      unlinkSync(path)
      unsynced.delete(path)
    },
    truncate(path: string, sizeBytes: number): void {
      step()
      truncateSync(path, sizeBytes)
      unsynced.set(path, Math.min(unsynced.get(path) ?? sizeBytes, sizeBytes))
    },
  }
  return { calls, steps: () => steps }
}
