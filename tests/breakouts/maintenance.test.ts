import { spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { describe, expect } from 'vitest'
import { bridgeContract } from '../../contract/bridge.ts'
import type { PinAnswer } from '../../contract/maintenance.ts'
import { setPin, setPinFromFile } from '../../electron/kiosk/maintenance/pin-store.ts'
import { benchCode, benchNowMs, kioskBench } from '../../electron/kiosk/testing/kiosk-bench.ts'
import { playedClock, type TestKiosk, testConfig } from '../../electron/kiosk/testing/test-kiosk.ts'
import { breakout } from './breakout.ts'

const bench = kioskBench()
const pin = '582914'
const wrong = '582915'
const minuteMs = 60_000
const yearMs = 365 * 24 * 60 * minuteMs

const tried = (one: TestKiosk, typed: string): Promise<PinAnswer> => one.screen.maintenance.open({ pin: typed })
async function opened(one: TestKiosk): Promise<string> {
  const answer = await tried(one, pin)
  if (answer.state !== 'opened') throw new Error(`not opened: ${answer.state}`)
  return answer.token
}

/** A kiosk with a PIN, and its clock. */
async function guarded() {
  await setPin(bench.data(), pin)
  const clock = playedClock({ wallMs: benchNowMs })
  return { one: await bench.begin({ clock }), clock }
}

/** Wrong ones, each as soon as it is looked at, until the door is locked. */
async function lockOut(one: TestKiosk, clock: ReturnType<typeof playedClock>): Promise<number[]> {
  const waits: number[] = []
  for (;;) {
    const answer = await tried(one, wrong)
    if (answer.state !== 'wrong') throw new Error(`not looked at: ${answer.state}`)
    waits.push(answer.waitMs)
    if (answer.triesLeft === 0) return waits
    clock.pass(answer.waitMs)
  }
}

describe('the hidden corner', () => {
  breakout(
    'G11',
    'each wrong PIN makes the next one wait longer, then the door locks, and the hub is told',
    async () => {
      const hub = await bench.hub()
      const { one, clock } = await guarded()
      hub.setNow(clock.wallMs)
      await one.kiosk.enrol({ hubUrl: hub.url, code: benchCode })
      one.kiosk.start()
      const waits = await lockOut(one, clock)
      expect(waits.length).toBeLessThanOrEqual(10)
      for (const [at, wait] of waits.entries()) expect(wait).toBeGreaterThan(waits[at - 1] ?? 0)
      expect(waits.at(-1)).toBeGreaterThanOrEqual(15 * minuteMs)
      // The right one is not even looked at now.
      expect(await tried(one, pin)).toMatchObject({ state: 'refused', door: { state: 'locked-out' } })
      await expect
        .poll(() => [...hub.health.values()].filter(({ level }) => level === 'error').map(({ code }) => code))
        .toContain('maintenance-locked-out')
      clock.pass(waits.at(-1) ?? 0)
      expect(await tried(one, pin)).toMatchObject({ state: 'opened' })
    },
  )

  breakout('G11', 'a hundred at once are one try', async () => {
    const { one } = await guarded()
    const answers = await Promise.all(Array.from({ length: 100 }, () => tried(one, wrong)))
    expect(answers.filter(({ state }) => state === 'wrong')).toHaveLength(1)
    expect(answers.filter(({ state }) => state === 'refused')).toHaveLength(99)
  })

  breakout('G11', 'neither a restart, nor pulling the plug, nor killing it while it thinks, wins a try', async () => {
    const { one, clock } = await guarded()
    await lockOut(one, clock)
    await bench.end(one)
    const again = await bench.begin({ clock })
    expect(await tried(again, pin)).toMatchObject({ state: 'refused', door: { state: 'locked-out' } })
    await bench.end(again)
    clock.reboot('boot-2')
    const rebooted = await bench.begin({ clock })
    expect(await tried(rebooted, pin)).toMatchObject({ state: 'refused', door: { state: 'locked-out' } })
    clock.pass(15 * minuteMs)
    let looking = true
    const underWay = tried(rebooted, wrong).finally(() => {
      looking = false
    })
    const kept = () => JSON.parse(readFileSync(join(bench.data(), 'identity', 'maintenance-tries.json'), 'utf8'))
    await expect.poll(kept, { interval: 5 }).toMatchObject({ bootId: 'boot-2' })
    expect(looking).toBe(true)
    expect(await underWay).toMatchObject({ state: 'wrong', waitMs: 30 * minuteMs })
  })

  breakout('G11', 'a file of tries that was spoilt is no fresh start', async () => {
    await setPin(bench.data(), pin)
    writeFileSync(join(bench.data(), 'identity', 'maintenance-tries.json'), '{}')
    expect(await tried(await bench.begin(), pin)).toMatchObject({ state: 'refused', door: { state: 'locked-out' } })
  })

  breakout('E11', 'no clock set back or forward opens the locked door, or keeps a session open', async () => {
    const { one, clock } = await guarded()
    await lockOut(one, clock)
    for (const jumpMs of [yearMs, -3 * yearMs, 20 * yearMs]) {
      clock.jump(jumpMs)
      expect(await tried(one, pin)).toMatchObject({ state: 'refused' })
    }
    clock.pass(15 * minuteMs)
    const token = await opened(one)
    for (let passedMs = 0; passedMs < 5 * minuteMs; passedMs += 30_000) {
      await one.screen.maintenance.touched({ token })
      clock.pass(30_000)
      clock.jump(-30_000)
    }
    await expect(one.screen.maintenance.view({ token })).rejects.toMatchObject({ code: 'not-permitted' })
  })
})

describe('without a PIN', () => {
  breakout('E8', 'there is no door: nothing opens it, nothing that ships carries one', async () => {
    const one = await bench.begin()
    expect(await one.screen.maintenance.door()).toEqual({ state: 'none', waitMs: 0 })
    for (const guess of ['0', '0000', '1234', '000000', '123456', '582914'])
      expect(await tried(one, guess)).toEqual({ state: 'refused', door: { state: 'none', waitMs: 0 } })
    expect(one.codes()).toContain('maintenance-refused')
  })

  breakout('E8', 'an empty, spoilt or foreign hash is no PIN either', async () => {
    const file = join(bench.data(), 'identity', 'maintenance-pin')
    mkdirSync(join(bench.data(), 'identity'), { recursive: true })
    const one = await bench.begin()
    for (const content of ['', pin, '$argon2id$v=19$m=19456,t=2,p=1$$', `$2b$10$${'a'.repeat(53)}`]) {
      writeFileSync(file, content)
      expect(await tried(one, pin), content).toMatchObject({ state: 'refused', door: { state: 'none' } })
    }
  })

  breakout('E8', 'those that are tried first cannot be set', async () => {
    for (const weak of ['000000', '123456', '654321', '121212', '123123', '1234', 'abcdef', ''])
      await expect(setPin(bench.data(), weak), weak).rejects.toMatchObject({ code: 'bad-arguments' })
    expect(existsSync(join(bench.data(), 'identity', 'maintenance-pin'))).toBe(false)
  })
})

describe('on the disk and in the list of processes', () => {
  breakout('E9', 'the PIN is nowhere; its argon2id hash is 0600, also when somebody loosened it', async () => {
    const { one, clock } = await guarded()
    await tried(one, wrong)
    clock.pass(minuteMs)
    const token = await opened(one)
    await one.screen.maintenance.view({ token })
    const file = join(bench.data(), 'identity', 'maintenance-pin')
    expect(readFileSync(file, 'utf8')).toMatch(/^\$argon2id\$v=19\$m=\d{5,},t=[2-9],p=1\$/)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    chmodSync(file, 0o644)
    await one.screen.maintenance.door()
    expect(statSync(file).mode & 0o777).toBe(0o600)
    for (const secret of [pin, wrong, token]) {
      expect(JSON.stringify(one.logged)).not.toContain(secret)
      for (const entry of readdirSync(bench.data(), { recursive: true, withFileTypes: true }))
        if (entry.isFile())
          expect(readFileSync(join(entry.parentPath, entry.name)).includes(secret), entry.name).toBe(false)
    }
  })

  breakout('E9', 'a PIN file that others can read is refused', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pin-'))
    const file = join(folder, 'pin')
    writeFileSync(file, `${pin}\n`, { mode: 0o644 })
    await expect(setPinFromFile(bench.data(), file)).rejects.toThrow(/others can read it/)
    chmodSync(file, 0o600)
    await setPinFromFile(bench.data(), file)
    const hashFile = join(bench.data(), 'identity', 'maintenance-pin')
    const hash = readFileSync(hashFile, 'utf8')
    await setPinFromFile(bench.data(), file)
    expect(readFileSync(hashFile, 'utf8')).toBe(hash)
    rmSync(folder, { recursive: true })
  })

  breakout('E9', 'the kiosk started with a PIN file shows it to no other process, and says nothing of it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pin-'))
    const file = join(folder, 'pin')
    writeFileSync(file, pin, { mode: 0o600 })
    const root = join(import.meta.dirname, '..', '..')
    const config = join(root, 'kiosk-config', 'chuo-kominkan.json')
    const script = join(root, 'electron', 'chromium', 'kiosk-process.ts')
    const paths = { config, data: join(folder, 'data'), release0: folder, screen: folder, 'pin-file': file }
    const child = spawn(
      process.execPath,
      [script, ...Object.entries(paths).flatMap(([name, value]) => [`--${name}`, value])],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    )
    const log = text(child.stderr)
    for await (const line of createInterface({ input: child.stdout })) if (line.includes('"ready":true')) break
    const open = `${readFileSync(`/proc/${child.pid}/cmdline`)}${readFileSync(`/proc/${child.pid}/environ`)}`
    child.kill('SIGTERM')
    expect(open).not.toContain(pin)
    expect(await log).not.toContain(pin)
    expect(existsSync(join(folder, 'data', 'identity', 'maintenance-pin'))).toBe(true)
    rmSync(folder, { recursive: true })
  })
})

describe('after maintenance', () => {
  breakout('E10', 'it locks by itself after five minutes, however busy it is kept', async () => {
    const { one, clock } = await guarded()
    const token = await opened(one)
    for (let passedMs = 30_000; passedMs < 5 * minuteMs; passedMs += 30_000) {
      clock.pass(30_000)
      await one.screen.maintenance.touched({ token })
    }
    expect((await one.screen.maintenance.view({ token })).locksInMs).toBe(30_000)
    clock.pass(30_000)
    await expect(one.screen.maintenance.view({ token })).rejects.toMatchObject({ code: 'not-permitted' })
    expect(one.logged).toContainEqual(expect.objectContaining({ code: 'maintenance-closed', detail: { why: 'time' } }))
  })

  breakout('E10', 'it locks at the first idle, though the screen goes on asking', async () => {
    const { one, clock } = await guarded()
    const token = await opened(one)
    for (let passedMs = 0; passedMs < testConfig.idle.warnAfterMs - 10_000; passedMs += 10_000) {
      clock.pass(10_000)
      await one.screen.maintenance.view({ token })
    }
    clock.pass(10_000)
    await expect(one.screen.maintenance.view({ token })).rejects.toMatchObject({ code: 'not-permitted' })
    expect(one.logged).toContainEqual(expect.objectContaining({ code: 'maintenance-closed', detail: { why: 'idle' } }))
    // A screen that did not know yet is no intruder.
    expect(one.codes()).not.toContain('maintenance-refused')
  })

  breakout('E10', 'it locks when a visitor comes, when another session opens, and with its process', async () => {
    const { one, clock } = await guarded()
    const view = (token: string) => one.screen.maintenance.view({ token })
    const first = await opened(one)
    await one.screen.screen.alive({ visiting: false })
    await view(first)
    await one.screen.screen.alive({ visiting: true })
    await expect(view(first)).rejects.toMatchObject({ code: 'not-permitted' })
    const second = await opened(one)
    const third = await opened(one)
    await expect(view(second)).rejects.toMatchObject({ code: 'not-permitted' })
    await bench.end(one)
    const again = await bench.begin({ clock })
    await expect(again.screen.maintenance.view({ token: third })).rejects.toMatchObject({ code: 'not-permitted' })
  })
})

describe('the bridge without a session', () => {
  const { door: _door, open: _open, ...behind } = bridgeContract.maintenance
  const calls = Object.keys(behind) as (keyof typeof behind)[]

  breakout('E3', `each of ${calls.join(', ')} is refused, does nothing, and is told`, async () => {
    const departed: string[] = []
    await setPin(bench.data(), pin)
    const one = await bench.begin({ onDeparture: (how) => departed.push(how) })
    const good = await opened(one)
    const guesses = ['', 'x', good.slice(1), `${good}A`, good.toLowerCase(), '\u0000'.repeat(43)]
    for (const name of calls)
      for (const token of guesses)
        await expect(
          Reflect.apply(one.screen.maintenance[name], null, [{ token, hubUrl: 'http://127.0.0.1:9', code: benchCode }]),
          name,
        ).rejects.toMatchObject({ code: 'not-permitted' })
    expect(departed).toEqual([])
    expect(one.codes()).toContain('maintenance-refused')
    expect(one.kiosk.enrolled()).toBe(false)
    await one.screen.maintenance.view({ token: good })
  })
})
