import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { isCorrupt } from '../database/disk-trouble.ts'
import { type KioskDatabase, openDatabase } from '../database/open-database.ts'
import { setAside } from '../database/set-aside.ts'

const migrations = ['CREATE TABLE memory (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID']

export type Cache = {
  get(name: string): string | null
  set(name: string, value: string): void
  close(): void
}

/**
 * What can be had again: lost, it costs time only. A damaged file is set aside and begun anew; `onRebuilt` is told its new name.
 */
export function openCache(path: string, wallMs: () => number, onRebuilt: (setAside: string) => void): Cache {
  let db = openOrRebuild()

  function open(): KioskDatabase {
    const made = openDatabase({ path, migrations, durability: 'normal' })
    const found = made.pragma('quick_check(1)', { simple: true })
    if (found === 'ok') return made
    made.close()
    throw Object.assign(new Error('quick_check found damage'), { code: 'SQLITE_CORRUPT' })
  }

  function openOrRebuild(): KioskDatabase {
    try {
      return open()
    } catch (error) {
      if (!isCorrupt(error) || !existsSync(path)) throw error
      return rebuild()
    }
  }

  function rebuild(): KioskDatabase {
    onRebuilt(basename(setAside(path, wallMs())))
    return openDatabase({ path, migrations, durability: 'normal' })
  }

  function use<T>(work: (open: KioskDatabase) => T): T {
    try {
      return work(db)
    } catch (error) {
      if (!isCorrupt(error)) throw error
      db.close()
      db = rebuild()
      return work(db)
    }
  }

  return {
    get: (name) =>
      use((open) => open.prepare<[string], { value: string }>('SELECT value FROM memory WHERE name = ?').get(name))
        ?.value ?? null,
    set(name, value) {
      use((open) =>
        open
          .prepare('INSERT INTO memory (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value')
          .run(name, value),
      )
    },
    close: () => {
      db.close()
    },
  }
}
