import type { CountedMenuId } from '../../contract/menu-ids.ts'
import type { TableCell } from './read-table.ts'
import type { Random } from './seeded-random.ts'

export const faultKinds = [
  'kill-kiosk',
  'kill-hub',
  'hub-away-a-week',
  'cut-before-answer',
  'cut-during-answer',
  'cut-after-answer',
  'duplicate-delivery',
  'late-delivery',
  'clock-step',
  'disk-full',
] as const
export type FaultKind = (typeof faultKinds)[number]

export type PlannedAccess = { atMs: number; kiosk: number; menu: CountedMenuId; fiscalYear: number }
export type PlannedFault = { beforeAccess: number; kind: FaultKind; kiosk: number }

/** Milliseconds UTC of 1 April 00:00 in Asia/Tokyo. */
export const fiscalYearStartMs = (fiscalYear: number) => Date.UTC(fiscalYear, 3, 1) - 9 * 3_600_000

/** Every count of the table as one access at a moment of its fiscal year, at a kiosk, in order of time. */
export function planAccesses(table: TableCell[], kiosks: number, random: Random): PlannedAccess[] {
  const accesses: PlannedAccess[] = []
  for (const cell of table) {
    const startMs = fiscalYearStartMs(cell.fiscal_year)
    const spanMs = fiscalYearStartMs(cell.fiscal_year + 1) - startMs
    for (let index = 0; index < cell.count; index += 1) {
      // The first and the last second of the year are tried too: that is where a count lands in the wrong year.
      const place = index === 0 ? 0 : index === 1 ? spanMs - 1_000 : Math.floor(random.next() * (spanMs - 1_000))
      accesses.push({
        atMs: startMs + place,
        kiosk: random.below(kiosks),
        menu: cell.menu,
        fiscalYear: cell.fiscal_year,
      })
    }
  }
  return accesses.sort((a, b) => a.atMs - b.atMs)
}

/** Faults spread over the accesses; the last hundredth is left quiet, so that every fault has traffic to hit. */
export function planFaults(count: number, accesses: number, kiosks: number, random: Random): PlannedFault[] {
  const faults: PlannedFault[] = []
  for (let index = 0; index < count; index += 1) {
    // Every kind comes up before the dice decide.
    const kind = index < faultKinds.length ? (faultKinds[index] ?? 'kill-kiosk') : random.pick(faultKinds)
    faults.push({
      beforeAccess: random.below(Math.max(1, Math.floor(accesses * 0.99))),
      kind,
      kiosk: random.below(kiosks),
    })
  }
  return faults.sort((a, b) => a.beforeAccess - b.beforeAccess)
}
