import { EventEmitter, once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { installedBrowser } from '../../electron/chromium/installed-browser.ts'
import { type LaunchedBrowser, launchBrowser } from '../../electron/chromium/launch-browser.ts'
import { guardedHeaders } from '../../electron/kiosk/internet/guarded-headers.ts'
import { armPage, type PageDebugger } from '../../electron/shell/guarded/arm-page.ts'
import { breakout } from './breakout.ts'

// What Electron's shell does to a page over Electron's own debugger, and the headers that it adds, done to a page of a real Chromium: the same protocol, the
// same engine. Only the door to it is another.

const program = installedBrowser(process.env)
const attachedSchema = z.object({ sessionId: z.string() })
const targetSchema = z.object({ targetId: z.string() })
const valueSchema = z.object({ result: z.object({ value: z.unknown().optional() }) })

describe.skipIf(program === null)(
  program === null ? 'no Chromium on this machine' : 'a page as Electron arms it',
  () => {
    let folder: string
    let site: Server
    let browser: LaunchedBrowser
    let pages: Record<string, string>
    let page: string
    let frames: string[]
    let heard: unknown[]
    let boxes: string[]
    let armed: Awaited<ReturnType<typeof armPage>>

    const address = (host: string, path: string) => `http://${host}:${(site.address() as AddressInfo).port}${path}`
    const send = (method: string, params: Record<string, unknown> = {}, session = page) =>
      browser.devtools.send(method, params, session)
    const evaluate = async (expression: string, session = page) =>
      valueSchema.parse(await send('Runtime.evaluate', { expression, userGesture: true, returnByValue: true }, session))
        .result.value
    const open = async (path: string) => {
      await send('Page.navigate', { url: address('127.0.0.1', path) })
      await expect.poll(() => evaluate('document.title')).toBe('done')
    }

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'electron-page-'))
      site = createServer((request, response) => {
        response.writeHead(200, guardedHeaders({ 'content-type': ['text/html; charset=utf-8'] }))
        response.end(`<!doctype html><body>${pages[request.url ?? ''] ?? ''}`)
      })
      site.listen(0)
      await once(site, 'listening')
      browser = await launchBrowser({
        program: program ?? '',
        profileDir: join(folder, 'profile'),
        headless: true,
        environment: process.env,
        size: { widthPx: 800, heightPx: 600 },
      })
      browser.devtools.onEvent(({ method, params, sessionId }) => {
        if (method === 'Page.javascriptDialogOpening') boxes.push(String(params.type))
        if (method === 'Target.attachedToTarget' && sessionId === page)
          frames.push(attachedSchema.parse(params).sessionId)
      })
    })
    afterAll(async () => {
      await browser.end()
      site.closeAllConnections()
      site.close()
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    })

    /** Electron's door: events of the page have no session, those of its frames have one. */
    const door = (): PageDebugger => {
      const [mine, its] = [page, frames]
      const events = new EventEmitter()
      browser.devtools.onEvent(({ method, params, sessionId }) => {
        if (sessionId === mine) events.emit('message', {}, method, params, '')
        else if (its.includes(sessionId ?? '')) events.emit('message', {}, method, params, sessionId)
      })
      return {
        attach: () => undefined,
        onMessage: (listener) => void events.on('message', listener),
        onDetach: () => undefined,
        send: (method, params, sessionId) => browser.devtools.send(method, params, sessionId ?? mine),
      }
    }

    const newPage = async () => {
      const { targetId } = targetSchema.parse(
        await browser.devtools.send('Target.createTarget', { url: 'about:blank' }),
      )
      page = attachedSchema.parse(
        await browser.devtools.send('Target.attachToTarget', { targetId, flatten: true }),
      ).sessionId
    }
    beforeEach(async () => {
      pages = {}
      frames = []
      heard = []
      boxes = []
      await newPage()
      armed = await armPage({
        devtools: door(),
        onTyping: (typing) => heard.push(typing),
        onDialog: ({ kind, text }) => heard.push(`${kind} ${text}`),
        onChoices: (choices) => heard.push(choices.map(({ label }) => label)),
        onFileDialog: () => heard.push('files'),
        onLost: (reason) => heard.push(reason),
      })
    })

    breakout('D1', 'Electron: no choice of files, in the page and in a frame of another site', async () => {
      pages['/frame'] = '<input type=file webkitdirectory><title>frame</title>'
      pages['/page'] =
        `<input type=file capture><iframe src="${address('localhost', '/frame')}"></iframe><title>done</title>`
      await open('/page')
      await evaluate('document.querySelector("input").click()')
      await expect.poll(() => heard).toEqual(['files'])
      await expect.poll(() => frames.length).toBe(1)
      const [frame = ''] = frames
      await expect.poll(() => evaluate('document.title', frame)).toBe('frame')
      await evaluate('document.querySelector("input").click()', frame)
      await expect.poll(() => heard).toEqual(['files', 'files'])
    })

    breakout('D2', 'Electron: no picker of the file system', async () => {
      pages['/page'] = '<title>done</title>'
      await open('/page')
      expect(
        await evaluate('[typeof showOpenFilePicker, typeof showSaveFilePicker, typeof showDirectoryPicker].join()'),
      ).toBe('undefined,undefined,undefined')
    })

    breakout(
      'D10',
      'Electron: boxes, print and a page that wants to stay hold nothing up; what they say is told',
      async () => {
        pages['/page'] = `<script>
      onbeforeunload = (event) => { event.preventDefault(); return 'stay' }
      alert('こんにちは'); print(); const sure = confirm('よろしいですか'); const name = prompt('お名前')
      const frame = document.createElement('iframe'); document.body.append(frame)
      frame.contentWindow.alert('枠の中'); frame.contentWindow.print()
      document.title = sure === false && name === null ? 'done' : 'answered'
    </script>`
        await open('/page')
        await expect
          .poll(() => heard)
          .toEqual(['alert こんにちは', 'confirm よろしいですか', 'prompt お名前', 'alert 枠の中'])
        await evaluate('document.body.click()')
        await open('/page')
        expect(boxes).toEqual([])
      },
    )

    breakout('D3', 'Electron: the headers alone hold every box, where no script of ours was in time', async () => {
      await newPage()
      await send('Page.enable')
      pages['/page'] = `<script>
      alert(1); print(); document.title = confirm(2) === false && prompt(3) === null ? 'done' : 'answered'
    </script>`
      await open('/page')
      expect(boxes).toEqual([])
    })

    breakout('D11', 'Electron: the headers alone hold full screen and the pointer', async () => {
      await newPage()
      await send('Page.enable')
      pages['/page'] = `<title>done</title><script>
      go = () => Promise.allSettled([document.body.requestFullscreen(), document.body.requestPointerLock()])
        .then((all) => all.map(({ status }) => status).join())
    </script>`
      await open('/page')
      const asked = { expression: 'go()', userGesture: true, awaitPromise: true, returnByValue: true }
      expect(valueSchema.parse(await send('Runtime.evaluate', asked)).result.value).toBe('rejected,rejected')
    })

    it('what has the focus is told, in frames of other sites too, and a field that is gone types no more', async () => {
      pages['/frame'] = '<input id=inside><title>frame</title>'
      pages['/page'] =
        `<input id=name><input id=pass type=password><iframe src="${address('localhost', '/frame')}"></iframe><title>done</title>`
      await open('/page')
      await evaluate('document.querySelector("#name").focus()')
      await expect.poll(() => heard.at(-1)).toBe('text')
      await evaluate('document.querySelector("#pass").focus()')
      await expect.poll(() => heard.at(-1)).toBe('secret')
      await evaluate('document.activeElement.blur()')
      await expect.poll(() => heard.at(-1)).toBe('no')
      await expect.poll(() => frames.length).toBe(1)
      const [frame = ''] = frames
      await expect.poll(() => evaluate('document.title', frame)).toBe('frame')
      await evaluate('document.querySelector("#inside").focus()', frame)
      await expect.poll(() => heard.at(-1)).toBe('text')
      await evaluate('document.querySelector("iframe").remove()')
      await expect.poll(() => heard.at(-1)).toBe('no')
    })

    breakout('D22', 'Electron: a list opens on our screen, and what was chosen there reaches the page', async () => {
      pages['/page'] = '<select><option>一<option>二</select><title>done</title>'
      await open('/page')
      await evaluate('document.querySelector("select").click()')
      await expect.poll(() => heard).toEqual([['一', '二']])
      armed.choose(1)
      await expect.poll(() => evaluate('document.querySelector("select").value')).toBe('二')
    })
  },
)
