import { randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { KioskError } from '../../contract/error-codes.ts'
import { bootId, isProcessAlive } from '../process-owner.ts'

type Owner = { pid: number; bootId: string; token: string }

const tryEveryMs = 50
const waitForOthersMs = 60_000
/** Whoever holds it says so more often than that: what has that process's number now is another. */
const oldestMs = 10 * 60_000
const touchEveryMs = 60_000

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
      if (linked(mine, file)) return held(file, owner)
      const other = readIfThere(file)
      if (other !== null && (isStale(other) || ageMs(file) > oldestMs)) removeStale(file, other, mine)
      else if (performance.now() >= untilMs) return null
      else await wait(tryEveryMs)
    }
  } finally {
    rmSync(mine, { force: true })
  }
}

export const publishLockFile = (dataDir: string) => join(dataDir, 'publishing.lock')

/**
 * For whatever writes releases or the search files that go into them: one at a time, from the first file that is read to the last one
 * that is cleared away.
 * @throws KioskError `not-permitted` when another does not end
 */
export async function withPublishLock<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  const release = await takeLock(publishLockFile(dataDir), waitForOthersMs)
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

/** A million titles' search file is made under the lock: minutes on a slow machine. */
function held(file: string, owner: Owner): () => void {
  const touching = setInterval(() => {
    try {
      if (readIfThere(file) === JSON.stringify(owner)) utimesSync(file, new Date(), new Date())
    } catch {
      // It went in this moment, or the disk is full: the next time will tell.
    }
  }, touchEveryMs)
  touching.unref()
  return () => {
    clearInterval(touching)
    giveBack(file, owner)
  }
}

function giveBack(file: string, owner: Owner): void {
  if (readIfThere(file) === JSON.stringify(owner)) rmSync(file, { force: true })
}

function isStale(text: string): boolean {
  try {
    const owner = JSON.parse(text) as Partial<Owner>
    return typeof owner.pid !== 'number' || owner.bootId !== bootId() || !isProcessAlive(owner.pid)
  } catch {
    return true
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
