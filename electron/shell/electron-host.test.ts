import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { BridgeContract } from '../../contract/bridge.ts'
import type { HostLogEntry } from '../kiosk/host/host-log.ts'
import { createElectronHost } from './electron-host.ts'
import * as electron from './testing/fake-electron.ts'
import type { FakePort } from './testing/fake-port.ts'

vi.mock('electron', () => import('./testing/fake-electron.ts'))

type Bridge = ContractRouterClient<BridgeContract>
type Contents = electron.BrowserWindow['webContents']

const root = join(import.meta.dirname, '..', '..')
const html = '<!doctype html><title>kiosk</title>'
let folder: string
let logged: HostLogEntry[]
let bridges: Bridge[]
let hopeless: string[]
let host: ReturnType<typeof createElectronHost>

/** What the page does in a real window: asks for a port, listens to the kiosk, and says that it shows the release; again when the port closes. */
function playPage(contents: Contents): void {
  const ask = () => {
    if (!contents.isDestroyed())
      electron.ipcMain.emit('kiosk-port', { sender: contents, senderFrame: contents.mainFrame })
  }
  contents.on('did-finish-load', ask)
  contents.on('posted', (channel: string, [port]: FakePort[]) => {
    if (channel !== 'kiosk-port' || port === undefined) throw new Error('not a port')
    const { raw } = port
    // Like the screen: not at once, or it would ask a dead process over and over.
    raw.addEventListener('close', () => setTimeout(ask, 100))
    const bridge: Bridge = createORPCClient(new RPCLink({ port: raw }))
    const signs = setInterval(() => void bridge.screen.alive({ visiting: false }).catch(() => undefined), 2_000)
    raw.addEventListener('close', () => clearInterval(signs))
    raw.start()
    bridges.push(bridge)
    void show(bridge).catch(() => undefined)
  })
}

async function show(bridge: Bridge): Promise<void> {
  for await (const { releaseNumber } of await bridge.device.watch()) await bridge.release.cameUp({ releaseNumber })
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'electron-host-'))
  mkdirSync(join(folder, 'screen'))
  writeFileSync(join(folder, 'screen', 'index.html'), html)
  writeFileSync(join(folder, 'secret.json'), '{}')
  logged = []
  bridges = []
  hopeless = []
  electron.app.on('web-contents-created', (_event, contents: Contents) => playPage(contents))
  host = createElectronHost({
    kiosk: {
      config: join(root, 'kiosk-config', 'chuo-kominkan.json'),
      data: join(folder, 'data'),
      release0: join(folder, 'release0'),
      screen: join(folder, 'screen'),
      port: 0,
    },
    preload: '/app/preload.cjs',
    utility: join(root, 'electron', 'kiosk', 'utility.ts'),
    log: (entry) => logged.push(entry),
    onHopeless: (reason) => hopeless.push(reason),
  })
})
afterEach(async () => {
  await host.stop()
  electron.app.removeAllListeners()
  electron.ipcMain.removeAllListeners()
  electron.sessions.clear()
  electron.BrowserWindow.all.length = 0
  electron.utilities.length = 0
  rmSync(folder, { recursive: true, force: true })
})

const attempts = () => logged.flatMap(({ event, detail }) => (event === 'breakout-attempt' ? [detail.attempt] : []))
const theWindow = () => {
  const [window, ...more] = electron.BrowserWindow.all
  if (window === undefined || more.length > 0) throw new Error(`${more.length + 1} windows`)
  return window
}
const theSession = () => electron.session.fromPartition('kiosk-screen')
const touch = (bridge: Bridge | undefined) =>
  bridge?.usage.record({ accessId: randomUUID(), visitId: randomUUID(), menu: 'tourism' })

describe('the screen', () => {
  it('is one locked window; a touch in it goes through the port to the disk', async () => {
    expect(await host.start()).toEqual({ url: 'app://kiosk/' })
    expect(theWindow().loaded).toEqual(['app://kiosk/'])
    expect(theWindow().options).toMatchObject({
      kiosk: true,
      webPreferences: {
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webviewTag: false,
        devTools: false,
      },
    })
    expect(await touch(bridges[0])).toEqual({ state: 'recorded' })
  })

  it('gets its files and pictures with the policy, and nothing else', async () => {
    await host.start()
    const ask = (path: string, method = 'GET') =>
      theSession().handlers.get('app')?.(new Request(`app://kiosk${path}`, { method }))
    const page = await ask('/')
    expect(await page?.text()).toBe(html)
    expect(page?.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(page?.headers.get('content-type')).toContain('text/html')
    const unknown = createHash('sha256').update('no picture').digest('hex')
    for (const path of [`/picture/${unknown}`, '/../secret.json', '/%2e%2e/secret.json', '/%'])
      expect((await ask(path))?.status, path).toBe(404)
    expect((await ask('/', 'POST'))?.status).toBe(404)
  })

  it('is loaded again in the same window when its page crashes, and when it hangs', async () => {
    await host.start()
    theWindow().webContents.emit('render-process-gone', {}, { reason: 'oom' })
    await expect.poll(() => theWindow().loaded.length).toBe(2)
    expect(logged).toContainEqual(
      expect.objectContaining({ event: 'screen-lost', detail: { reason: 'its page is gone (oom)', failures: 1 } }),
    )
    await expect.poll(() => bridges.length).toBe(2)
    expect(await touch(bridges[1])).toEqual({ state: 'recorded' })
    theWindow().webContents.emit('unresponsive')
    await expect.poll(() => theWindow().loaded.length).toBe(3)
    expect(logged.at(-1)?.detail.reason).not.toBe('its window was closed')
  })

  it('is loaded again when its own thread answers nothing, and the town hall learns how long that took', async () => {
    await host.start()
    theWindow().webContents.hangs = true
    await expect.poll(() => theWindow().loaded.length).toBe(2)
    theWindow().webContents.hangs = false
    await expect
      .poll(() => logged.find(({ event }) => event === 'recovered')?.detail)
      .toEqual({ part: 'screen', ms: expect.any(Number), reason: 'its page does not answer' })
    expect(hopeless).toEqual([])
  })

  it('is loaded again when its pixels stand still, and given up to whoever began the program when they still do', async () => {
    await host.start()
    theWindow().webContents.draws = () => 'the same'
    await expect.poll(() => theWindow().loaded.length).toBe(2)
    expect(logged.at(-1)?.detail.reason).toBe('its pixels stand still')
    await expect.poll(() => hopeless).toEqual(['its pixels stand still'])
    // Whatever it says of itself: it is not told to be well.
    expect(logged.map(({ event }) => event)).not.toContain('recovered')
  })

  it('comes back in a new window when that was closed', async () => {
    await host.start()
    theWindow().destroy()
    await expect.poll(() => electron.BrowserWindow.all.length).toBe(2)
    expect(electron.BrowserWindow.all[1]?.loaded).toEqual(['app://kiosk/'])
  })

  it('gets another port when the kiosk process was killed, without being loaded again', async () => {
    await host.start()
    await touch(bridges[0])
    await electron.utilities[0]?.die()
    await expect.poll(() => logged.map(({ event }) => event)).toContain('recovered')
    expect(await touch(bridges.at(-1))).toEqual({ state: 'recorded' })
    expect(theWindow().loaded.length).toBe(1)
  })
})

describe('no way out', () => {
  beforeEach(() => host.start())

  it('by a second window', () => {
    expect(theWindow().webContents.openWindow({ url: 'https://town.example/' })).toEqual({ action: 'deny' })
    expect(attempts()).toEqual(['second-window'])
  })

  it.each(['will-frame-navigate', 'will-redirect'])('by going elsewhere (%s)', (event) => {
    const go = (url: string) => {
      const preventDefault = vi.fn()
      theWindow().webContents.emit(event, { url, preventDefault })
      return preventDefault.mock.calls.length > 0 ? 'held' : 'went'
    }
    const outcomes = ['https://town.example/', 'file:///etc/passwd', 'app://other/', 'app://kiosk/'].map(go)
    expect(outcomes).toEqual(['held', 'held', 'held', 'went'])
    expect(attempts()).toEqual(['navigation'])
  })

  it('by a permission, a device, a download, another address, a guest page, or a key', async () => {
    const answers: boolean[] = []
    theSession().requestPermission(null, 'media', (answer) => answers.push(answer))
    expect(answers).toEqual([false])
    expect([theSession().checkPermission(), theSession().checkDevice()]).toEqual([false, false])

    const held = () => ({ preventDefault: vi.fn() })
    const [download, guest, key, letter] = [held(), held(), held(), held()]
    theSession().emit('will-download', download, { getURL: () => 'blob:app://kiosk/1' })
    theWindow().webContents.emit('will-attach-webview', guest)
    const pressed = { control: false, alt: false, meta: false }
    theWindow().webContents.emit('before-input-event', key, { ...pressed, key: 'p', control: true })
    theWindow().webContents.emit('before-input-event', letter, { ...pressed, key: 'p' })
    expect([download, guest, key, letter].map((event) => event.preventDefault.mock.calls.length)).toEqual([1, 1, 1, 0])

    const cancelled = (url: string) => {
      let cancel = false
      theSession().beforeRequest({ url }, (answer) => {
        cancel = answer.cancel
      })
      return cancel
    }
    expect(['http://127.0.0.1:8640/', 'app://kiosk.example/', 'file:///x', 'app://kiosk/a.js'].map(cancelled)).toEqual([
      true,
      true,
      true,
      false,
    ])
    expect(attempts()).toEqual(['permission', 'download', 'webview', 'network'])
  })

  it('to the kiosk process from a frame that is not the screen', async () => {
    const { webContents } = theWindow()
    electron.ipcMain.emit('kiosk-port', { sender: webContents, senderFrame: { url: 'app://kiosk/' } })
    webContents.mainFrame.url = 'https://town.example/'
    electron.ipcMain.emit('kiosk-port', { sender: webContents, senderFrame: webContents.mainFrame })
    electron.ipcMain.emit('kiosk-port', { sender: webContents, senderFrame: null })
    expect(logged.filter(({ event }) => event === 'bridge-refused')).toHaveLength(3)
    expect(bridges).toHaveLength(1)
  })
})

it('stopping ends the kiosk process in order: another may have its data at once', async () => {
  await host.start()
  await touch(bridges[0])
  const gone = new Promise((resolve) => electron.utilities[0]?.on('exit', resolve))
  await host.stop()
  expect(await gone).toBe(0)
  expect(theWindow().isDestroyed()).toBe(true)
  expect(electron.utilities).toHaveLength(1)
})

it('a kiosk process that cannot start is told in its own words', async () => {
  writeFileSync(join(folder, 'data'), 'a file where the folder should be')
  await expect(host.start()).rejects.toMatchObject({ name: 'KioskError', message: expect.stringContaining(folder) })
})
