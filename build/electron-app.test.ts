import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import type { BridgeContract } from '../contract/bridge.ts'
import { type KioskHandle, kioskHandle } from '../electron/kiosk/host/kiosk-handle.ts'
import { writeKioskArguments } from '../electron/kiosk/kiosk-arguments.ts'
import { MessageChannelMain, utilities } from '../electron/shell/testing/fake-electron.ts'
import { forkUtilityKiosk } from '../electron/shell/utility-kiosk.ts'
import { buildElectronApp, electronAppDir } from './electron-app.ts'
import { buildRelease0, release0Dir } from './release0.ts'

vi.mock('electron', () => import('../electron/shell/testing/fake-electron.ts'))

let folder: string
let kiosk: KioskHandle | null
beforeAll(async () => {
  await buildElectronApp(() => undefined)
  await buildRelease0(() => undefined)
})
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'electron-app-'))
  kiosk = null
})
afterEach(async () => {
  await kiosk?.end()
  rmSync(folder, { recursive: true, force: true })
})

/** @returns whether somebody is at its screen, as it says first */
async function startKiosk(release0: string): Promise<boolean> {
  const channel = forkUtilityKiosk(
    join(electronAppDir, 'utility.mjs'),
    writeKioskArguments({
      config: join(import.meta.dirname, '..', 'kiosk-config', 'chuo-kominkan.json'),
      data: join(folder, 'data'),
      release0,
      screen: folder,
      port: 0,
    }),
  )
  const heard = Promise.withResolvers<boolean>()
  kiosk = await kioskHandle(channel, {
    onScreen: (sign) => heard.resolve(sign.visiting),
    onSession: () => undefined,
    onDeparture: () => undefined,
    signal: new AbortController().signal,
  })
  return heard.promise
}

it('the kiosk process that Electron gets starts, with the packages it needs beside it', async () => {
  expect(await startKiosk(join(folder, 'release0'))).toBe(false)
})

it('its library is searched in the thread that lies beside it', async () => {
  await startKiosk(release0Dir)
  const { port1, port2 } = new MessageChannelMain()
  utilities.at(-1)?.postMessage({ ask: 'port' }, [port1])
  port2.start()
  const bridge = createORPCClient<ContractRouterClient<BridgeContract>>(new RPCLink({ port: port2 }))
  await expect.poll(async () => (await bridge.library.view()).ready).toBe(true)
  const filter = { kinds: [], shelves: [], aboutTown: false, onlyIn: false }
  const { total } = await bridge.library.search({ text: '', filter, order: 'popular', from: 0, most: 1 })
  expect(total).toBe((await bridge.library.view()).titles)
  expect(total).toBeGreaterThan(0)
})

it('the preload is one script that asks for nothing but electron: a sandboxed page gets no other module', () => {
  const preload = readFileSync(join(electronAppDir, 'preload.cjs'), 'utf8')
  expect([...preload.matchAll(/\b(?:require|import)\s*\(?\s*["']([^"']+)/g)].map(([, name]) => name)).toEqual([
    'electron',
  ])
})
