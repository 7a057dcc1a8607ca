import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type ScriptedHub, startScriptedHub } from './testing/scripted-hub.ts'
import { playedClock, type TestKiosk, testKiosk } from './testing/test-kiosk.ts'

const code = 'A2C4-E6G8-J0K1'
const startMs = Date.UTC(2002, 10, 24, 3)
const dayMs = 86_400_000
const yearMs = 365 * dayMs

let folder: string
let hub: ScriptedHub
let clock: ReturnType<typeof playedClock>
let trueMs: number
let one: TestKiosk
let restarts: number

/** Time passes for the world; the kiosk's own clock may be told otherwise besides. */
function pass(ms: number): void {
  trueMs += ms
  clock.pass(ms)
}
async function begin(): Promise<void> {
  one = await testKiosk({
    dataDir: join(folder, 'data'),
    release0Dir: join(folder, 'release0'),
    clock,
    onWorn: () => {
      restarts += 1
    },
  })
}
/** kill -9 is like this for what is on the disk: nothing is tidied after the last commit. */
async function again(): Promise<void> {
  await one.kiosk.stop()
  await begin()
}
const events = () => [...hub.events.values()].map(({ atMs, clock }) => ({ atMs, clock }))

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kiosk-'))
  trueMs = startMs
  restarts = 0
  clock = playedClock({ wallMs: startMs })
  hub = await startScriptedHub({ code, nowMs: () => trueMs })
  await begin()
})
afterEach(async () => {
  await one.kiosk.stop()
  await hub.close()
  rmSync(folder, { recursive: true, force: true })
})

it('stamps true time through jumps of the clock and restarts of the process, without hearing the hub again', async () => {
  await one.kiosk.enrol({ hubUrl: hub.url, code })
  const expected: { atMs: number; clock: string }[] = []
  for (const jumpMs of [0, 3_600_000, -5 * yearMs, 12 * yearMs, -60_000]) {
    clock.jump(jumpMs)
    pass(dayMs)
    await one.touch()
    expected.push({ atMs: trueMs, clock: 'synced' })
    await again()
    pass(1_000)
    await one.touch()
    expected.push({ atMs: trueMs, clock: 'synced' })
  }
  await one.kiosk.flush()
  expect(events()).toEqual(expected)
})

it('sets right, before they are sent, the events of a boot in which the hub was first not heard', async () => {
  await one.kiosk.enrol({ hubUrl: hub.url, code })
  pass(dayMs)
  clock.jump(3 * yearMs)
  clock.reboot('boot-2')
  await again()
  await one.touch()
  const firstMs = trueMs
  pass(7 * dayMs)
  await again()
  await one.touch()
  const secondMs = trueMs
  pass(dayMs)
  await one.kiosk.flush()
  expect(events()).toEqual([
    { atMs: firstMs, clock: 'corrected' },
    { atMs: secondMs, clock: 'corrected' },
  ])
  await expect.poll(() => one.codes()).toContain('clock-corrected')
})

it('says of a boot that ended before the hub was heard that its times are unverified, and does not change them afterwards', async () => {
  await one.kiosk.enrol({ hubUrl: hub.url, code })
  pass(dayMs)
  clock.reboot('boot-2')
  await again()
  await one.touch()
  const guessMs = trueMs
  pass(dayMs)
  clock.reboot('boot-3')
  await again()
  await one.touch()
  await one.kiosk.flush()
  expect(events()).toEqual([
    { atMs: guessMs, clock: 'unverified' },
    { atMs: trueMs, clock: 'corrected' },
  ])
})

it('carries the offset over a power cut, also one that a jump made while the hub was away', async () => {
  await one.kiosk.enrol({ hubUrl: hub.url, code })
  clock.jump(2 * yearMs)
  pass(dayMs)
  await one.touch()
  clock.reboot('boot-2')
  pass(3_600_000)
  await again()
  await one.touch()
  const atMs = trueMs
  clock.reboot('boot-3')
  await again()
  await one.kiosk.flush()
  expect(events()[1]).toEqual({ atMs, clock: 'unverified' })
})

it('takes an uptime that went back for another boot, although the machine says that it is the same', async () => {
  pass(dayMs)
  await one.kiosk.enrol({ hubUrl: hub.url, code })
  clock.reboot('boot-1')
  clock.jump(yearMs)
  pass(60_000)
  await again()
  await one.touch()
  const atMs = trueMs
  pass(60_000)
  await one.kiosk.flush()
  expect(events()).toEqual([{ atMs, clock: 'corrected' }])
})

it('tells of a jump, once', async () => {
  one.kiosk.start()
  clock.jump(yearMs)
  await expect.poll(() => one.codes().filter((told) => told === 'clock-jumped')).toHaveLength(1)
  expect(one.logged.find((entry) => entry.code === 'clock-jumped')?.detail).toMatchObject({ jumpMs: yearMs })
})

it('tells of a wall clock that stands still, and goes on stamping true time', async () => {
  await one.kiosk.enrol({ hubUrl: hub.url, code })
  one.kiosk.start()
  clock.stop('wall')
  await stoodStill()
  expect(one.logged.find((entry) => entry.code === 'clock-stopped')?.detail).toMatchObject({ clock: 'wall' })
  expect(restarts).toBe(0)
  await one.touch()
  await one.kiosk.flush()
  expect(events()).toEqual([{ atMs: trueMs, clock: 'synced' }])
})

it('begins anew, once in a boot, when the uptime stands still', async () => {
  one.kiosk.start()
  clock.stop('uptime')
  await stoodStill()
  expect(one.logged.find((entry) => entry.code === 'clock-stopped')?.detail).toMatchObject({ clock: 'uptime' })
  expect(restarts).toBe(1)
  await again()
  one.kiosk.start()
  await stoodStill()
  expect(restarts).toBe(1)
})

/** Timers fire, over and over, until it is said. */
async function stoodStill(): Promise<void> {
  await expect
    .poll(() => {
      pass(31_000)
      return one.codes()
    })
    .toContain('clock-stopped')
}
