import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { openCache } from '../../electron/kiosk/cache/cache.ts'
import { createTouchDays } from '../../electron/kiosk/device/touch-days.ts'
import { inputDevices } from '../../electron/kiosk/testing/input-devices.ts'
import { benchCode, kioskBench } from '../../electron/kiosk/testing/kiosk-bench.ts'
import type { ScriptedHub } from '../../electron/kiosk/testing/scripted-hub.ts'
import { playedClock, type TestKiosk } from '../../electron/kiosk/testing/test-kiosk.ts'
import { breakout } from './breakout.ts'

const bench = kioskBench()
const dayMs = 86_400_000
const { keyboard, mouse, panel } = inputDevices
let hub: ScriptedHub
let inputDevicesFile: string
const plugged = (...devices: string[]) => writeFileSync(inputDevicesFile, devices.join(''))
const told = () => [...hub.health.values()].map(({ code, level, detail }) => ({ code, level, detail }))
const codes = () => told().map(({ code }) => code)

beforeEach(async () => {
  hub = await bench.hub()
  inputDevicesFile = join(bench.data(), '..', 'devices')
})

async function begin(options: Parameters<typeof bench.begin>[0] = {}) {
  const one = await bench.begin({ inputDevicesFile, ...options })
  if (!one.kiosk.enrolled()) await one.kiosk.enrol({ hubUrl: hub.url, code: benchCode })
  one.kiosk.start()
  await expect.poll(codes).toContain('kiosk-started')
  return one
}

breakout('C10', 'the touch panel pulled out is an error in the town hall at once, and so is its return', async () => {
  plugged(keyboard, panel)
  await begin()
  plugged(keyboard)
  const lost = { code: 'input-lost', level: 'error', detail: { panel: 'ELAN Touchscreen' } }
  await expect.poll(told).toContainEqual(lost)
  plugged(keyboard, panel)
  await expect.poll(told).toContainEqual({
    code: 'input-back',
    level: 'info',
    detail: { panel: 'ELAN Touchscreen', ms: expect.any(Number) },
  })
  expect(codes().filter((code) => code === 'input-lost')).toHaveLength(1)
})

breakout('C10', 'switched on without the panel it had before, it says so', async () => {
  plugged(panel)
  const one = await begin()
  await bench.end(one)
  plugged(mouse)
  await begin()
  await expect.poll(codes).toContain('input-lost')
})

it('a kiosk that never had a touch panel, or cannot know, misses none', async () => {
  plugged(mouse, keyboard)
  const one = await begin()
  plugged(keyboard)
  await one.kiosk.flush()
  await bench.end(one)
  const next = await begin({ inputDevicesFile: join(bench.data(), 'no-such-file') })
  await next.kiosk.flush()
  expect(codes()).not.toContain('input-lost')
})

breakout('C10', 'plugged in but dead, it is found out by the day on which nobody touched, once', async () => {
  plugged(panel)
  const clock = playedClock({ wallMs: Date.parse('2026-11-17T00:00+09:00') })
  hub.setNow(clock.wallMs)
  sevenDays(clock, [30, 30, 30, 30, 30, 30, 0])
  const one = await begin({ clock })
  await expect.poll(told).toContainEqual({
    code: 'touch-silent',
    level: 'warning',
    detail: { day: '2026-11-23', usualPerDay: 30 },
  })
  await one.kiosk.flush()
  await bench.end(one)
  const next = await begin({ clock })
  await next.kiosk.flush()
  expect(codes().filter((code) => code === 'touch-silent')).toHaveLength(1)
})

/** As this many visitors a day leave the kiosk's disk. */
function sevenDays(clock: ReturnType<typeof playedClock>, visitors: readonly number[]): void {
  mkdirSync(bench.data(), { recursive: true })
  const cache = openCache(join(bench.data(), 'cache.sqlite'), clock.wallMs, () => undefined)
  const days = createTouchDays({
    nowMs: clock.wallMs,
    uptimeMs: clock.uptimeMs,
    isOpen: () => true,
    report: () => undefined,
    keep: { read: () => cache.get('touch-days'), write: (text) => cache.set('touch-days', text) },
  })
  for (const each of visitors) {
    days.look()
    for (let n = 0; n < each; n += 1) {
      days.said(true)
      days.said(true)
      days.said(false)
    }
    for (let hour = 0; hour < 24; hour += 1) {
      days.look()
      clock.pass(dayMs / 24)
    }
  }
  cache.close()
}

breakout('C10', 'the network pulled out: the screen counts on, and all of it arrives when it is back', async () => {
  const one = await begin()
  await expect.poll(() => hub.watching()).toBe(1)
  await hub.close()
  await expect.poll(() => lineOf(one)).toBe('cut')
  await one.touch('map')
  await one.touch('library')
  expect(one.kiosk.status().outboxDepth).toBe(2)
  await hub.reopen()
  await expect.poll(() => lineOf(one)).toBe('connected')
  await expect.poll(() => hub.acknowledged()).toBe(2)
  expect(one.kiosk.status()).toMatchObject({ lastSequence: 2 })
})

/** As the screen is told. */
async function lineOf({ screen }: TestKiosk): Promise<string | undefined> {
  for await (const { line } of await screen.device.watch()) return line
  return undefined
}
