import type { UsageEvent } from '../../contract/usage-event.ts'
import { monthBoundsMs, tokyoMonth } from './fiscal-calendar.ts'

export type HeldEvent = { sequence: number; id: string; menu: string }
export type RollupChange = { month: string; menu: string; accesses: number; unverified: number }
export type BatchDecision =
  | { kind: 'take'; fresh: UsageEvent[]; repeated: number; rollup: RollupChange[] }
  | { kind: 'conflict'; sequence: number }

/**
 * What of a batch is new. `held` are the hub's rows among the batch's sequences.
 * The same sequence with another id or menu is a conflict: two machines under one name, or a forger; nothing of the batch is taken.
 */
export function decideBatch(events: readonly UsageEvent[], held: readonly HeldEvent[]): BatchDecision {
  const known = new Map(held.map((event) => [event.sequence, event]))
  const fresh: UsageEvent[] = []
  let repeated = 0
  for (const event of events) {
    const before = known.get(event.sequence)
    if (before === undefined) {
      fresh.push(event)
      known.set(event.sequence, event)
    } else if (before.id !== event.id || before.menu !== event.menu) {
      return { kind: 'conflict', sequence: event.sequence }
    } else {
      repeated += 1
    }
  }
  return { kind: 'take', fresh, repeated, rollup: rollUp(fresh) }
}

function rollUp(events: readonly UsageEvent[]): RollupChange[] {
  const changes = new Map<string, Map<string, RollupChange>>()
  let month = { fromMs: 0, toMs: 0, byMenu: new Map<string, RollupChange>(), key: '' }
  for (const event of events) {
    // A batch lies within a month or two, and a calendar is slow to ask.
    if (event.atMs < month.fromMs || event.atMs >= month.toMs) {
      const key = tokyoMonth(event.atMs)
      const byMenu = changes.get(key) ?? new Map<string, RollupChange>()
      changes.set(key, byMenu)
      month = { ...monthBoundsMs(key), byMenu, key }
    }
    const change = month.byMenu.get(event.menu) ?? { month: month.key, menu: event.menu, accesses: 0, unverified: 0 }
    change.accesses += 1
    if (event.clock === 'unverified') change.unverified += 1
    month.byMenu.set(event.menu, change)
  }
  return [...changes.values()].flatMap((byMenu) => [...byMenu.values()])
}

/** Highest sequence up to which nothing is missing, given what was so before and what lies above it (ascending). */
export function gapFreeThrough(before: number, above: Iterable<number>): number {
  let through = before
  for (const sequence of above) {
    if (sequence <= through) continue
    if (sequence !== through + 1) break
    through = sequence
  }
  return through
}
