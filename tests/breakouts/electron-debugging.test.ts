import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, vi } from 'vitest'
import { runElectron } from '../../electron/shell/run-electron.ts'
import * as electron from '../../electron/shell/testing/fake-electron.ts'
import { forkUtilityKiosk } from '../../electron/shell/utility-kiosk.ts'
import { breakout } from './breakout.ts'

vi.mock('electron', () => import('../../electron/shell/testing/fake-electron.ts'))

const switches = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'inspect',
  'inspect-brk',
]
let folder: string
let said: string[]
let args: string[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'electron-debugging-'))
  said = []
  vi.spyOn(console, 'error').mockImplementation((line: unknown) => void said.push(String(line)))
  electron.app.isPackaged = true
  electron.app.exitCode = null
  args = Object.entries({
    config: '/nowhere.json',
    data: join(folder, 'data'),
    release0: folder,
    screen: folder,
  }).flatMap(([name, value]) => [`--${name}`, value])
})
afterEach(() => {
  vi.restoreAllMocks()
  electron.app.isPackaged = false
  for (const name of Object.keys(electron.app.switches)) delete electron.app.switches[name]
  electron.app.removeAllListeners()
  electron.utilities.length = 0
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.removeAllListeners(signal)
  rmSync(folder, { recursive: true, force: true })
})

describe('the packaged program', () => {
  for (const name of switches) {
    const row = name.startsWith('inspect') ? 'E2' : 'E1'
    breakout(row, `--${name} on the command line: it does not start`, async () => {
      for (const written of [
        [`--${name}=9222`, ...args],
        [...args, `--${name}`],
      ]) {
        await runElectron(['/opt/kiosk/memuro-kiosk', ...written])
        expect(said.splice(0)).toEqual([expect.stringContaining(`--${name}`)])
        expect(electron.app.exitCode).toBe(2)
      }
      expect(electron.BrowserWindow.all).toEqual([])
    })
    breakout(
      row,
      `--${name} from anywhere else: taken out before the browser begins, and it does not start`,
      async () => {
        electron.app.switches[name] = '9222'
        await runElectron(['/opt/kiosk/memuro-kiosk', ...args])
        expect(electron.app.switches).not.toHaveProperty(name)
        expect(electron.app.exitCode).toBe(2)
      },
    )
  }

  breakout('E1', 'no switch of Chromium at all is taken from the command line', async () => {
    for (const one of [
      '--no-sandbox',
      '--disable-web-security',
      '--proxy-server=http://10.0.0.1',
      '--load-extension=/tmp',
    ]) {
      await runElectron(['/opt/kiosk/memuro-kiosk', one, ...args])
      expect(electron.app.exitCode, one).toBe(2)
    }
  })
})

breakout('E1', 'it opens no port of its own when it starts as it should', async () => {
  await runElectron(['/opt/kiosk/memuro-kiosk', ...args])
  // The configuration is the first thing that it misses: it went as far as that.
  expect(said).toEqual([expect.stringContaining('/nowhere.json')])
  expect(Object.keys(electron.app.switches).filter((name) => /debug|inspect/.test(name))).toEqual([])
})

breakout('E2', 'NODE_OPTIONS, ELECTRON_RUN_AS_NODE and their like do not reach the kiosk process', async () => {
  vi.stubEnv('NODE_OPTIONS', '--inspect=0.0.0.0:9229')
  vi.stubEnv('ELECTRON_RUN_AS_NODE', '1')
  vi.stubEnv('NODE_EXTRA_CA_CERTS', '/tmp/rogue.pem')
  vi.stubEnv('LANG', 'ja_JP.UTF-8')
  // An entry that only tells what it was given.
  const entry = 'data:text/javascript,process.parentPort.postMessage(Object.keys(process.env))'
  const channel = forkUtilityKiosk(entry, [])
  vi.unstubAllEnvs()
  const names = await new Promise((resolve) => channel.onMessage(resolve))
  expect(names).toContain('LANG')
  expect(names).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(?:NODE|ELECTRON)_/)]))
  expect(electron.utilities[0]?.options.execArgv).toEqual([])
  await electron.utilities[0]?.die()
})
