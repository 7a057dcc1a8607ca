import { spawn } from 'node:child_process'
import { closeSync, ftruncateSync, openSync, readdirSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { startTown, type Town } from './release-town.ts'

const largeBytes = 300_000_000

let town: Town
beforeEach(async () => {
  // Too large for memory.
  town = await startTown(undefined, tmpdir())
  await town.release0('zero')
})
afterEach(() => town.close())

const answerSchema = z.object({ result: z.string(), mostBytes: z.number() })

/** In a process of its own, for the memory that it takes is looked at. */
function runChild(...args: string[]): Promise<z.infer<typeof answerSchema>> {
  const script = fileURLToPath(new URL('./large-file-child.ts', import.meta.url))
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    child.stdout.on('data', (part: Buffer) => (said += part.toString()))
    child.on('close', (code) => {
      if (code === 0) resolve(answerSchema.parse(JSON.parse(said)))
      else reject(new Error(`the process ended with ${code}`))
    })
  })
}

/** Holes but for its end: it takes no room until it is copied. */
function makeLarge(path: string): void {
  const file = openSync(path, 'w')
  ftruncateSync(file, largeBytes)
  writeSync(file, 'end', largeBytes - 3)
  closeSync(file)
}

it('neither a hub that publishes a file of 300 MB nor a kiosk that fetches it ever holds it in memory', async () => {
  const source = join(town.folder, 'large')
  const rootFile = join(town.folder, 'root.json')
  makeLarge(source)
  writeFileSync(rootFile, await town.releases.tufRoot())

  const hub = await runChild('publish', town.dataDir, source)
  expect(hub.result).toBe('published')
  expect(hub.mostBytes).toBeLessThan(largeBytes)

  const kioskDir = join(town.folder, 'kiosk')
  const kiosk = await runChild('fetch', kioskDir, town.baseUrl, join(town.folder, 'release0'), rootFile)
  expect(kiosk.result).toBe('activated')
  expect(kiosk.mostBytes).toBeLessThan(largeBytes)
  const blobs = join(kioskDir, 'releases', 'blobs')
  expect(readdirSync(blobs).map((name) => statSync(join(blobs, name)).size)).toContain(largeBytes)
})
