import { expect, it } from 'vitest'
import type { KioskStatus } from '../../contract/health.ts'
import { onEachEngine } from '../testing/each-engine.ts'
import { createKioskRepository } from './kiosk-repository.ts'

const nowMs = Date.UTC(2026, 10, 24)
const code = (codeId: string, facilityId = 'kenko-plaza') => ({
  codeId,
  facilityId,
  keyHex: '00ff',
  expiresAtMs: nowMs + 1_000,
})
const machine = (codeId: string, publicKeyX: string, atMs = nowMs) => ({
  facilityId: 'kenko-plaza',
  name: '健康プラザ',
  publicKeyX,
  codeId,
  nowMs: atMs,
})

onEachEngine('the kiosks', (engine) => {
  const repository = async () => createKioskRepository((await engine.open()).db)

  it('a code admits one machine; the next machine gets a name of its own and retires the one before', async () => {
    const kiosks = await repository()
    expect(await kiosks.addCode(code('AAAA'))).toBe(true)
    expect(await kiosks.addCode(code('AAAA'))).toBe(false)
    expect(await kiosks.enrol(machine('AAAA', 'first'))).toMatchObject({ no: 1, id: 'kenko-plaza', state: 'active' })
    expect(await kiosks.enrol(machine('AAAA', 'thief'))).toBeNull()
    await kiosks.addCode(code('BBBB'))
    expect(await kiosks.enrol(machine('BBBB', 'second', nowMs + 5))).toMatchObject({ no: 2, id: 'kenko-plaza-2' })
    expect((await kiosks.all()).map((row) => [row.id, row.state, row.revoked_at_ms])).toEqual([
      ['kenko-plaza', 'revoked', nowMs + 5],
      ['kenko-plaza-2', 'active', null],
    ])
  })

  it('two machines with one code at the same instant: one is admitted', async () => {
    const kiosks = await repository()
    await kiosks.addCode(code('AAAA'))
    const both = await Promise.allSettled([kiosks.enrol(machine('AAAA', 'x')), kiosks.enrol(machine('AAAA', 'y'))])
    expect(both.map((one) => (one.status === 'fulfilled' ? (one.value?.id ?? null) : null)).sort()).toEqual([
      'kenko-plaza',
      null,
    ])
    expect(await kiosks.all()).toHaveLength(1)
  })

  it('a code has so many tries, until it is too old', async () => {
    const kiosks = await repository()
    await kiosks.addCode(code('AAAA'))
    expect(await kiosks.attemptCode('ZZZZ', nowMs, 3)).toBeNull()
    expect(await kiosks.attemptCode('AAAA', nowMs + 1_000, 3)).toBeNull()
    for (let tries = 0; tries < 3; tries += 1)
      expect(await kiosks.attemptCode('AAAA', nowMs, 3)).toEqual({
        facilityId: 'kenko-plaza',
        key: Buffer.from('00ff', 'hex'),
      })
    expect(await kiosks.attemptCode('AAAA', nowMs, 3)).toBeNull()
    await kiosks.forgetCodes(nowMs + 1_001)
    expect(await kiosks.addCode(code('AAAA'))).toBe(true)
  })

  it('is retired once, and says so', async () => {
    const kiosks = await repository()
    await kiosks.addCode(code('AAAA'))
    await kiosks.enrol(machine('AAAA', 'x'))
    expect(await kiosks.revoke('kenko-plaza', nowMs)).toBe(true)
    expect(await kiosks.revoke('kenko-plaza', nowMs + 1)).toBe(false)
    expect(await kiosks.byId('kenko-plaza')).toMatchObject({ state: 'revoked' })
    expect(await kiosks.byId('nobody')).toBeNull()
  })

  it('keeps what a kiosk told of itself, each entry once', async () => {
    const kiosks = await repository()
    await kiosks.addCode(code('AAAA'))
    await kiosks.enrol(machine('AAAA', 'x'))
    const entry = (sequence: number) => ({
      sequence,
      atMs: nowMs,
      level: 'warning' as const,
      code: 'disk-full' as const,
      detail: { freeBytes: 7, where: '端末', full: true },
    })
    expect(await kiosks.keepHealth(1, [entry(1), entry(2)])).toBe(2)
    expect(await kiosks.keepHealth(1, [entry(2), entry(3)])).toBe(3)
    const kept = await kiosks.health(1, 2)
    expect(kept.map((row) => row.sequence)).toEqual([3, 2])
    expect(JSON.parse(kept[0]?.detail_json ?? '')).toEqual({ freeBytes: 7, where: '端末', full: true })

    const status: KioskStatus = {
      softwareVersion: '1',
      contractVersion: 1,
      host: 'headless',
      releaseNumber: 3,
      lastSequence: 9,
      outboxDepth: 2,
      oldestUnsentAtMs: null,
      clockOffsetMs: -5,
      freeDiskBytes: 8 * 2 ** 40,
      uptimeMs: 1,
      screenAlive: true,
    }
    await kiosks.keepStatus(1, status, nowMs + 9)
    await kiosks.countRefusal('kenko-plaza')
    await kiosks.countRefusal('kenko-plaza')
    const [row] = await kiosks.all()
    expect(row).toMatchObject({ last_heard_at_ms: nowMs + 9, refused: 2 })
    expect(JSON.parse(row?.status_json ?? '')).toEqual(status)
  })

  it('knows a token that was used, for as long as it could be used', async () => {
    const kiosks = await repository()
    expect(await kiosks.rememberToken('t', nowMs)).toBe(true)
    expect(await kiosks.rememberToken('t', nowMs)).toBe(false)
    await kiosks.forgetTokens(nowMs)
    expect(await kiosks.rememberToken('t', nowMs)).toBe(false)
    await kiosks.forgetTokens(nowMs + 1)
    expect(await kiosks.rememberToken('t', nowMs)).toBe(true)
  })
})
