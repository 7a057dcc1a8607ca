import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { type HealthEntry, healthEntrySchema } from '../../../contract/health.ts'
import type { MenuId } from '../../../contract/menu-ids.ts'
import { type UsageEvent, usageEventSchema } from '../../../contract/usage-event.ts'
import type { KioskDatabase } from '../database/open-database.ts'
import { correctedMs, type Stamp, type TimeState, unknownTime } from '../time/decide-time.ts'
import { pageLimiter } from './page-limit.ts'
import type { Salvaged } from './salvage.ts'

/** Where in which boot something happened, so that its time can be set right later. */
export type Moment = Stamp & { bootId: string; uptimeMs: number }
export type StampedAccess = { accessIds: readonly string[]; menu: MenuId; moment: Moment }
export type Outbox = ReturnType<typeof createOutbox>

/** How many answered access ids are remembered, over restarts too; a screen asks again within seconds. */
const rememberedAccesses = 2_000

const timeStateSchema = z.object({
  anchor: z
    .object({ bootId: z.string(), uptimeMs: z.number(), trueMs: z.number(), uncertaintyMs: z.number() })
    .nullable(),
  base: z.object({ bootId: z.string(), uptimeMs: z.number(), trueMs: z.number(), plausible: z.boolean() }).nullable(),
  last: z.object({ trueMs: z.number(), wallMs: z.number() }).nullable(),
})
const storedHealthSchema = healthEntrySchema.extend({
  detail: z.string().transform((text, context) => {
    try {
      return healthEntrySchema.shape.detail.parse(JSON.parse(text))
    } catch {
      context.addIssue('not a detail')
      return z.NEVER
    }
  }),
})

/** The queue of what the hub has not acknowledged. Every method commits before it returns, or throws SQLite's error and has changed nothing. */
export function createOutbox(db: KioskDatabase, pageLimit: () => number | null) {
  const limited = pageLimiter(db, pageLimit)
  const readCounter = db.prepare<[string], { value: number }>('SELECT value FROM counter WHERE name = ?')
  const writeCounter = db.prepare('UPDATE counter SET value = ? WHERE name = ?')
  const insertUsage = db.prepare(
    'INSERT INTO usage (sequence, id, menu, at_ms, clock, boot_id, uptime_ms) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const insertHealth = db.prepare(
    'INSERT INTO health (sequence, at_ms, clock, boot_id, uptime_ms, level, code, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const findAccess = db.prepare('SELECT 1 FROM recent_access WHERE access_id = ?')
  const noteAccess = db.prepare('INSERT OR IGNORE INTO recent_access (access_id) VALUES (?)')
  const pruneAccesses = db.prepare(
    `DELETE FROM recent_access WHERE noted <= (SELECT max(noted) FROM recent_access) - ${rememberedAccesses}`,
  )
  const readUsage = db.prepare(
    `SELECT sequence, id, menu, at_ms AS atMs, clock, boot_id AS bootId FROM usage WHERE sequence > ? ORDER BY sequence LIMIT ?`,
  )
  const readHealth = db.prepare(
    'SELECT sequence, at_ms AS atMs, level, code, detail FROM health WHERE sequence > ? ORDER BY sequence LIMIT ?',
  )
  const remember = db.prepare(
    'INSERT INTO memory (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  )
  const recall = db.prepare<[string], { value: string }>('SELECT value FROM memory WHERE name = ?')
  const usageState = db.prepare<[], { depth: number; oldestAtMs: number | null }>(
    'SELECT count(*) AS depth, (SELECT at_ms FROM usage ORDER BY sequence LIMIT 1) AS oldestAtMs FROM usage',
  )
  const healthDepth = db.prepare<[], { depth: number }>('SELECT count(*) AS depth FROM health')

  const counter = (name: 'usage_last' | 'usage_removed' | 'health_last') => readCounter.get(name)?.value ?? 0
  const write = <T>(work: () => T): T => db.transaction(() => limited(work)).immediate()

  return {
    /** Takes the next sequences, in order. Returns the last one. */
    appendUsage(accesses: readonly StampedAccess[], time: TimeState | null): number {
      return write(() => {
        let sequence = counter('usage_last')
        for (const { accessIds, menu, moment } of accesses) {
          sequence += 1
          const id = uuidv7({ msecs: moment.atMs })
          insertUsage.run(sequence, id, menu, moment.atMs, moment.clock, moment.bootId, moment.uptimeMs)
          for (const accessId of accessIds) noteAccess.run(accessId)
        }
        writeCounter.run(sequence, 'usage_last')
        pruneAccesses.run()
        if (time !== null) remember.run('time', JSON.stringify(time))
        return sequence
      })
    },

    knowsAccess: (accessId: string): boolean => findAccess.get(accessId) !== undefined,

    noteAccess(accessId: string): void {
      write(() => noteAccess.run(accessId))
    },

    appendHealth(entries: readonly (Omit<HealthEntry, 'sequence' | 'atMs'> & { moment: Moment })[]): void {
      write(() => {
        let sequence = counter('health_last')
        for (const { moment, level, code, detail } of entries) {
          sequence += 1
          const { atMs, clock, bootId, uptimeMs } = moment
          insertHealth.run(sequence, atMs, clock, bootId, uptimeMs, level, code, JSON.stringify(detail))
        }
        writeCounter.run(sequence, 'health_last')
      })
    },

    usageAfter: (sequence: number, limit: number): UsageEvent[] =>
      readUsage.all(sequence, limit).map((row) => usageEventSchema.parse(row)),

    healthAfter: (sequence: number, limit: number): HealthEntry[] =>
      readHealth.all(sequence, limit).map((row) => storedHealthSchema.parse(row)),

    /** Deletes what the hub holds, and nothing else. */
    removeUsage(through: number): void {
      write(() => {
        db.prepare('DELETE FROM usage WHERE sequence <= ?').run(through)
        writeCounter.run(Math.max(through, counter('usage_removed')), 'usage_removed')
      })
    },

    removeHealth(through: number): void {
      write(() => db.prepare('DELETE FROM health WHERE sequence <= ?').run(through))
    },

    /** Keeps the anchor and sets right all that was stamped in its boot before it was known. Returns how many. */
    saveTime(time: TimeState): number {
      return write(() => {
        remember.run('time', JSON.stringify(time))
        const { anchor } = time
        if (anchor === null) return 0
        let corrected = 0
        for (const table of ['usage', 'health'] as const) {
          const rows = db
            .prepare<[string], { sequence: number; uptimeMs: number }>(
              `SELECT sequence, uptime_ms AS uptimeMs FROM ${table} WHERE boot_id = ? AND clock = 'unverified'`,
            )
            .all(anchor.bootId)
          const correct = db.prepare(`UPDATE ${table} SET at_ms = ?, clock = 'corrected' WHERE sequence = ?`)
          for (const row of rows) correct.run(correctedMs(anchor, row.uptimeMs), row.sequence)
          if (table === 'usage') corrected = rows.length
        }
        return corrected
      })
    },

    time(): TimeState {
      const stored = recall.get('time')?.value
      return stored === undefined ? unknownTime : (timeStateSchema.safeParse(JSON.parse(stored)).data ?? unknownTime)
    },

    state: () => ({
      lastSequence: counter('usage_last'),
      removedThrough: counter('usage_removed'),
      depth: usageState.get()?.depth ?? 0,
      oldestAtMs: usageState.get()?.oldestAtMs ?? null,
      healthDepth: healthDepth.get()?.depth ?? 0,
    }),

    /**
     * Whose queue this is. Under another name than before, all that is left is numbered from 1 again, for the hub begins to count this kiosk anew;
     * the ids stay. `mayBeKnown` of those renumbered were sent under the old name without an answer.
     */
    adopt(kioskId: string, everSent: { usage: number }): { renumbered: number; mayBeKnown: number } {
      const before = recall.get('kiosk_id')?.value
      if (before === kioskId) return { renumbered: 0, mayBeKnown: 0 }
      return write(() => {
        remember.run('kiosk_id', kioskId)
        if (before === undefined) return { renumbered: 0, mayBeKnown: 0 }
        const sent = db.prepare<[number], { depth: number }>('SELECT count(*) AS depth FROM usage WHERE sequence <= ?')
        const mayBeKnown = sent.get(everSent.usage)?.depth ?? 0
        const left = { usage: 0, health: 0 }
        for (const table of ['usage', 'health'] as const) {
          const rows = db.prepare<[], { sequence: number }>(`SELECT sequence FROM ${table} ORDER BY sequence`).all()
          const renumber = db.prepare(`UPDATE ${table} SET sequence = ? WHERE sequence = ?`)
          // In ascending order the new number is never above the old one, nor one that is still taken.
          for (const [at, row] of rows.entries()) renumber.run(at + 1, row.sequence)
          left[table] = rows.length
        }
        writeCounter.run(left.usage, 'usage_last')
        writeCounter.run(0, 'usage_removed')
        writeCounter.run(left.health, 'health_last')
        return { renumbered: left.usage, mayBeKnown }
      })
    },

    /** Puts back what was read from a damaged file, under the sequences it had. */
    restore(saved: Salvaged): void {
      write(() => {
        for (const row of saved.usage) {
          insertUsage.run(row.sequence, row.id, row.menu, row.at_ms, row.clock, row.boot_id, row.uptime_ms)
        }
        for (const row of saved.health) {
          const { sequence, at_ms, clock, boot_id, uptime_ms, level, code, detail } = row
          insertHealth.run(sequence, at_ms, clock, boot_id, uptime_ms, level, code, detail)
        }
        for (const accessId of saved.accessIds) noteAccess.run(accessId)
        const known = new Map(saved.counters.map((row) => [row.name, row.value]))
        writeCounter.run(Math.max(known.get('usage_last') ?? 0, saved.usage.at(-1)?.sequence ?? 0), 'usage_last')
        writeCounter.run(known.get('usage_removed') ?? 0, 'usage_removed')
        writeCounter.run(Math.max(known.get('health_last') ?? 0, saved.health.at(-1)?.sequence ?? 0), 'health_last')
      })
    },

    /** After a loss: the next sequences lie above these. */
    raiseLast(floor: { usage: number; health: number }): void {
      write(() => {
        writeCounter.run(Math.max(floor.usage, counter('usage_last')), 'usage_last')
        writeCounter.run(Math.max(floor.health, counter('health_last')), 'health_last')
      })
    },

    close: (): void => {
      db.close()
    },
  }
}
