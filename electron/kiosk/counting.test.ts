import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { benchCode, benchNowMs, kioskBench } from './testing/kiosk-bench.ts'
import type { ScriptedHub } from './testing/scripted-hub.ts'
import { playedClock, testConfig } from './testing/test-kiosk.ts'

const dayMs = 86_400_000
const bench = kioskBench()
let hub: ScriptedHub
beforeEach(async () => {
  hub = await bench.hub()
})

describe('counting', () => {
  it('commits each access once, and an access asked for again counts once', async () => {
    const { screen, kiosk } = await bench.begin()
    const access = { accessId: randomUUID(), visitId: randomUUID(), menu: 'map' as const }
    expect(await screen.usage.record(access)).toEqual({ state: 'recorded' })
    expect(await screen.usage.record(access)).toEqual({ state: 'repeated' })
    expect(kiosk.status()).toMatchObject({ lastSequence: 1, outboxDepth: 1 })
  })

  it('takes a second touch of the same menu within one second as the same access, by the uptime and not by the wall clock', async () => {
    const clock = playedClock({ wallMs: benchNowMs })
    const { screen, kiosk } = await bench.begin({ clock })
    const visitId = randomUUID()
    const touch = (menu: 'map' | 'library' = 'map') => screen.usage.record({ accessId: randomUUID(), visitId, menu })
    expect(await touch()).toEqual({ state: 'recorded' })
    clock.jump(10 * dayMs)
    clock.pass(999)
    expect(await touch()).toEqual({ state: 'repeated' })
    expect(await touch('library')).toEqual({ state: 'recorded' })
    clock.jump(-20 * dayMs)
    clock.pass(1)
    expect(await touch()).toEqual({ state: 'recorded' })
    expect(kiosk.status().lastSequence).toBe(3)
  })

  it('keeps a second touch the same access even when it is asked for again later, and after a restart', async () => {
    const clock = playedClock({ wallMs: benchNowMs })
    const first = await bench.begin({ clock })
    const visitId = randomUUID()
    const second = { accessId: randomUUID(), visitId, menu: 'map' as const }
    const opening = { accessId: randomUUID(), visitId, menu: 'map' as const }
    await first.screen.usage.record(opening)
    clock.pass(500)
    expect(await first.screen.usage.record(second)).toEqual({ state: 'repeated' })
    await bench.end(first)
    clock.pass(60_000)
    const next = await bench.begin({ clock })
    expect(await next.screen.usage.record(second)).toEqual({ state: 'repeated' })
    expect(await next.screen.usage.record(opening)).toEqual({ state: 'repeated' })
    expect(next.kiosk.status().lastSequence).toBe(1)
  })

  it('refuses a menu that is not offered here, and malformed input, with stable codes and nothing counted', async () => {
    const { screen, kiosk } = await bench.begin({ config: { ...testConfig, menus: ['map'] } })
    const access = { accessId: randomUUID(), visitId: randomUUID(), menu: 'library' as const }
    await expect(screen.usage.record(access)).rejects.toMatchObject({ code: 'request-malformed' })
    await expect(screen.usage.record({ ...access, accessId: 'x' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    expect(kiosk.status().lastSequence).toBe(0)
  })

  it('refuses a data folder of a newer version in words, and a second process', async () => {
    const first = await bench.begin()
    await expect(bench.begin()).rejects.toMatchObject({
      code: 'bad-arguments',
      message: expect.stringContaining('in use'),
    })
    await bench.end(first)
    const { openDatabase } = await import('./database/open-database.ts')
    const migrations = Array.from({ length: 40 }, (_, step) => `CREATE TABLE IF NOT EXISTS later_${step} (x) `)
    openDatabase({ path: join(bench.data(), 'outbox.sqlite'), migrations, durability: 'full' }).close()
    await expect(bench.begin()).rejects.toMatchObject({ code: 'data-newer-than-program' })
  })
})

describe('the screen is told', () => {
  it('that the kiosk is not enrolled, connected, cut', async () => {
    const one = await bench.begin()
    const states = await one.screen.device.watch()
    expect((await states.next()).value).toMatchObject({ line: 'not-enrolled', releaseNumber: 0, nowMs: benchNowMs })
    one.kiosk.start()
    await one.kiosk.enrol({ hubUrl: hub.url, code: benchCode })
    const lineIs = async (line: string) => {
      for await (const state of states) if (state.line === line) return true
      return false
    }
    expect(await lineIs('connected')).toBe(true)
    await hub.close()
    const again = await one.screen.device.watch()
    for await (const state of again) if (state.line === 'cut') break
    await hub.reopen()
    const third = await one.screen.device.watch()
    for await (const state of third) if (state.line === 'connected') break
  })

  it('that a restart is wanted; and the host, that the screen is silent', async () => {
    const clock = playedClock({ wallMs: benchNowMs })
    const one = await bench.begin({ clock })
    expect(one.kiosk.screen()).toMatchObject({ silentMs: null, visiting: false })
    await one.screen.screen.alive({ visiting: true })
    clock.pass(4_000)
    expect(one.kiosk.screen()).toMatchObject({ silentMs: 4_000, visiting: true })
    expect(one.kiosk.status().screenAlive).toBe(true)
    clock.pass(60_000)
    expect(one.kiosk.status().screenAlive).toBe(false)
    one.kiosk.wantRestart(true)
    const { value } = await (await one.screen.device.watch()).next()
    expect(value).toMatchObject({ restartWanted: true })
  })
})

it('starts without a network although the identity cannot be read, and says so', async () => {
  const one = await bench.begin()
  await one.kiosk.enrol({ hubUrl: hub.url, code: benchCode })
  await bench.end(one)
  writeFileSync(join(bench.data(), 'identity', 'hub.json'), '{"hubUrl":')
  const next = await bench.begin()
  expect(next.kiosk.enrolled()).toBe(false)
  expect(next.codes()).toContain('config-refused')
  expect(await next.touch()).toEqual({ state: 'recorded' })
})
