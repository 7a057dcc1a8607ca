import { existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { isCorrupt } from '../database/disk-trouble.ts'
import { type KioskDatabase, openDatabase } from '../database/open-database.ts'
import { setAside } from '../database/set-aside.ts'
import type { SequenceFloor } from '../identity/sequence-floor.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { outboxMigrations } from './outbox-migrations.ts'
import { type Salvaged, salvage } from './salvage.ts'

/** What happened to a damaged or vanished file, in numbers for the health log. */
export type Rescue = {
  setAside: string
  usageRows: number
  healthRows: number
  continuesAboveUsage: number
}
export type OutboxFile = {
  /** Runs `work` on the queue. A file found damaged in mid-work is set aside, what can be read of it is saved, and `work` runs again. */
  use<T>(work: (outbox: Outbox) => T): T
  /** Set once when the file had to be replaced; taken by the one who reports it. */
  takeRescue(): Rescue | null
  close(): void
}

type OpenOutboxOptions = {
  path: string
  wallMs: () => number
  pageLimit: () => number | null
  /** Sequences that are known to have been given out, remembered outside of the file. */
  floor: () => SequenceFloor
}

const rebuildingSuffix = '.rebuilding'
const logSuffixes = ['-wal', '-shm']
/** A whole check of a small file takes milliseconds; a large one is checked by use. */
const checkedUpToBytes = 32 * 1024 * 1024

export function openOutbox({ path, wallMs, pageLimit, floor }: OpenOutboxOptions): OutboxFile {
  let rescue: Rescue | null = null
  let outbox = open()

  function open(): Outbox {
    takeUpRebuilding(path)
    try {
      return start(openChecked(path), null)
    } catch (error) {
      if (!isCorrupt(error)) throw error
      return replace()
    }
  }

  /** The new file is whole before the damaged one goes, so that a power cut in between costs nothing. */
  function replace(): Outbox {
    const rebuilding = path + rebuildingSuffix
    for (const suffix of ['', ...logSuffixes]) rmSync(rebuilding + suffix, { force: true })
    const saved = salvage(path)
    const fresh = createOutbox(
      openDatabase({ path: rebuilding, migrations: outboxMigrations, durability: 'full' }),
      pageLimit,
    )
    try {
      fresh.restore(saved)
    } finally {
      fresh.close()
    }
    const aside = setAside(path, wallMs())
    takeUpRebuilding(path)
    return start(openDatabase({ path, migrations: outboxMigrations, durability: 'full' }), { aside, saved })
  }

  function start(db: KioskDatabase, damaged: { aside: string; saved: Salvaged } | null): Outbox {
    const next = createOutbox(db, pageLimit)
    const known = floor()
    const behind = known.usage > next.state().lastSequence
    if (behind) next.raiseLast(known)
    if (damaged !== null || behind) {
      rescue = {
        setAside: damaged === null ? 'none' : basename(damaged.aside),
        usageRows: damaged?.saved.usage.length ?? 0,
        healthRows: damaged?.saved.health.length ?? 0,
        continuesAboveUsage: next.state().lastSequence,
      }
    }
    return next
  }

  return {
    use(work) {
      try {
        return work(outbox)
      } catch (error) {
        if (!isCorrupt(error)) throw error
        outbox.close()
        outbox = replace()
        return work(outbox)
      }
    },
    takeRescue() {
      const taken = rescue
      rescue = null
      return taken
    },
    close: () => outbox.close(),
  }
}

/** Finishes a replacement that was cut short after the damaged file had been moved away. */
function takeUpRebuilding(path: string): void {
  if (existsSync(path) || !existsSync(path + rebuildingSuffix)) return
  for (const suffix of [...logSuffixes, '']) {
    if (existsSync(path + rebuildingSuffix + suffix)) renameSync(path + rebuildingSuffix + suffix, path + suffix)
  }
}

function openChecked(path: string): KioskDatabase {
  const sizeBytes = existsSync(path) ? statSync(path).size : 0
  const db = openDatabase({ path, migrations: outboxMigrations, durability: 'full' })
  if (sizeBytes === 0 || sizeBytes > checkedUpToBytes) return db
  try {
    const found = db.pragma('quick_check(1)', { simple: true })
    if (found === 'ok') return db
  } catch (error) {
    db.close()
    throw error
  }
  db.close()
  throw Object.assign(new Error('quick_check found damage'), { code: 'SQLITE_CORRUPT' })
}
