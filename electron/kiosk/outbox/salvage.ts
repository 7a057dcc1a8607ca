import { z } from 'zod'
import { openDamaged } from '../database/open-damaged.ts'

const usageRow = z.object({
  sequence: z.number().int().positive(),
  id: z.uuid(),
  menu: z.string(),
  at_ms: z.number().int(),
  clock: z.string(),
  boot_id: z.string(),
  uptime_ms: z.number().int(),
})
const healthRow = usageRow
  .omit({ id: true, menu: true })
  .extend({ level: z.string(), code: z.string(), detail: z.string() })
const counterRow = z.object({ name: z.string(), value: z.number().int().nonnegative() })
const accessRow = z.object({ access_id: z.string() })

export type Salvaged = {
  usage: z.infer<typeof usageRow>[]
  health: z.infer<typeof healthRow>[]
  counters: z.infer<typeof counterRow>[]
  accessIds: string[]
}

/** Reads what can still be read of a damaged outbox: from the front until it breaks, then from the back. */
export function salvage(path: string): Salvaged {
  const db = openDamaged(path)
  if (db === null) return { usage: [], health: [], counters: [], accessIds: [] }
  const rows = <T>(table: string, key: string, schema: z.ZodType<T>, keyOf: (row: T) => string | number): T[] => {
    const found = new Map<string | number, T>()
    for (const order of ['ASC', 'DESC']) {
      try {
        for (const row of db.prepare(`SELECT * FROM ${table} ORDER BY ${key} ${order}`).iterate()) {
          const read = schema.safeParse(row)
          if (read.success) found.set(keyOf(read.data), read.data)
        }
        break
      } catch {
        // The page is gone; what came before it is kept, and the other end is tried.
      }
    }
    return [...found.values()]
  }
  const saved: Salvaged = {
    usage: rows('usage', 'sequence', usageRow, (row) => row.sequence).sort((a, b) => a.sequence - b.sequence),
    health: rows('health', 'sequence', healthRow, (row) => row.sequence).sort((a, b) => a.sequence - b.sequence),
    counters: rows('counter', 'name', counterRow, (row) => row.name),
    accessIds: rows('recent_access', 'noted', accessRow, (row) => row.access_id).map((row) => row.access_id),
  }
  try {
    db.close()
  } catch {
    // Nothing was written.
  }
  return saved
}
