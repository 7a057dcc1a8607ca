import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Loss } from './power-cut.ts'
import { killFiles } from './release-kill-files.ts'
import { startTown, type Town } from './release-town.ts'

const losses: Loss[] = ['contents', 'names']
const scriptOf = (name: string) => fileURLToPath(new URL(`./${name}`, import.meta.url))

let town: Town
beforeEach(async () => {
  town = await startTown()
  await town.release0('zero')
})
afterEach(() => town.close())

type End = { killed: boolean; result: unknown; steps: number; lastWords: string }

function runChild(script: string, args: string[]): Promise<End> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [scriptOf(script), ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    let [said, complained] = ['', '']
    child.stdout.on('data', (part: Buffer) => (said += part.toString()))
    child.stderr.on('data', (part: Buffer) => (complained += part.toString()))
    child.on('close', (_, signal) => {
      const { result = null, steps = 0 } = said === '' ? {} : JSON.parse(said)
      resolve({ killed: signal === 'SIGKILL', result, steps, lastWords: complained })
    })
  })
}

/** Every step in both ways of losing, two processes at a time. */
async function everyStep(steps: number, tryOne: (step: number, loss: Loss) => Promise<void>): Promise<void> {
  const all = losses.flatMap((loss) => Array.from({ length: steps }, (_, index) => ({ step: index + 1, loss })))
  const worker = async () => {
    for (let next = all.shift(); next; next = all.shift()) await tryOne(next.step, next.loss)
  }
  await Promise.all([worker(), worker()])
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const hashesOf = (text: string) =>
  killFiles(text).map((file) => sha256('bytes' in file ? file.bytes : readFileSync(file.file)))

/** One release and nothing of another: both menus say the same, and every file of it is there as it was published. */
function expectWhole(kiosk: Awaited<ReturnType<Town['kiosk']>>, allowed: string[], when: string): void {
  const text = kiosk.text() ?? 'none'
  expect(allowed, when).toContain(text)
  if (text === 'zero') return
  expect(kiosk.service.current().readMenu('attract'), when).toEqual({ text })
  for (const hash of hashesOf(text)) {
    const path = kiosk.service.pictureFile(hash)
    expect(path, when).not.toBeNull()
    expect(sha256(readFileSync(path ?? '')), when).toBe(hash)
  }
}

async function killKiosks(template: string, allowed: string[], last: string): Promise<void> {
  const rootFile = join(town.folder, 'root.json')
  writeFileSync(rootFile, await town.releases.tufRoot())
  const args = (name: string) => [join(town.folder, name), join(town.folder, 'release0'), town.baseUrl, rootFile]
  const copy = (name: string) => cpSync(join(town.folder, template), join(town.folder, name), { recursive: true })
  copy('count')
  const counted = await runChild('release-kill-child.ts', [...args('count'), '0', 'contents'])
  expect(counted).toMatchObject({ result: 'activated', lastWords: '' })
  expect(counted.steps).toBeGreaterThan(20)

  await everyStep(counted.steps, async (step, loss) => {
    const name = `${template}-${loss}-${step}`
    const when = `step ${step} of ${counted.steps}, ${loss} lost`
    copy(name)
    const end = await runChild('release-kill-child.ts', [...args(name), String(step), loss])
    expect(end.killed, `${when}: ${end.lastWords}`).toBe(true)
    const kiosk = await town.kiosk(name)
    expectWhole(kiosk, allowed, when)
    expect(['activated', 'unchanged'], when).toContain(await kiosk.service.checkNow())
    expectWhole(kiosk, [last], when)
    await kiosk.service.stop()
    rmSync(join(town.folder, name), { recursive: true })
  })
}

it('a kiosk whose power is cut at any step of a change shows the old release or the new one, whole, and goes on', async () => {
  await town.publish(killFiles('one'))
  const kiosk = await town.kiosk('kiosk')
  await kiosk.service.checkNow()
  await town.publish(killFiles('two'))
  await killKiosks('kiosk', ['one', 'two'], 'two')
})

it('a kiosk whose power is cut at any step of its first sync shows release 0 or the new one', async () => {
  await town.publish(killFiles('one'))
  await town.kiosk('kiosk')
  await killKiosks('kiosk', ['zero', 'one'], 'one')
})

it('a publish that is cut at any step leaves the old release or the new one to readers; the next publish works', async () => {
  await town.publish(killFiles('one'))
  const hubs = { template: town.dataDir, count: join(town.folder, 'hub-count') }
  const reader = await town.kiosk('reader')
  await reader.service.checkNow()
  cpSync(hubs.template, hubs.count, { recursive: true })
  const counted = await runChild('publish-kill-child.ts', [hubs.count, 'two', '0', 'contents'])
  expect(counted).toMatchObject({ result: { kind: 'published', number: 2 }, lastWords: '' })
  expect(counted.steps).toBeGreaterThan(30)

  await everyStep(counted.steps, async (step, loss) => {
    const when = `step ${step} of ${counted.steps}, ${loss} lost`
    const name = `${loss}-${step}`
    const hub = await startTown({ copyOf: hubs.template, release0Of: town.folder })
    try {
      await hub.context.db.destroy()
      const end = await runChild('publish-kill-child.ts', [hub.dataDir, 'two', String(step), loss])
      expect(end.killed, `${when}: ${end.lastWords}`).toBe(true)
      cpSync(join(town.folder, 'reader'), join(hub.folder, 'reader'), { recursive: true })
      const old = await hub.kiosk('reader')
      expect(['activated', 'unchanged'], when).toContain(await old.service.checkNow())
      expectWhole(old, ['one', 'two'], when)
      const fresh = await hub.kiosk(`fresh-${name}`)
      expect(await fresh.service.checkNow(), when).toBe('activated')
      expectWhole(fresh, ['one', 'two'], when)

      expect(await hub.publishAnew(killFiles('two')), when).toMatchObject({ number: 2 })
      await old.service.checkNow()
      await fresh.service.checkNow()
      expectWhole(old, ['two'], when)
      expectWhole(fresh, ['two'], when)
      expect(await hub.rows(), when).toEqual([1, 2])
    } finally {
      await hub.close()
    }
  })
})
