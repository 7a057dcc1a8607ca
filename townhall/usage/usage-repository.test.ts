import fc from 'fast-check'
import { expect, it } from 'vitest'
import { countedMenuIds } from '../../contract/menu-ids.ts'
import type { UsageEvent } from '../../contract/usage-event.ts'
import { onEachEngine } from '../testing/each-engine.ts'
import { tokyoMonth } from './fiscal-calendar.ts'
import { createUsageRepository } from './usage-repository.ts'

const startMs = Date.UTC(2026, 2, 30, 20)
const uuid = (kiosk: number, sequence: number) =>
  `019a0000-0000-7000-8${String(kiosk).padStart(3, '0')}-${sequence.toString(16).padStart(12, '0')}`
/** What kiosk `kiosk` counted as its `sequence`: the same each time it is sent. */
const eventOf = (kiosk: number, sequence: number): UsageEvent => ({
  sequence,
  id: uuid(kiosk, sequence),
  menu: countedMenuIds[(sequence * 3 + kiosk) % countedMenuIds.length] ?? 'map',
  // About six hours apart, so that a few dozen cross months; the first crosses into a fiscal year.
  atMs: startMs + sequence * 21_600_000 + kiosk,
  clock: sequence % 5 === 0 ? 'unverified' : 'synced',
})
const events = (kiosk: number, sequences: Iterable<number>) => [...sequences].map((one) => eventOf(kiosk, one))
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

/** A delivery: a kiosk's batch in any order, with gaps and repeats as the line leaves them. */
const delivery = fc.record({
  kiosk: fc.integer({ min: 1, max: 3 }),
  sequences: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 25 }),
})
/** Deliveries that arrive together share a transaction. */
const arrivals = fc.array(fc.array(delivery, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 12 })

onEachEngine('the counts', (engine) => {
  it('holds each event once whatever comes twice, late or out of order, and knows what is missing', async () => {
    const { db, dialect } = await engine.open()
    const repository = createUsageRepository(db, dialect)
    let kioskBase = 0
    await fc.assert(
      fc.asyncProperty(arrivals, async (groups) => {
        // Each run has kiosks of its own, so that all share one database.
        kioskBase += 10
        const sent = new Map<number, Set<number>>()
        for (const group of groups) {
          const results = await repository.takeBatches(
            group.map(({ kiosk, sequences }) => ({ kioskNo: kioskBase + kiosk, events: events(kiosk, sequences) })),
            startMs,
          )
          group.forEach(({ kiosk, sequences }, index) => {
            const known = sent.get(kiosk) ?? new Set()
            const fresh = new Set(sequences.filter((one) => !known.has(one))).size
            for (const one of sequences) known.add(one)
            sent.set(kiosk, known)
            expect(results[index]).toEqual({
              kind: 'taken',
              accepted: fresh,
              repeated: sequences.length - fresh,
              acknowledgedThrough: gapFree(known),
            })
          })
        }
        const rollup = (await repository.monthlyCounts('0000-00', '9999-99')).filter((row) => row.kiosk_no > kioskBase)
        const wanted = [...sent].flatMap(([kiosk, known]) => naiveCount(kioskBase + kiosk, events(kiosk, known)))
        expect(sorted(rollup)).toEqual(sorted(wanted))
        const recount = (await repository.recount()).filter((row) => row.kiosk_no > kioskBase)
        expect(sorted(recount.map((row) => ({ ...row, accesses: Number(row.accesses) })))).toEqual(
          sorted(wanted.map(({ unverified: _, ...row }) => row)),
        )
        for (const [kiosk, known] of sent) {
          expect(await repository.sequenceState(kioskBase + kiosk)).toEqual({
            acknowledgedThrough: gapFree(known),
            highestKnown: Math.max(...known),
            missing: missingRanges(known),
          })
        }
      }),
      { numRuns: 40 },
    )
  })

  it('takes nothing of a batch that contradicts what it holds, and the others of its group whole', async () => {
    const { db, dialect } = await engine.open()
    const repository = createUsageRepository(db, dialect)
    await repository.takeBatches([{ kioskNo: 1, events: events(1, range(1, 3)) }], startMs)
    const forged = [eventOf(1, 4), { ...eventOf(1, 2), id: uuid(9, 2) }]
    const results = await repository.takeBatches(
      [
        { kioskNo: 1, events: forged },
        { kioskNo: 2, events: events(2, range(1, 2)) },
      ],
      startMs,
    )
    expect(results).toEqual([
      { kind: 'conflict', sequence: 2 },
      { kind: 'taken', acknowledgedThrough: 2, accepted: 2, repeated: 0 },
    ])
    expect((await repository.sequenceState(1)).highestKnown).toBe(3)
    expect(sum(await repository.monthlyCounts('0000-00', '9999-99'))).toBe(5)
  })

  it('names the parts that are missing, and what a kiosk says it still has', async () => {
    const { db, dialect } = await engine.open()
    const repository = createUsageRepository(db, dialect)
    expect(await repository.sequenceState(1)).toEqual({ acknowledgedThrough: 0, highestKnown: 0, missing: [] })
    expect((await repository.sequenceState(1, 2)).missing).toEqual([{ from: 1, to: 2 }])
    await repository.takeBatches([{ kioskNo: 1, events: events(1, [1, 2, 5, 6, 9]) }], startMs)
    expect(await repository.sequenceState(1, 12)).toEqual({
      acknowledgedThrough: 2,
      highestKnown: 12,
      missing: [
        { from: 3, to: 4 },
        { from: 7, to: 8 },
        { from: 10, to: 12 },
      ],
    })
    // A heartbeat that was overtaken by its own counts says nothing new.
    expect((await repository.sequenceState(1, 6)).highestKnown).toBe(9)
  })

  it('closes a gap before ten thousand rows in one step', async () => {
    const { db, dialect } = await engine.open()
    const repository = createUsageRepository(db, dialect)
    for (let from = 2; from <= 10_001; from += 500)
      await repository.takeBatches([{ kioskNo: 1, events: events(1, range(from, from + 499)) }], startMs)
    expect((await repository.sequenceState(1)).acknowledgedThrough).toBe(0)
    const [closed] = await repository.takeBatches([{ kioskNo: 1, events: events(1, [1]) }], startMs)
    expect(closed).toMatchObject({ acknowledgedThrough: 10_001, accepted: 1 })
  })

  it('counts a clock that is off by thousands of years, the same in the roll-up and in the recount', async () => {
    const { db, dialect } = await engine.open()
    const repository = createUsageRepository(db, dialect)
    const far = [0, 253_402_300_799_999, 253_402_268_400_000, 8.64e15].map((atMs, index) => ({
      ...eventOf(1, index + 1),
      menu: 'map' as const,
      clock: 'synced' as const,
      atMs,
    }))
    await repository.takeBatches([{ kioskNo: 1, events: far }], startMs)
    const rollup = await repository.monthlyCounts('0000-00', '9999-99')
    expect(sorted(rollup.map(({ month, accesses }) => ({ month, accesses })))).toEqual([
      { month: '1970-01', accesses: 1 },
      { month: '9999-12', accesses: 3 },
    ])
    const recount = await repository.recount()
    expect(sorted(recount.map(({ month, accesses }) => ({ month, accesses: Number(accesses) })))).toEqual(
      sorted(rollup.map(({ month, accesses }) => ({ month, accesses }))),
    )
    const marked = await db.selectFrom('usage_events').select('sequence').where('ahead', '=', 1).execute()
    expect(marked.map((row) => row.sequence).sort()).toEqual([2, 3, 4])
  })

  it('goes on after it was closed and opened again', async () => {
    const first = await engine.open()
    await createUsageRepository(first.db, first.dialect).takeBatches(
      [{ kioskNo: 1, events: events(1, [1, 2, 4]) }],
      startMs,
    )
    const second = await engine.openAgain(first.place)
    const repository = createUsageRepository(second.db, second.dialect)
    expect(await repository.takeBatches([{ kioskNo: 1, events: events(1, [2, 3]) }], startMs)).toEqual([
      { kind: 'taken', acknowledgedThrough: 4, accepted: 1, repeated: 1 },
    ])
    expect(await repository.monthsHeld()).toEqual(['2026-03', '2026-04'])
  })
})

function gapFree(known: ReadonlySet<number>): number {
  let through = 0
  while (known.has(through + 1)) through += 1
  return through
}

function missingRanges(known: ReadonlySet<number>): { from: number; to: number }[] {
  const absent = range(gapFree(known) + 1, Math.max(...known)).filter((one) => !known.has(one))
  const ranges: { from: number; to: number }[] = []
  for (const one of absent) {
    const last = ranges.at(-1)
    if (last && last.to === one - 1) last.to = one
    else ranges.push({ from: one, to: one })
  }
  return ranges
}

function naiveCount(kiosk_no: number, held: readonly UsageEvent[]) {
  const cells = new Map<
    string,
    { kiosk_no: number; month: string; menu: string; accesses: number; unverified: number }
  >()
  for (const event of held) {
    const month = tokyoMonth(event.atMs)
    const cell = cells.get(month + event.menu) ?? { kiosk_no, month, menu: event.menu, accesses: 0, unverified: 0 }
    cell.accesses += 1
    if (event.clock === 'unverified') cell.unverified += 1
    cells.set(month + event.menu, cell)
  }
  return [...cells.values()]
}

const sum = (rows: readonly { accesses: number }[]) => rows.reduce((total, row) => total + row.accesses, 0)
const keyOf = (row: object) => JSON.stringify(Object.entries(row).sort())
const sorted = <T extends object>(rows: readonly T[]): T[] => [...rows].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
