import { readFileSync } from 'node:fs'

export type ProcessState = {
  /** How long its first thread has stood in line for a processor so far. */
  waitedMs: number
  /** It waits for a disk, and hears nothing until that answers. */
  waitsForDisk: boolean
}

/** As Linux tells it; null: there is no such process, or no such system. */
export function readProcessState(pid: number): ProcessState | null {
  try {
    const [, waitedNs] = readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name before it may hold anything, brackets too.
    const state = stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3)
    return { waitedMs: Number(waitedNs) / 1e6, waitsForDisk: state === 'D' }
  } catch {
    return null
  }
}
