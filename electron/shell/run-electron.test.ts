import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { runElectron } from './run-electron.ts'
import * as electron from './testing/fake-electron.ts'

vi.mock('electron', () => import('./testing/fake-electron.ts'))

let folder: string
let said: string[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-electron-'))
  said = []
  vi.spyOn(console, 'error').mockImplementation((line: unknown) => void said.push(String(line)))
  electron.app.exitCode = null
})
afterEach(() => {
  vi.restoreAllMocks()
  electron.app.removeAllListeners()
  electron.ipcMain.removeAllListeners()
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.removeAllListeners(signal)
  rmSync(folder, { recursive: true, force: true })
})

const argumentsWith = (changed: Record<string, string>) => {
  const given = { config: '/nowhere.json', data: join(folder, 'data'), release0: folder, screen: folder, ...changed }
  return Object.entries(given).flatMap(([name, value]) => (value === '' ? [] : [`--${name}`, value]))
}

it.each<[string, Record<string, string>, number, RegExp]>([
  ['no data folder', { data: '' }, 2, /--data is missing/],
  ['a port that is none', { port: '-1' }, 2, /--port/],
  ['no such config', {}, 1, /\/nowhere\.json: the file cannot be read/],
])('%s: one sentence and an exit code', async (_name, changed, code, sentence) => {
  await runElectron(['/usr/bin/electron', '/app', ...argumentsWith(changed)])
  expect(said).toEqual([expect.stringMatching(sentence)])
  expect(electron.app.exitCode).toBe(code)
})

it('takes what follows its own folder, whatever a driver of tests put before it', async () => {
  await runElectron(['/usr/bin/electron', '--inspect=0', '--no-sandbox', '/app', ...argumentsWith({})])
  expect(said).toEqual([expect.stringContaining('/nowhere.json')])
})

it('keeps what Electron itself writes with the kiosk, and makes app: an origin like https', async () => {
  await runElectron(['/usr/bin/electron', '/app', ...argumentsWith({})])
  expect(electron.app.paths.userData).toBe(join(folder, 'data', 'electron'))
  expect(electron.schemes).toContainEqual(
    expect.objectContaining({ scheme: 'app', privileges: expect.objectContaining({ standard: true, secure: true }) }),
  )
})
