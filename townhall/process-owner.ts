import { readFileSync, readlinkSync } from 'node:fs'

/** In what the numbers of processes count: one start of the machine, and within it one container. */
export const processPlace = (): string => `${bootId()}/${namespace()}`

/** Whether such a process of this place is there. One that may not be signalled is; one that ended and that nobody has taken leave of is not. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** In a container whose first process takes leave of nobody, whoever was killed stays like this. Its name, in brackets, may have brackets too. */
function isZombie(pid: number): boolean {
  try {
    return /\) Z [^)]*$/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
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
