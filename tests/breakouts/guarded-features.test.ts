import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { noteBinding } from '../../electron/kiosk/internet/page-script.ts'
import { breakout } from './breakout.ts'
import { browserMissing, type GuardedTown, startGuardedTown } from './hostile/guarded-town.ts'

const wide = 'style="display:block;width:700px;height:200px;background:#ccc;font-size:40px"'

describe.skipIf(browserMissing !== null)(`features of the browser, in a guarded page ${browserMissing ?? ''}`, () => {
  let town: GuardedTown
  beforeAll(async () => {
    town = await startGuardedTown()
  })
  afterAll(() => town.close())

  const title = () => expect.poll(() => town.open().title)
  const passing = () => expect.poll(() => town.open().passing?.reason)
  const refusals = () => town.open().passing?.count ?? 0
  /** A page that does something when it is touched, and is touched. */
  async function touched(script: string, more = ''): Promise<void> {
    town.site.page('/touched', `<title>before</title>${more}<button ${wide} onclick="${script}">touch</button>`)
    await town.visit('/touched')
    await title().toBe('before')
    await town.tapGrey(100, 100)
  }
  /** Whether the browser still does what it is asked, and its page is the only one. */
  async function goesOn(): Promise<void> {
    town.site.page('/on', '<title>goes on</title>')
    await town.visit('/on')
    await title().toBe('goes on')
  }

  breakout('D1', 'a field for files opens nothing, touched or by script', async () => {
    town.site.page('/file', `<title>file</title><input type="file" ${wide}>`)
    await town.visit('/file')
    town.tap(60, 100)
    await passing().toBe('file-dialog')
    await touched(
      "document.querySelector('input').click(); document.title = 'tried'",
      '<input type="file" webkitdirectory hidden>',
    )
    await title().toBe('tried')
    await goesOn()
  })

  breakout('D2', 'there is nothing to open or save with', async () => {
    await touched('document.title = [typeof showOpenFilePicker, typeof showSaveFilePicker, typeof showDirectoryPicker]')
    await title().toBe('undefined,undefined,undefined')
  })

  breakout('D3', 'printing does nothing, in a frame neither', async () => {
    await touched(
      "const frame = document.body.appendChild(document.createElement('iframe')); frame.contentWindow.print(); print(); document.title = 'printed'",
    )
    await title().toBe('printed')
    await goesOn()
  })

  breakout('D5', 'nothing is downloaded: a link, an attachment, by script', async () => {
    town.site.page('/attached', (_request, response) => {
      response.writeHead(200, { 'content-disposition': 'attachment; filename=carried-off.bin' })
      response.end('x'.repeat(10_000))
    })
    town.site.page('/link', `<title>link</title><a ${wide} href="/attached" download="carried-off.bin">get</a>`)
    await town.visit('/link')
    await town.tapGrey(100, 100)
    await passing().toBe('download')
    const before = refusals()
    await touched("location.href = '/attached'")
    await expect.poll(refusals).toBeGreaterThan(before)
    await touched(
      "const a = document.createElement('a'); a.href = URL.createObjectURL(new Blob(['x'])); a.download = 'carried-off.bin'; a.click()",
    )
    await goesOn()
    expect(namesIn(town.folder)).not.toContain('carried-off')
  })

  breakout('D6', 'a PDF is a download, and there are none', async () => {
    town.site.page('/paper.pdf', (_request, response) =>
      response.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF-1.4\n%%EOF'),
    )
    const before = refusals()
    await touched("location.href = '/paper.pdf'")
    await expect.poll(refusals).toBeGreaterThan(before)
    await passing().toBe('download')
    await goesOn()
  })

  breakout('D7', 'what the browser cannot show is not taken', async () => {
    town.site.page('/unknown', (_request, response) =>
      response.writeHead(200, { 'content-type': 'application/x-whatever' }).end('carried-off'),
    )
    const before = refusals()
    await touched("location.href = '/unknown'")
    await expect.poll(refusals).toBeGreaterThan(before)
    await passing().toBe('download')
    await goesOn()
  })

  breakout('D8', 'a link to a new tab, touched, is followed in the one page there is', async () => {
    town.site.page('/tab', `<title>tab</title><a href="/there" target="_blank" ${wide}>go</a>`)
    town.site.page('/there', '<title>there</title><body style="background:#0f0">')
    await town.visit('/tab')
    await town.tapGrey(100, 100)
    await title().toBe('there')
    await expect.poll(() => town.colour(400, 400)).toBe('0,4,0')
  })

  breakout('D8', 'a window that nobody touched for is refused', async () => {
    town.site.page(
      '/alone',
      "<title>alone</title><script>setTimeout(() => { open('/there'); document.title = 'tried' }, 2500)</script>",
    )
    await town.visit('/alone')
    await title().toBe('tried')
    expect(town.open().site).toBe('hostile.example')
    await expect.poll(() => town.open().title).toBe('tried')
  })

  breakout('D9', 'a thousand windows are one, and the page goes on', async () => {
    await touched("for (let n = 0; n < 1000; n += 1) window.open('/flood-' + n); document.title = 'flooded'")
    await expect.poll(() => town.open().title).not.toBe('before')
    await goesOn()
    expect(town.site.asked.filter((path) => path.includes('/flood-')).length).toBeLessThan(3)
  })

  breakout(
    'D10',
    'dialogs are asked on our own screen, and one that asks on and on is answered for the visitor',
    async () => {
      await touched("document.title = 'said ' + confirm('May I?')")
      await expect.poll(() => town.open().question).toEqual({ kind: 'confirm', text: 'May I?' })
      town.service.act({ act: 'answer', yes: true })
      await title().toBe('said true')
      town.site.page(
        '/loop',
        "<title>loop</title><script>for (let n = 0; n < 50; n += 1) alert(n); document.title = 'out'; onbeforeunload = (e) => e.preventDefault()</script>",
      )
      const loop = town.visit('/loop')
      const answering = setInterval(() => {
        const state = town.service.state()
        if (state.kind === 'open' && state.question !== null) town.service.act({ act: 'answer', yes: true })
      }, 50)
      await loop
      await title().toBe('out')
      clearInterval(answering)
      await goesOn()
    },
  )

  breakout(
    'D11',
    'a page as large as the screen is as large as its picture, and holds neither pointer nor keys',
    async () => {
      await touched(
        "document.documentElement.requestFullscreen().catch(() => 0); document.body.requestPointerLock?.(); navigator.keyboard?.lock?.().catch(() => 0); navigator.wakeLock?.request('screen').catch(() => 0); document.title = 'tried'",
      )
      await title().toBe('tried')
      expect(await town.pictureSize()).toEqual({ width: 800, height: 600 })
      await goesOn()
    },
  )

  breakout('D12', 'no permission is granted and none is asked for', async () => {
    town.site.page(
      '/permissions',
      `<title>asking</title><script>
      const wait = (p) => Promise.race([p.then(() => true, () => false), new Promise((go) => setTimeout(go, 3000, false))])
      const ask = {
        camera: () => navigator.mediaDevices.getUserMedia({ video: true }),
        microphone: () => navigator.mediaDevices.getUserMedia({ audio: true }),
        screen: () => navigator.mediaDevices.getDisplayMedia(),
        place: () => new Promise((yes, no) => navigator.geolocation.getCurrentPosition(yes, no)),
        notifications: () => Notification.requestPermission().then((said) => { if (said !== 'granted') throw said }),
        clipboard: () => navigator.clipboard.readText(),
        usb: () => navigator.usb.requestDevice({ filters: [] }),
        serial: () => navigator.serial.requestPort(),
        hid: () => navigator.hid.requestDevice({ filters: [] }),
        bluetooth: () => navigator.bluetooth.requestDevice({ acceptAllDevices: true }),
        midi: () => navigator.requestMIDIAccess({ sysex: true }),
        fonts: () => queryLocalFonts(),
        windows: () => getScreenDetails(),
        idle: () => IdleDetector.requestPermission().then((said) => { if (said !== 'granted') throw said }),
        key: () => navigator.credentials.create({ publicKey: { challenge: new Uint8Array(16), rp: { name: 'x' }, user: { id: new Uint8Array(16), name: 'x', displayName: 'x' }, pubKeyCredParams: [{ type: 'public-key', alg: -7 }] } }),
        share: () => navigator.share({ url: location.href }),
      }
      const call = async (name) => { try { return await wait(Promise.resolve(ask[name]())) } catch { return false } }
      Promise.all(Object.keys(ask).map(async (name) => [name, await call(name)])).then((all) => {
        document.title = 'granted: ' + all.filter(([, yes]) => yes).map(([name]) => name)
      })
      </script>`,
    )
    await town.visit('/permissions')
    await title().toBe('granted:')
    await goesOn()
  })

  breakout('D13', 'a box for name and password is not shown, and said to be refused', async () => {
    town.site.page('/auth', (_request, response) =>
      response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end('no'),
    )
    await touched("location.href = '/auth'")
    await passing().toBe('sign-in-box')
    await goesOn()
  })

  breakout('D13', 'a certificate that is not good stands between the visitor and the page', async () => {
    await town.visit('/', 'secure.example', 'https')
    await expect.poll(() => town.open().problem).toEqual({ kind: 'refused', reason: 'certificate' })
    await goesOn()
  })

  breakout('D14', 'no password is kept', async () => {
    town.site.page('/signed-in', '<title>signed in</title>')
    town.site.page(
      '/sign-in',
      '<title>sign in</title><form action="/signed-in"><input name="user" value="a"><input type="password" name="word" value="geheim-4711"></form><script>setTimeout(() => document.forms[0].submit(), 300)</script>',
    )
    await town.visit('/sign-in')
    await title().toBe('signed in')
    expect(filesHolding(town.folder, 'geheim-4711', /Login Data/)).toEqual([])
  })

  breakout('E4', 'Chromium: a page finds no preload, no Node and no name of ours', async () => {
    town.site.page(
      '/names',
      `<title>names</title><script>
      const ours = ['require', 'process', 'module', 'Buffer', 'global', '__dirname', 'electron', 'ipcRenderer', 'kiosk', 'bridge', 'cdc', '${noteBinding}']
      const fresh = document.documentElement.appendChild(document.createElement('iframe')).contentWindow
      addEventListener('load', () => {
        const more = Object.getOwnPropertyNames(self).filter((name) => /kiosk|bridge|electron|playwright|puppeteer/i.test(name))
        const kinds = [self, fresh].flatMap((where) => ours.filter((name) => name in where))
        document.title = 'found: ' + [...kinds, ...more]
      })
      </script>`,
    )
    await town.visit('/names')
    await title().toBe('found:')
  })

  breakout('E5', 'Chromium: a webview and a controlled frame are elements without power', async () => {
    town.site.page(
      '/guests',
      `<title>guests</title><webview src="/there" nodeintegration></webview><controlledframe src="/there"></controlledframe><script>
      addEventListener('load', () => setTimeout(() => {
        document.title = 'guests: ' + ['webview', 'controlledframe'].map((name) => {
          const guest = document.querySelector(name)
          return guest.constructor.name + (guest.executeJavaScript || guest.executeScript || guest.contentWindow ? '!' : '')
        })
      }, 300))
      </script>`,
    )
    await town.visit('/guests')
    await title().toMatch(/^guests: HTML\w*Element,HTML\w*Element$/)
    await goesOn()
  })

  breakout('D19', 'there is nobody to share with', async () => {
    await touched(
      "document.title = 'share ' + (navigator.share === undefined || !navigator.canShare?.({ url: location.href }))",
    )
    await title().toMatch(/^share (?:true|false)$/)
    await goesOn()
  })

  breakout('D20', 'a picture of its own over the screen is none, and nothing is cast', async () => {
    await touched(
      "const wait = (p) => Promise.race([p.then(() => 'yes', () => 'no'), new Promise((go) => setTimeout(go, 2000, 'no'))]); Promise.all([wait(Promise.resolve().then(() => documentPictureInPicture.requestWindow())), wait(Promise.resolve().then(() => new PresentationRequest('/x').start()))]).then((all) => { document.title = 'got ' + all })",
    )
    await title().toMatch(/^got /)
    await goesOn()
  })

  breakout('D21', 'pickers of colour and date open nothing', async () => {
    town.site.page('/pickers', `<title>pickers</title><input type="color" ${wide}><input type="date" ${wide}>`)
    await town.visit('/pickers')
    town.tap(100, 100)
    town.tap(100, 300)
    await expect.poll(() => town.open().typing).toBe('text')
    await goesOn()
  })

  breakout('D22', 'a list is chosen from on our own screen', async () => {
    town.site.page(
      '/select',
      `<title>select</title><select ${wide} onchange="document.title = 'chose ' + this.value"><option value="a">Alpha</option><option value="b">Beta</option><option disabled>no</option></select>`,
    )
    await town.visit('/select')
    // Beside its words: with another font of the machine one of their strokes lies there.
    await town.tapGrey(400, 160)
    await expect
      .poll(() => town.open().question)
      .toEqual({
        kind: 'choose',
        choices: [
          { label: 'Alpha', chosen: true, disabled: false },
          { label: 'Beta', chosen: false, disabled: false },
          { label: 'no', chosen: false, disabled: true },
        ],
      })
    town.service.act({ act: 'choose', index: 1 })
    await title().toBe('chose b')
  })

  breakout('D15', 'back leads nowhere for the next visitor', async () => {
    town.site.page('/secret', '<title>secret</title>')
    await town.visit('/secret')
    await town.leave()
    town.site.page('/fresh', '<title>fresh</title><script>document.title = "history " + history.length</script>')
    await town.visit('/fresh')
    expect(town.open().canBack).toBe(false)
    town.service.act({ act: 'back' })
    await goesOn()
    expect(town.open().title).toBe('goes on')
  })

  breakout('D16', 'no cookie, storage, cache or worker is left for the next visitor, nor on the disk', async () => {
    const mark = 'mark-of-the-first-visitor'
    town.site.page('/worker.js', (_request, response) =>
      response
        .writeHead(200, { 'content-type': 'text/javascript' })
        .end("onfetch = (e) => e.respondWith(new Response('from the worker'))"),
    )
    town.site.page(
      '/store',
      `<title>storing</title><script>
      document.cookie = 'mark=${mark}; max-age=99999'; localStorage.mark = '${mark}'; sessionStorage.mark = '${mark}'; name = '${mark}'
      new Promise((go) => { const open = indexedDB.open('mark', 1); open.onupgradeneeded = () => open.result.createObjectStore('${mark}'); open.onsuccess = go })
        .then(() => document.title = 'stored')
      </script>`,
    )
    town.site.page(
      '/look',
      `<title>looking</title><script>
      indexedDB.databases().then((all) => { document.title = 'found ' + JSON.stringify([document.cookie, localStorage.mark ?? '', sessionStorage.mark ?? '', name, all.length]) })
      </script>`,
    )
    await town.visit('/store')
    await title().toBe('stored')
    await town.visit('/look')
    await title().toContain(mark)
    await town.leave()
    expect(filesHolding(town.folder, mark, /./)).toEqual([])
    await town.visit('/look')
    await title().toBe('found ["","","","",0]')
  })

  breakout('D17', 'what one visitor copied the next cannot paste', async () => {
    await touched(
      "const field = document.querySelector('textarea'); field.select(); document.title = 'copied ' + document.execCommand('copy')",
      '<textarea>copied by the first</textarea>',
    )
    await title().toContain('copied ')
    await town.leave()
    await touched(
      "const field = document.querySelector('textarea'); field.focus(); document.execCommand('paste'); document.title = 'pasted [' + field.value + ']'",
      '<textarea></textarea>',
    )
    await title().toBe('pasted []')
  })

  breakout('D18', 'no print waits for the next visitor', async () => {
    await touched("print(); document.title = 'printed'")
    await title().toBe('printed')
    await town.leave()
    expect(namesIn(town.folder)).not.toMatch(/\.pdf|print/i)
  })
})

const namesIn = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).join('\n')

function filesHolding(folder: string, words: string, named: RegExp): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile() && named.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => existsSync(path) && readFileSync(path).includes(words))
}
