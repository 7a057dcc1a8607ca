import { accessSync, constants, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'

const inMemory = '/dev/shm'
const leastBytes = 500_000_000

/**
 * Where files may lie whose loss is played, or that only a process is to survive: nothing there waits for a real disk. A busy one takes most
 * of the time of these tests, and whether it keeps what was synced is not theirs to show.
 */
export function quickDisk(): string {
  try {
    accessSync(inMemory, constants.W_OK)
    const { bavail, bsize } = statfsSync(inMemory)
    return bavail * bsize >= leastBytes ? inMemory : tmpdir()
  } catch {
    return tmpdir()
  }
}
