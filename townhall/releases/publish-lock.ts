import { randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { KioskError } from '../../contract/error-codes.ts'

type Owner = { pid: number; bootId: string; token: string }

const tryEveryMs = 50
/** No publish takes so long: whoever has the number of that process now is another. */
const oldestMs = 10 * 60_000

/**
 * One writer at a time on a release store, over all processes of this machine. The lock of a process that is gone, or of the time
 * before the machine was started last, is taken over.
 * @param waitMs how long to wait for another publish; 0: not at all
 * @returns what gives the lock back; null when it was not free in time
 */
export async function takeLock(file: string, waitMs: number): Promise<(() => void) | null> {
  const owner: Owner = { pid: process.pid, bootId: bootId(), token: randomUUID() }
  const mine = `${file}.${owner.token}`
  mkdirSync(dirname(file), { recursive: true })
  // Written beside and then linked: nobody ever sees a lock without its owner's name.
  writeFileSync(mine, JSON.stringify(owner))
  const untilMs = performance.now() + waitMs
  try {
    for (;;) {
      if (linked(mine, file)) return () => giveBack(file, owner)
      const held = readIfThere(file)
      if (held !== null && (isStale(held) || ageMs(file) > oldestMs)) removeStale(file, held, mine)
      else if (performance.now() >= untilMs) return null
      else await wait(tryEveryMs)
    }
  } finally {
    rmSync(mine, { force: true })
  }
}

export async function withLock<T>(file: string, waitMs: number, work: () => Promise<T>): Promise<T> {
  const release = await takeLock(file, waitMs)
  if (release === null) {
    throw new KioskError('not-permitted', 'ほかの公開の作業が進んでいます。終わってから、もう一度お試しください。')
  }
  try {
    return await work()
  } finally {
    release()
  }
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function giveBack(file: string, owner: Owner): void {
  if (readIfThere(file) === JSON.stringify(owner)) rmSync(file, { force: true })
}

function isStale(text: string): boolean {
  try {
    const owner = JSON.parse(text) as Partial<Owner>
    if (typeof owner.pid !== 'number' || owner.bootId !== bootId()) return true
    process.kill(owner.pid, 0)
    return false
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'EPERM')
  }
}

/** Another one may have taken it over meanwhile: then its lock, which we moved away, is put back. */
function removeStale(file: string, expected: string, mine: string): void {
  const aside = `${mine}.stale`
  try {
    renameSync(file, aside)
  } catch {
    return
  }
  if (readIfThere(aside) !== expected) linked(aside, file)
  rmSync(aside, { force: true })
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

function ageMs(file: string): number {
  const stat = statSync(file, { throwIfNoEntry: false })
  return stat === undefined ? 0 : Date.now() - stat.mtimeMs
}

function bootId(): string {
  return readIfThere('/proc/sys/kernel/random/boot_id')?.trim() ?? 'unknown'
}
