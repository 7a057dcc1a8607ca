import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, unlinkSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** The few calls that change the disk; a test stands in for them to end the process at any one. */
export type DiskCalls = {
  makeFolder(path: string): void
  write(path: string, bytes: Uint8Array, mode: number): void
  fsync(path: string): void
  rename(from: string, to: string): void
  unlink(path: string): void
}

export const realDisk: DiskCalls = {
  makeFolder: (path) => void mkdirSync(path, { recursive: true }),
  write(path, bytes, mode) {
    const handle = openSync(path, 'w', mode)
    try {
      for (let written = 0; written < bytes.length; ) written += writeSync(handle, bytes, written)
    } finally {
      closeSync(handle)
    }
  },
  fsync(path) {
    const handle = openSync(path, 'r')
    try {
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
  },
  rename: renameSync,
  unlink: unlinkSync,
}

/** Changes to a release store, each of which leaves the old state or the new one. */
export function releaseSteps(disk: DiskCalls = realDisk) {
  const unsynced = new Set<string>()
  const made = new Set<string>()
  return {
    /** Temp file, fsync, rename. The name itself is safe after `syncFolders`. */
    writeFile(path: string, bytes: Uint8Array, mode = 0o644): void {
      const folder = dirname(path)
      if (!made.has(folder)) disk.makeFolder(folder)
      made.add(folder)
      const temporary = `${path}.${process.pid}.tmp`
      disk.write(temporary, bytes, mode)
      disk.fsync(temporary)
      disk.rename(temporary, path)
      unsynced.add(folder)
    },
    /** After this the names of all files written so far survive a power cut. */
    syncFolders(): void {
      for (const folder of unsynced) disk.fsync(folder)
      unsynced.clear()
    },
    remove: (path: string) => disk.unlink(path),
  }
}
export type ReleaseSteps = ReturnType<typeof releaseSteps>
