import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { type KioskHandle, kioskHandle } from '../electron/kiosk/host/kiosk-handle.ts'
import { writeKioskArguments } from '../electron/kiosk/kiosk-arguments.ts'
import { forkUtilityKiosk } from '../electron/shell/utility-kiosk.ts'
import { buildElectronApp, electronAppDir } from './electron-app.ts'

vi.mock('electron', () => import('../electron/shell/testing/fake-electron.ts'))

let folder: string
let kiosk: KioskHandle | null
beforeAll(() => buildElectronApp(() => undefined))
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'electron-app-'))
  kiosk = null
})
afterEach(async () => {
  await kiosk?.end()
  rmSync(folder, { recursive: true, force: true })
})

it('the kiosk process that Electron gets starts, with the packages it needs beside it', async () => {
  const channel = forkUtilityKiosk(
    join(electronAppDir, 'utility.mjs'),
    writeKioskArguments({
      config: join(import.meta.dirname, '..', 'kiosk-config', 'chuo-kominkan.json'),
      data: join(folder, 'data'),
      release0: join(folder, 'release0'),
      screen: folder,
      port: 0,
    }),
  )
  const heard = Promise.withResolvers<boolean>()
  kiosk = await kioskHandle(channel, {
    onScreen: (sign) => heard.resolve(sign.visiting),
    onSession: () => undefined,
    signal: new AbortController().signal,
  })
  expect(await heard.promise).toBe(false)
})

it('the preload is one script that asks for nothing but electron: a sandboxed page gets no other module', () => {
  const preload = readFileSync(join(electronAppDir, 'preload.cjs'), 'utf8')
  expect([...preload.matchAll(/\b(?:require|import)\s*\(?\s*["']([^"']+)/g)].map(([, name]) => name)).toEqual([
    'electron',
  ])
})
