import { spawnSync } from 'node:child_process'
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** The few calls that change the disk; a test stands in for them to end the process at any one. */
export type DiskCalls = {
  makeFolder(path: string): void
  write(path: string, bytes: Uint8Array, mode: number): void
  append(path: string, bytes: Uint8Array): void
  fsync(path: string): void
  rename(from: string, to: string): void
  /** A hint that all that was written on this file's disk is wanted there soon. Only `fsync` makes anything certain. */
  flushAhead?(path: string): void
}

export const realDisk: DiskCalls = {
  makeFolder: (path) => void mkdirSync(path, { recursive: true }),
  write: (path, bytes, mode) => put(path, bytes, 'w', mode),
  append: (path, bytes) => put(path, bytes, 'a'),
  fsync(path) {
    const handle = openSync(path, 'r')
    try {
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
  },
  rename: renameSync,
  // syncfs(2), which Node does not have: one sweep of the disk where thousands of single syncs would each wait for it.
  flushAhead: (path) => void spawnSync('sync', ['-f', path], { stdio: 'ignore' }),
}

function put(path: string, bytes: Uint8Array, flags: 'w' | 'a', mode?: number): void {
  const handle = openSync(path, flags, mode)
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(handle, bytes, written)
  } finally {
    closeSync(handle)
  }
}

/** From so many files on the sweep is worth a process of its own. */
const manyFiles = 64

/**
 * Changes to a release store, each of which leaves the old state or the new one. Files are written beside first and made durable
 * together: thousands of syncs one after the other would take a disk many times as long.
 */
export function releaseSteps(disk: DiskCalls = realDisk) {
  const staged = new Map<string, string>()
  const unsynced = new Set<string>()
  const made = new Set<string>()

  /** Every file written so far gets its content for certain, and then its name. */
  function commit(): void {
    const [first] = staged.values()
    if (first !== undefined && staged.size >= manyFiles) disk.flushAhead?.(first)
    for (const temporary of staged.values()) disk.fsync(temporary)
    for (const [path, temporary] of staged) {
      disk.rename(temporary, path)
      unsynced.add(dirname(path))
    }
    staged.clear()
  }

  function begin(path: string, bytes: Uint8Array, mode: number): string {
    const folder = dirname(path)
    if (!made.has(folder)) disk.makeFolder(folder)
    made.add(folder)
    const temporary = `${path}.${process.pid}.tmp`
    disk.write(temporary, bytes, mode)
    return temporary
  }

  return {
    /** There after `commit`, in whole. */
    writeFile(path: string, bytes: Uint8Array, mode = 0o644): void {
      staged.set(path, begin(path, bytes, mode))
    },
    /** The same for a file that is too large for the memory. */
    async writeStream(path: string, parts: AsyncIterable<Uint8Array>, mode = 0o644): Promise<void> {
      const temporary = begin(path, new Uint8Array(), mode)
      for await (const part of parts) disk.append(temporary, part)
      staged.set(path, temporary)
    },
    isStaged: (path: string) => staged.has(path),
    commit,
    /** After this the names of all files written so far survive a power cut, too. */
    commitAndSync(): void {
      commit()
      for (const folder of unsynced) disk.fsync(folder)
      unsynced.clear()
    },
  }
}
export type ReleaseSteps = ReturnType<typeof releaseSteps>
