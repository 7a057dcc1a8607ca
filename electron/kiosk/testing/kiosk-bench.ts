import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { type ScriptedHub, startScriptedHub } from './scripted-hub.ts'
import { playedClock, type TestKiosk, testKiosk } from './test-kiosk.ts'

export const benchCode = 'A2C4-E6G8-J0K1'
export const benchNowMs = Date.UTC(2026, 10, 24, 3)

type HubOptions = Partial<Parameters<typeof startScriptedHub>[0]>
type KioskOptions = Partial<Parameters<typeof testKiosk>[0]>

/** A folder, hubs and kiosks for each test of a file, cleared away after it. */
export function kioskBench() {
  let folder = ''
  const hubs: ScriptedHub[] = []
  const running: TestKiosk[] = []
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kiosk-'))
  })
  afterEach(async () => {
    for (const one of running.splice(0)) await one.kiosk.stop()
    for (const one of hubs.splice(0)) await one.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    /** The kiosks' data folder; the next one takes over from the one before. */
    data: (): string => join(folder, 'data'),
    async hub(options: HubOptions = {}): Promise<ScriptedHub> {
      const made = await startScriptedHub({ code: benchCode, nowMs: () => benchNowMs, ...options })
      hubs.push(made)
      return made
    },
    async begin(options: KioskOptions = {}): Promise<TestKiosk> {
      const made = await testKiosk({
        dataDir: join(folder, 'data'),
        release0Dir: join(folder, 'release0'),
        clock: playedClock({ wallMs: benchNowMs }),
        ...options,
      })
      running.push(made)
      return made
    },
    async end(one: TestKiosk): Promise<void> {
      running.splice(running.indexOf(one), 1)
      await one.kiosk.stop()
    },
  }
}
