// Rows that a hub of many years would hold, written by SQL; the roll-up beside them is reckoned, not counted from them.
import type { Database } from 'better-sqlite3'
import { countedMenuIds } from '../contract/menu-ids.ts'
import { monthStartMs } from '../townhall/usage/fiscal-calendar.ts'

export type Month = { year: number; month: number }
type Seed = { kiosks: number; months: readonly Month[]; events: number }

/** Spreads `events` over kiosks, months and menus, some more and some fewer, after what is held already. @returns how many were written */
export function seedEvents(db: Database, { kiosks, months, events }: Seed): number {
  const perCell = events / (kiosks * months.length * countedMenuIds.length)
  const insert = db.prepare(
    `with recursive n(i) as (select 0 union all select i + 1 from n where i + 1 < @count)
     insert into usage_events (kiosk_no, sequence, id, menu, at_ms, clock, ahead)
     select @kiosk, @first + i, printf('019a0000-0000-7000-8000-%012x', @first + i), @menu, @start + i % 2000000000, 'synced', 0 from n`,
  )
  const roll = db.prepare(
    `insert into usage_rollup (kiosk_no, month, menu, accesses, unverified) values (?, ?, ?, ?, 0)
     on conflict do update set accesses = accesses + excluded.accesses`,
  )
  const progress = db.prepare(
    `insert into usage_progress (kiosk_no, acknowledged_through, highest_known) values (@kiosk, @last, @last)
     on conflict do update set acknowledged_through = @last, highest_known = @last`,
  )
  const held = db.prepare<[number], { last: number }>(
    'select coalesce(max(sequence), 0) as last from usage_events where kiosk_no = ?',
  )
  let written = 0
  for (let kiosk = 1; kiosk <= kiosks; kiosk += 1) {
    let last = held.get(kiosk)?.last ?? 0
    for (const [at, { year, month }] of months.entries()) {
      db.transaction(() => {
        for (const [index, menu] of countedMenuIds.entries()) {
          const count = Math.round(perCell * (0.5 + ((at * 7 + index * 3 + kiosk) % 11) / 10))
          if (count === 0) continue
          insert.run({ count, kiosk, first: last + 1, menu, start: monthStartMs(year, month) })
          roll.run(kiosk, `${year}-${String(month).padStart(2, '0')}`, menu, count)
          last += count
          written += count
        }
        progress.run({ kiosk, last })
      })()
    }
  }
  db.pragma('wal_checkpoint(TRUNCATE)')
  return written
}
