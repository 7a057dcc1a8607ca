import { expect, it } from 'vitest'
import type { HealthEntry } from '../../contract/health.ts'
import { createKioskRepository } from '../kiosks/kiosk-repository.ts'
import { onEachEngine } from '../testing/each-engine.ts'
import { createTurnRepository } from './turn-repository.ts'

const day = 86_400_000
/** Noon of 2026-11-24 in Asia/Tokyo. */
const noonMs = Date.UTC(2026, 10, 24, 3)
const ended = (sequence: number, detail: HealthEntry['detail'] = {}, atMs = noonMs): HealthEntry => ({
  sequence,
  atMs,
  level: 'info',
  code: 'internet-turn-ended',
  detail: { lastedMs: 60_000, why: 'visitor', ...detail },
})
const other = (sequence: number): HealthEntry => ({
  sequence,
  atMs: noonMs,
  level: 'info',
  code: 'kiosk-started',
  detail: { 'not-listed': 9 },
})

onEachEngine('turns of 体験インターネット', (engine) => {
  async function open() {
    const { db } = await engine.open()
    return { db, kiosks: createKioskRepository(db), turns: createTurnRepository(db) }
  }
  const today = '2026-11-24'

  it('are counted by day, kiosk and reason, most first', async () => {
    const { kiosks, turns } = await open()
    await kiosks.keepHealth(1, [
      ended(1, { 'not-listed': 2, download: 5 }),
      other(2),
      ended(3, { 'not-listed': 1 }),
      ended(4, { denied: 1 }, noonMs - day),
    ])
    await kiosks.keepHealth(2, [ended(1, { permission: 7 })])
    expect(await turns.counts(1, today, today)).toEqual({
      turns: 2,
      refused: [
        { reason: 'download', times: 5 },
        { reason: 'not-listed', times: 3 },
      ],
    })
    expect(await turns.counts(1, '2026-11-01', today)).toMatchObject({
      turns: 3,
      refused: [{ reason: 'download' }, { reason: 'not-listed' }, { reason: 'denied', times: 1 }],
    })
    expect(await turns.counts(2, today, today)).toEqual({ turns: 1, refused: [{ reason: 'permission', times: 7 }] })
    expect(await turns.counts(3, today, today)).toEqual({ turns: 0, refused: [] })
  })

  it('sent again, in part or whole, are counted once', async () => {
    const { kiosks, turns } = await open()
    const batch = [ended(1, { 'not-listed': 2 }), ended(2, { 'not-listed': 3 })]
    expect(await kiosks.keepHealth(1, batch)).toBe(2)
    expect(await kiosks.keepHealth(1, batch)).toBe(2)
    expect(await kiosks.keepHealth(1, [ended(2, { 'not-listed': 999 }), ended(3, { 'not-listed': 4 })])).toBe(3)
    expect(await turns.counts(1, today, today)).toEqual({ turns: 3, refused: [{ reason: 'not-listed', times: 9 }] })
  })

  it('sent twice at the same instant are counted once', async () => {
    const { kiosks, turns } = await open()
    const batch = [ended(1, { 'not-listed': 2 }), ended(2, { denied: 1 })]
    const both = await Promise.allSettled([kiosks.keepHealth(1, batch), kiosks.keepHealth(1, batch)])
    expect(both.some((one) => one.status === 'fulfilled')).toBe(true)
    expect(await turns.counts(1, today, today)).toMatchObject({ turns: 2, refused: [{ times: 2 }, { times: 1 }] })
  })

  it('belong to the day in Tokyo, not in Greenwich', async () => {
    const { kiosks, turns } = await open()
    const midnightMs = Date.UTC(2026, 10, 23, 15)
    await kiosks.keepHealth(1, [ended(1, {}, midnightMs - 1), ended(2, {}, midnightMs)])
    expect((await turns.counts(1, '2026-11-23', '2026-11-23')).turns).toBe(1)
    expect((await turns.counts(1, today, today)).turns).toBe(1)
  })

  it('leave nothing but counts in the database, whatever the kiosk told', async () => {
    const { db, kiosks } = await open()
    const address = 'https://town.example/secret'
    await kiosks.keepHealth(1, [ended(1, { site: address, why: address, 'not-listed': address, [address]: 3 })])
    const kept = [
      await db.selectFrom('kiosk_health').selectAll().execute(),
      await db.selectFrom('internet_counts').selectAll().execute(),
    ]
    expect(JSON.stringify(kept)).not.toContain('town.example')
    expect(kept.map((rows) => rows.length)).toEqual([1, 1])
  })

  it('are not counted when their entry could not be kept', async () => {
    const { db, kiosks, turns } = await open()
    await db.schema.alterTable('internet_counts').renameTo('gone').execute()
    await expect(kiosks.keepHealth(1, [ended(1)])).rejects.toThrow()
    expect(await kiosks.health(1, 10)).toEqual([])
    await db.schema.alterTable('gone').renameTo('internet_counts').execute()
    await kiosks.keepHealth(1, [ended(1)])
    expect((await turns.counts(1, today, today)).turns).toBe(1)
  })
})
