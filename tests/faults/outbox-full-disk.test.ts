import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type ScriptedHub, startScriptedHub } from '../../electron/kiosk/testing/scripted-hub.ts'
import { playedClock, type TestKiosk, testKiosk } from '../../electron/kiosk/testing/test-kiosk.ts'

const code = 'A2C4-E6G8-J0K1'
const nowMs = Date.UTC(2026, 10, 24, 3)
const mountPoint = mkdtempSync(join(tmpdir(), 'full-disk-'))
const notMounted = mount()

/** Why there is no small disk to fill; null when there is. */
function mount(): string | null {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', mountPoint], { stdio: 'pipe' })
    return null
  } catch (error) {
    return `a tmpfs cannot be mounted here: ${error instanceof Error ? error.message.split('\n')[0] : 'unknown'}`
  }
}

let disk = 0
let dataDir = ''
let hub: ScriptedHub
const running: TestKiosk[] = []
const ballast = join(mountPoint, 'ballast')

/** Writes until the operating system says ENOSPC, to the last byte. */
function fill(): void {
  for (const sizeBytes of [65_536, 4_096, 512, 1]) {
    try {
      for (;;) appendFileSync(ballast, Buffer.alloc(sizeBytes, 1))
    } catch (error) {
      expect(error).toMatchObject({ code: 'ENOSPC' })
    }
  }
}
const makeRoom = () => rmSync(ballast, { force: true })

async function begin(): Promise<TestKiosk> {
  const clock = playedClock({ wallMs: nowMs })
  const made = await testKiosk({ dataDir, release0Dir: join(dataDir, 'release0'), clock })
  running.push(made)
  return made
}
async function end(one: TestKiosk): Promise<void> {
  running.splice(running.indexOf(one), 1)
  await one.kiosk.stop()
}

beforeAll(() => {
  if (notMounted !== null) console.error(`skipped: ${notMounted}`)
})
beforeEach(async () => {
  dataDir = join(mountPoint, `kiosk-${++disk}`)
  mkdirSync(dataDir)
  hub = await startScriptedHub({ code, nowMs: () => nowMs })
})
afterEach(async () => {
  makeRoom()
  for (const one of running.splice(0)) await one.kiosk.stop()
  await hub.close()
  rmSync(dataDir, { recursive: true, force: true })
})
afterAll(() => {
  if (notMounted === null) execFileSync('umount', [mountPoint])
  rmSync(mountPoint, { recursive: true, force: true })
})

describe.skipIf(notMounted !== null)('a disk that is really full', () => {
  it('holds accesses, loses nothing that was committed, and goes on when there is room', async () => {
    const one = await begin()
    await one.kiosk.enrol({ hubUrl: hub.url, code })
    for (let n = 0; n < 10; n += 1) expect(await one.touch()).toEqual({ state: 'recorded' })
    fill()
    let recorded = 10
    let held = 0
    for (let n = 0; n < 3_000 && held < 50; n += 1) {
      const { state } = await one.touch('library')
      if (state === 'held') held += 1
      else recorded += 1
      expect(held === 0 || state === 'held').toBe(true)
    }
    expect(held).toBe(50)
    expect(one.kiosk.status().lastSequence).toBe(recorded)
    expect(one.codes().filter((told) => told === 'disk-full')).toHaveLength(1)

    await one.kiosk.flush()
    expect(hub.acknowledged()).toBe(recorded)
    makeRoom()
    await one.kiosk.flush()
    expect(one.codes().filter((told) => told === 'disk-recovered')).toHaveLength(1)
    expect(hub.acknowledged()).toBe(recorded + 50)
    expect(one.kiosk.status().outboxDepth).toBe(0)
    expect([...hub.health.values()].map((entry) => entry.code)).toEqual(
      expect.arrayContaining(['disk-full', 'disk-recovered']),
    )
  })

  it('lets the kiosk start again on it, and send what it has', async () => {
    const one = await begin()
    await one.kiosk.enrol({ hubUrl: hub.url, code })
    for (let n = 0; n < 10; n += 1) await one.touch()
    fill()
    while ((await one.touch()).state !== 'held');
    const { lastSequence } = one.kiosk.status()
    await end(one)
    fill()
    const next = await begin()
    expect(next.kiosk.status().lastSequence).toBe(lastSequence)
    await next.kiosk.flush()
    expect(hub.acknowledged()).toBe(lastSequence)
  })

  it('refuses to begin on it with nothing there, in words', async () => {
    fill()
    await expect(begin()).rejects.toMatchObject({ code: 'disk-full' })
  })

  it('that is read-only is refused in words, and what it holds is there when it can be written again', async () => {
    const one = await begin()
    await one.touch()
    await end(one)
    execFileSync('mount', ['-o', 'remount,ro', mountPoint])
    try {
      await expect(begin()).rejects.toMatchObject({ code: 'disk-read-only' })
      dataDir = join(mountPoint, 'never-made')
      await expect(begin()).rejects.toMatchObject({ code: 'disk-read-only' })
    } finally {
      execFileSync('mount', ['-o', 'remount,rw', mountPoint])
      dataDir = join(mountPoint, `kiosk-${disk}`)
    }
    expect((await begin()).kiosk.status().lastSequence).toBe(1)
  })
})
