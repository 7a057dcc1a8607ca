import { mkdir, open, rename, statfs, truncate, unlink } from 'node:fs/promises'

/** The few calls by which releases change the disk; a test stands in for them to end the process at any one. */
export type DiskCalls = {
  makeFolder(path: string): Promise<void>
  /** A new file, or another content for an old one. */
  write(path: string, bytes: Uint8Array): Promise<void>
  append(path: string, bytes: Uint8Array): Promise<void>
  /** Of a file's content, or of a folder's names. */
  fsync(path: string): Promise<void>
  rename(from: string, to: string): Promise<void>
  unlink(path: string): Promise<void>
  truncate(path: string, sizeBytes: number): Promise<void>
  /** What may still be written on the disk of this folder. */
  freeBytes(folder: string): Promise<number>
}

export const realDisk: DiskCalls = {
  async makeFolder(path) {
    await mkdir(path, { recursive: true, mode: 0o700 })
  },
  write: (path, bytes) => put(path, bytes, 'w'),
  append: (path, bytes) => put(path, bytes, 'a'),
  async fsync(path) {
    const handle = await open(path, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  },
  rename,
  unlink,
  truncate,
  async freeBytes(folder) {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  },
}

async function put(path: string, bytes: Uint8Array, flags: 'w' | 'a'): Promise<void> {
  const handle = await open(path, flags, 0o600)
  try {
    for (let written = 0; written < bytes.length; ) {
      written += (await handle.write(bytes, written)).bytesWritten
    }
  } finally {
    await handle.close()
  }
}
