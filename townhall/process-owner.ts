import { readFileSync, readlinkSync } from 'node:fs'

/** In what the numbers of processes count: one start of the machine, and within it one container. */
export const processPlace = (): string => `${bootId()}/${namespace()}`

/** Whether such a process of this place is there. One that may not be signalled is. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

export function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return 'unknown'
  }
}

function namespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return 'unknown'
  }
}
