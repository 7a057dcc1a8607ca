import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { countedMenuIds } from '../../contract/menu-ids.ts'
import { startScriptedHub } from '../../electron/kiosk/testing/scripted-hub.ts'
import { quickDisk } from './quick-disk.ts'

const child = fileURLToPath(new URL('./outbox-kill-child.ts', import.meta.url))
const code = 'A2C4-E6G8-J0K1'
const kills = 60
const seed = Number(process.env.FAULT_SEED ?? Math.floor(Math.random() * 2 ** 31))

/** mulberry32: small, seeded, good enough to choose moments. */
function seeded(start: number): () => number {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

type Life = { answered: string[]; finished: boolean; lastWords: string }

/** Runs the kiosk until it is done, or until it has lived for so long after its start, or given so many answers. */
function live(args: string[], end: { afterMs: number } | { afterAnswers: number } | null): Promise<Life> {
  return new Promise((resolve) => {
    const kiosk = spawn(process.execPath, [child, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    let complaints = ''
    let heard = 0
    kiosk.stdout.on('data', (part: Buffer) => {
      said += part.toString()
      heard = said.split('\n').length - 1
      if (end !== null && 'afterAnswers' in end && heard >= end.afterAnswers) kiosk.kill('SIGKILL')
    })
    kiosk.stderr.on('data', (part: Buffer) => {
      complaints += part.toString()
    })
    if (end !== null && 'afterMs' in end) setTimeout(() => kiosk.kill('SIGKILL'), end.afterMs)
    kiosk.on('close', () => {
      const lines = said.split('\n').slice(0, -1)
      resolve({
        answered: lines.filter((line) => line !== 'done'),
        finished: lines.at(-1) === 'done',
        lastWords: complaints,
      })
    })
  })
}

it(`kill -9 at ${kills} moments loses and doubles no answered access (seed ${seed})`, async () => {
  const random = seeded(seed)
  const dataDir = mkdtempSync(join(quickDisk(), 'outbox-kill-'))
  const hub = await startScriptedHub({ code })
  // Some answers of the hub are lost on the way, too.
  hub.play(({ path }) => (path.endsWith('/usage') && random() < 0.2 ? (random() < 0.5 ? 'cut' : 'swallow') : 'answer'))
  try {
    let next = 0
    const states = new Map<string, number>()
    const take = (life: Life) => {
      expect(life.lastWords, `seed ${seed}`).toBe('')
      for (const line of life.answered) {
        const [number, state = ''] = line.split(' ')
        expect(Number(number), `seed ${seed}`).toBe(next)
        next += 1
        states.set(state, (states.get(state) ?? 0) + 1)
      }
    }
    for (let kill = 0; kill < kills; kill += 1) {
      const end = random() < 0.5 ? { afterMs: 20 + random() * 350 } : { afterAnswers: 1 + Math.floor(random() * 60) }
      take(await live([dataDir, hub.url, code, String(next), '1000000'], end))
    }
    const last = await live([dataDir, hub.url, code, String(next), String(next + 20)], null)
    take(last)
    expect(last.finished, `seed ${seed}`).toBe(true)

    expect(hub.acknowledged(), `seed ${seed}: accesses at the hub`).toBe(next)
    expect(hub.events.size, `seed ${seed}: nothing beside the unbroken sequence`).toBe(next)
    const ids = new Set([...hub.events.values()].map((event) => event.id))
    expect(ids.size, `seed ${seed}: ids`).toBe(next)
    for (const [at, menu] of countedMenuIds.entries()) {
      const wanted = Math.floor((next - at + countedMenuIds.length - 1) / countedMenuIds.length)
      const counted = [...hub.events.values()].filter((event) => event.menu === menu).length
      expect(counted, `seed ${seed}: ${menu}`).toBe(wanted)
    }
    expect(states.get('held') ?? 0).toBe(0)
    expect(next, `seed ${seed}: the kiosk was alive between the kills`).toBeGreaterThan(kills)
  } finally {
    await hub.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
})
