import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createBridgePorts } from '../../electron/shell/bridge-ports.ts'
import { lockDownApp } from '../../electron/shell/lock-down.ts'
import * as electron from '../../electron/shell/testing/fake-electron.ts'
import { guardedBench } from '../../electron/shell/testing/guarded-bench.ts'
import { breakout } from './breakout.ts'
import type { BreakoutId } from './rows.ts'

vi.mock('electron', () => import('../../electron/shell/testing/fake-electron.ts'))

// Under Electron, as far as its own program is not needed for it: every question that Electron asks of the shell about a strange page, and what it is answered.

let bench: ReturnType<typeof guardedBench>
let session: Awaited<ReturnType<typeof bench.open>>['session']
let contents: electron.FakeContents
let preferences: Record<string, unknown>
beforeEach(async () => {
  bench = guardedBench()
  const opened = await bench.open()
  session = opened.session
  contents = opened.view.webContents
  preferences = opened.view.preferences
  session.go('https://town.example/')
  await expect.poll(() => opened.view.visible).toBe(true)
})
afterEach(() => {
  electron.WebContentsView.all.length = 0
  electron.BrowserWindow.all.length = 0
  electron.app.removeAllListeners()
  electron.sessions.clear()
})

const requested = (url: string, resourceType: string) => {
  let cancelled = false
  contents.session.beforeRequest({ url, resourceType }, ({ cancel }) => {
    cancelled = cancel
  })
  return cancelled ? 'held' : 'went'
}
const navigated = (event: string, url: string, isMainFrame: boolean) => {
  const preventDefault = vi.fn()
  contents.emit(event, { url, isMainFrame, preventDefault })
  return preventDefault.mock.calls.length > 0 ? 'held' : 'went'
}

const addresses: Partial<Record<BreakoutId, string[]>> = {
  U1: ['file:///etc/passwd', 'file:/etc/passwd', 'file:\\\\etc\\passwd', 'FILE://localhost/etc'],
  U2: ['C:\\Windows\\', 'c:/'],
  U3: ['\\\\server\\share', 'file://server/share'],
  U4: ['%WINDIR%\\', 'file:///%SYSTEMROOT%'],
  U5: ['shell:startup', 'shell:::{20D04FE0-3AEA-1069-A2D8-08002B30309D}'],
  U6: ['about:about', 'about:gpu'],
  U7: ['data:text/html,<h1>home</h1>'],
  U8: ['view-source:https://town.example/'],
  U9: ['javascript:alert(1)'],
  U10: ['mailto:a@b.example', 'news:x', 'telnet://x', 'ftp://x.example/', 'res://x', 'tel:110', 'sms:110'],
  U11: ['irc://x.example/%22%20--evil'],
  U12: ['ms-settings:', 'ms-windows-store:', 'intent://x#Intent;end', 'vscode://x'],
  U13: ['chrome://settings/', 'chrome-extension://x/', 'devtools://devtools/', 'chrome-untrusted://x'],
  U14: ['filesystem:https://town.example/temporary/x'],
  U15: ['app://kiosk/', 'app://kiosk/index.html'],
  U16: [
    'http://localhost/',
    'http://127.0.0.1:8640/',
    'http://[::1]/',
    'http://0.0.0.0/',
    'http://192.168.1.1/',
    'http://10.0.0.1/',
  ],
  U17: ['http://169.254.169.254/latest/meta-data/', 'http://metadata.google.internal/'],
  U18: [
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'https://town.example@evil.example/',
    'https://town.example./',
  ],
  U19: ['https://translate.example/?u=town.example', 'https://bus.example/redirect?to=https://town.example'],
}
for (const [id, urls] of Object.entries(addresses) as [BreakoutId, string[]][]) {
  breakout(id, 'Electron: navigated to, redirected to, framed, loaded, opened', () => {
    const outcomes = urls.flatMap((url) => [
      navigated('will-frame-navigate', url, true),
      navigated('will-redirect', url, true),
      navigated('will-frame-navigate', url, false),
      requested(url, 'mainFrame'),
      requested(url, 'subFrame'),
    ])
    expect(outcomes).toEqual(outcomes.map(() => 'held'))
    contents.emit('input-event', {}, { type: 'touchStart' })
    for (const url of urls) expect(contents.openWindow({ url })).toEqual({ action: 'deny' })
    expect(contents.history).toEqual(['https://town.example/'])
  })
}

it('what is listed goes its way: pages, frames, parts, sockets', () => {
  expect(navigated('will-frame-navigate', 'https://bus.example/time/1', true)).toBe('went')
  expect(requested('https://parts.example/a.js', 'script')).toBe('went')
  expect(requested('wss://parts.example/', 'webSocket')).toBe('went')
  expect(requested('wss://stranger.example/', 'webSocket')).toBe('held')
  expect(requested('https://parts.example/', 'mainFrame')).toBe('held')
  expect(navigated('will-frame-navigate', 'about:srcdoc', false)).toBe('went')
})

breakout(
  'U16',
  'Electron: the only way out is our forward proxy, for this machine too, and no name is asked for here',
  () => {
    expect(contents.session.proxy).toEqual({
      mode: 'fixed_servers',
      proxyRules: 'http://127.0.0.1:4711',
      proxyBypassRules: '<-loopback>',
    })
    expect(contents.webRtc).toBe('disable_non_proxied_udp')
  },
)

breakout('U10', 'Electron: another program for a link is asked for as a permission, and refused', () => {
  const answers: boolean[] = []
  contents.session.requestPermission(null, 'openExternal', (answer) => answers.push(answer))
  expect(answers).toEqual([false])
  expect(bench.refusals()).toEqual(['scheme'])
})

describe('dialogs and features', () => {
  /** As Chromium would add it to what the server said. */
  const headersOf = (headers: Record<string, string[]>) => {
    let answered: Record<string, string[]> = {}
    contents.session.headersReceived({ resourceType: 'mainFrame', responseHeaders: headers }, ({ responseHeaders }) => {
      answered = responseHeaders
    })
    return answered
  }
  const sandbox = () => headersOf({})['content-security-policy']?.at(-1)?.split(' ') ?? []

  breakout('D1', 'Electron: the choice of files is taken from the system, in frames of other sites too', async () => {
    const intercepted = () =>
      contents.debugger.sent
        .filter(({ method }) => method === 'Page.setInterceptFileChooserDialog')
        .map(({ sessionId }) => sessionId)
    expect(intercepted()).toEqual([undefined])
    const targetInfo = { type: 'iframe' }
    contents.debugger.emit('message', {}, 'Target.attachedToTarget', { sessionId: 'frame', targetInfo }, '')
    expect(intercepted()).toEqual([undefined, 'frame'])
    expect(contents.debugger.sent.at(-1)).toMatchObject({
      method: 'Runtime.runIfWaitingForDebugger',
      sessionId: 'frame',
    })
    contents.debugger.emit('message', {}, 'Page.fileChooserOpened', {}, 'frame')
    expect(bench.refusals()).toEqual(['file-dialog'])
  })

  breakout('D2', 'Electron: without what holds the file dialogs there is no session', async () => {
    contents.debugger.emit('detach', {}, 'replaced')
    await expect.poll(() => bench.last('failed')).toContain('replaced')
  })

  breakout('D3', 'Electron: no page may open a box, print included, whatever it says of itself', () => {
    expect(sandbox()).not.toContain('allow-modals')
    const own = headersOf({ 'Content-Security-Policy': ["default-src 'self'"], 'Permissions-Policy': ['fullscreen=*'] })
    expect(own['content-security-policy']).toEqual(["default-src 'self'", expect.stringMatching(/^sandbox /)])
    expect(JSON.stringify(own)).not.toContain('fullscreen=*')
  })

  breakout('D4', 'Electron: what is dropped on a page opens nothing', () => {
    expect(preferences.navigateOnDragDrop).toBe(false)
  })

  for (const [id, url] of [
    ['D5', 'https://town.example/a.zip'],
    ['D7', 'https://town.example/unknown'],
    ['D6', 'https://town.example/a.pdf'],
  ] as const)
    breakout(id, 'Electron: what would be a download is none', () => {
      const preventDefault = vi.fn()
      contents.session.emit('will-download', { preventDefault }, { getURL: () => url })
      expect(preventDefault).toHaveBeenCalled()
      expect(bench.refusals()).toEqual(['download'])
      expect(preferences.plugins).toBe(false)
    })

  breakout('D8', 'Electron: a touched link to a new window opens in place, without a touch nothing does', async () => {
    const url = 'https://bus.example/time'
    expect(contents.openWindow({ url })).toEqual({ action: 'deny' })
    expect(bench.refusals()).toEqual(['second-window'])
    contents.emit('input-event', {}, { type: 'touchStart' })
    expect(contents.openWindow({ url })).toEqual({ action: 'deny' })
    await expect.poll(() => bench.page()?.site).toBe('bus.example')
  })

  breakout('D9', 'Electron: a thousand windows after one touch are one page', async () => {
    contents.emit('input-event', {}, { type: 'touchStart' })
    for (let one = 0; one < 1_000; one += 1)
      expect(contents.openWindow({ url: `https://town.example/${one}` })).toEqual({ action: 'deny' })
    await expect.poll(() => contents.history.length).toBe(2)
    expect(bench.refusals()).toHaveLength(999)
  })

  breakout(
    'D10',
    'Electron: what a page says in boxes is told by our screen, three times at most, and it stays where it is no longer',
    async () => {
      const say = (kind: string) =>
        contents.debugger.emit(
          'message',
          {},
          'Runtime.bindingCalled',
          { name: 'kioskDialog', payload: JSON.stringify({ kind, text: '未入力です' }), executionContextId: 1 },
          '',
        )
      for (let time = 0; time < 50; time += 1) {
        say(time % 2 === 0 ? 'alert' : 'confirm')
        session.answer(true)
        await expect.poll(() => bench.last('question')).toBe(null)
      }
      const told = bench.heard.filter(([kind, question]) => kind === 'question' && question !== null)
      expect(told).toEqual(Array.from({ length: 3 }, () => ['question', { kind: 'tell', text: '未入力です' }]))
      expect(preferences.disableDialogs).toBe(true)
      const stay = vi.fn()
      contents.emit('will-prevent-unload', { preventDefault: stay })
      expect(stay).toHaveBeenCalled()
    },
  )

  breakout('D11', 'Electron: full screen, pointer and keyboard are refused, and a page that got it loses it', () => {
    const answers: boolean[] = []
    for (const permission of ['fullscreen', 'pointerLock', 'keyboardLock', 'screen-wake-lock'])
      contents.session.requestPermission(null, permission, (answer) => answers.push(answer))
    expect(answers).toEqual([false, false, false, false])
    expect(sandbox()).not.toContain('allow-pointer-lock')
    const run = vi.spyOn(contents, 'executeJavaScript')
    contents.emit('enter-html-full-screen')
    expect(run).toHaveBeenCalledWith('document.exitFullscreen()')
  })

  breakout('D12', 'Electron: every permission and device is refused, asked for or looked at', () => {
    const answers: boolean[] = []
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'midi',
      'clipboard-read',
      'usb',
      'serial',
      'hid',
      'display-capture',
      'local-fonts',
      'storage-access',
      'window-management',
      'unknown',
    ])
      contents.session.requestPermission(null, permission, (answer) => answers.push(answer))
    expect(new Set(answers)).toEqual(new Set([false]))
    expect([contents.session.checkPermission(), contents.session.checkDevice()]).toEqual([false, false])
  })

  breakout('D13', 'Electron: no sign-in box, no certificate of the machine, no bad certificate', async () => {
    const answer = vi.fn()
    contents.emit('login', { preventDefault: answer }, {}, { isProxy: false }, answer)
    contents.emit('certificate-error', { preventDefault: answer }, 'https://bus.example/', '', {}, answer, true)
    expect(answer).not.toHaveBeenCalled()
    expect(bench.refusals()).toEqual(['sign-in-box', 'certificate'])
    expect(bench.last('problem')).toEqual({ kind: 'refused', reason: 'certificate' })
    lockDownApp()
    const [given, prevented] = [vi.fn(), vi.fn()]
    electron.app.emit('select-client-certificate', { preventDefault: prevented }, contents, '', [{}], given)
    expect(prevented).toHaveBeenCalled()
    expect(given).toHaveBeenCalledWith()
  })

  breakout('D16', 'Electron: no worker of a site, which would answer in its place, is ever fetched', () => {
    let cancelled = false
    const requestHeaders = { 'Service-Worker': 'script' }
    contents.session.beforeSendHeaders({ requestHeaders }, ({ cancel }) => {
      cancelled = cancel
    })
    expect(cancelled).toBe(true)
  })

  breakout('D14', 'Electron: no spelling, no offer', () => {
    expect(preferences.spellcheck).toBe(false)
  })

  for (const id of ['D21', 'D22'] as const)
    breakout(
      id,
      'Electron: a list to choose from is drawn by our screen, and what was chosen reaches the page',
      async () => {
        const choices = [{ label: '一', chosen: true, disabled: false }]
        const payload = JSON.stringify({ note: 'choose', choices })
        const params = { name: 'kioskNote', payload, executionContextId: 7 }
        contents.debugger.emit('message', {}, 'Runtime.bindingCalled', params, '')
        expect(bench.last('question')).toEqual({ kind: 'choose', choices })
        expect(electron.WebContentsView.all.at(-1)?.visible).toBe(false)
        session.choose(0)
        await expect
          .poll(() => contents.debugger.sent.at(-1))
          .toMatchObject({
            method: 'Runtime.evaluate',
            params: { expression: 'kioskChoose(0)', contextId: 7 },
          })
        expect(electron.WebContentsView.all.at(-1)?.visible).toBe(true)
      },
    )
})

breakout('K21', 'Electron: in a strange page too, only typing reaches the page', () => {
  const press = (key: string, control = false) => {
    const preventDefault = vi.fn()
    contents.emit('before-input-event', { preventDefault }, { key, control, alt: false, meta: false })
    return preventDefault.mock.calls.length > 0 ? 'held' : 'went'
  }
  expect([press('w', true), press('r', true), press('F5'), press('F12'), press('a')]).toEqual([
    'held',
    'held',
    'held',
    'held',
    'went',
  ])
})

breakout('E3', 'Electron: a strange page gets no port to the kiosk, whatever address it shows', () => {
  const refused: string[] = []
  const posted = vi.fn()
  contents.on('posted', posted)
  const ports = createBridgePorts({ sendPort: () => () => undefined, onRefused: () => refused.push('refused') })
  for (const url of ['https://town.example/', 'app://kiosk/']) {
    contents.mainFrame.url = url
    electron.ipcMain.emit('kiosk-port', { sender: contents, senderFrame: contents.mainFrame })
    electron.ipcMain.emit('kiosk-port', { sender: contents, senderFrame: { url: 'app://kiosk/' } })
  }
  ports.serveWaiting()
  expect(refused).toHaveLength(4)
  expect(posted).not.toHaveBeenCalled()
  electron.ipcMain.removeAllListeners()
})

breakout('E4', 'Electron: a strange page has no preload, no Node, no world and no process of ours', () => {
  expect(preferences).not.toHaveProperty('preload')
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    nodeIntegrationInWorker: false,
    webSecurity: true,
  })
  expect(electron.session.defaultSession).not.toBe(contents.session)
})

breakout('E5', 'Electron: a page cannot attach a guest', () => {
  const preventDefault = vi.fn()
  contents.emit('will-attach-webview', { preventDefault })
  expect(preventDefault).toHaveBeenCalled()
  expect(preferences.webviewTag).toBe(false)
})
