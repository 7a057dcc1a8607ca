import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect } from 'vitest'
import { breakout } from './breakout.ts'
import { browserMissing, type GuardedTown, startGuardedTown } from './hostile/guarded-town.ts'
import { redirect } from './hostile/hostile-site.ts'
import type { BreakoutId } from './rows.ts'

const red =
  '<title>RED</title><body style="margin:0;background:#f00"><script>document.body.style.background = "#f00"</script>'

describe.skipIf(browserMissing !== null)(`addresses, from a guarded page ${browserMissing ?? ''}`, () => {
  let town: GuardedTown
  let home: string
  beforeAll(async () => {
    town = await startGuardedTown()
    home = join(town.folder, 'red.html')
    writeFileSync(home, red)
    for (const host of ['stranger.example', 'denied.wide.example', 'parts.example']) town.site.page(`${host}/`, red)
    town.site.page('friend.example/private', red)
    town.site.page('friend.example/open', '<title>open</title>')
  })
  afterAll(() => town.close())
  beforeEach(() => void town.net.connections.splice(0))

  /** Every way a page has to an address: a frame, an object, a link, a window, a request, at last itself; then it paints itself green. */
  async function tries(urls: readonly string[]): Promise<void> {
    town.site.page(
      '/tries',
      `<title>trying</title><style>body{margin:0}iframe,object,embed,img{width:60px;height:40px}</style><body><script>
      const urls = ${JSON.stringify(urls)}
      // What is an address on this very site leads to this very site.
      const outside = (url) => !URL.canParse(url, location.href) || new URL(url, location.href).host !== location.host
      const quietly = (act) => { try { act()?.catch?.(() => 0) } catch {} }
      // One after the other: on a slow machine all at once would be a page that hangs, and be put away as that.
      const pause = () => new Promise((go) => setTimeout(go))
      const tryAll = async () => { for (const url of urls) {
        await pause()
        for (const [tag, name] of [['iframe', 'src'], ['object', 'data'], ['embed', 'src'], ['img', 'src']])
          quietly(() => { const one = document.createElement(tag); one[name] = url; document.body.append(one) })
        quietly(() => open(url)); quietly(() => open(url, '', 'popup,noopener'))
        if (outside(url)) quietly(() => { const a = document.createElement('a'); a.href = url; document.body.append(a); a.click() })
        quietly(() => fetch(url, { mode: 'no-cors' })); quietly(() => navigator.sendBeacon(url))
        quietly(() => new WebSocket(url.replace(/^http/, 'ws'))); quietly(() => new Worker(url)); if (outside(url)) quietly(() => { location.href = url })
      } }
      tryAll().then(() => setTimeout(() => { document.body.style.background = '#0f0'; document.title = 'tried' }, 1500))
      </script>`,
    )
    // From a page that has a name: one without is what is left when a page was taken away.
    await stands('/start', 'start')
    await town.visit('/tries')
    // Either the page is still there and has tried all of it, or nothing of it is any more: in its place is an empty page, or Chromium's for an address that is none, and our own word.
    await expect
      .poll(() => `${town.open().title} ${town.open().problem?.kind}`)
      .toMatch(/^tried |^(?:chrome-extension:\/\/invalid\/)? (?:refused|no-answer)$/)
    if (town.open().title === 'tried') await expect.poll(() => town.colour(790, 590)).toBe('0,4,0')
    // A frame that took one without asking the network is emptied at once; what was seen of it was its own paint, never something else's.
    await expect.poll(() => town.redPixels()).toBe(0)
    expect(town.open().site).toBe('hostile.example')
  }

  async function stands(path: string, title: string): Promise<void> {
    town.site.page(path, `<title>${title}</title>`)
    await town.visit(path)
    await expect.poll(() => `${town.open().title} ${JSON.stringify(town.open().problem)}`).toBe(`${title} null`)
  }

  /** A page that sends the browser there by itself: a refresh, and a redirect of the server's. */
  async function sends(url: string): Promise<void> {
    town.site.page('/refresh', `<title>refreshing</title><meta http-equiv="refresh" content="0; url=${url}">`)
    town.site.page('/redirect', redirect(url))
    for (const path of ['/refresh', '/redirect']) {
      await town.visit(path)
      expect(await town.redPixels()).toBe(0)
      // Each from a page that stands: what is refused of the one before must not be taken for an answer to the next.
      await stands('/after', 'after')
    }
  }

  const own = () => town.net.connections.filter((address) => !address.startsWith(town.hostileAddress))

  const schemes: [BreakoutId, string, () => string[]][] = [
    [
      'U1',
      'files',
      () => [
        `file://${home}`,
        `file:${home}`,
        `file:///${home}`,
        `FILE://${home}`,
        `file://localhost${home}`,
        `file:\\\\${home}`,
      ],
    ],
    ['U2', 'drives', () => ['C:\\Windows', 'C:/', '/c:/windows', 'file:///C:/']],
    ['U3', 'shares', () => ['\\\\server\\share', '//server/share', 'file://server/share', 'smb://server/share']],
    ['U4', 'variables', () => ['%APPDATA%', 'file:///%HOME%/', '%2Fetc%2Fpasswd']],
    ['U5', 'shells', () => ['shell:startup', 'shell:::{20D04FE0-3AEA-1069-A2D8-08002B30309D}']],
    ['U6', 'about', () => ['about:config', 'about:settings', 'about:version', 'about:gpu']],
    [
      'U7',
      'data',
      () => [
        `data:text/html,${encodeURIComponent(red)}`,
        `data:text/html;base64,${Buffer.from(red).toString('base64')}`,
      ],
    ],
    [
      'U8',
      'sources',
      () => [`view-source:file://${home}`, 'view-source:http://stranger.example/', 'view-source:chrome://version'],
    ],
    [
      'U10',
      'programs',
      () => [
        'mailto:a@example.jp',
        'news:x',
        'telnet:127.0.0.1',
        'ftp://stranger.example/',
        'res://x',
        'tel:110',
        'sms:110',
      ],
    ],
    ['U11', 'a program with words put into it', () => ['irc://x/%22%20--gpu-launcher=xterm', 'irc:x"; xterm']],
    [
      'U12',
      'settings and shops',
      () => ['ms-settings:', 'ms-windows-store:', 'intent://x#Intent;end', 'vscode:x', 'x-scheme-handler:x'],
    ],
    [
      'U13',
      "the browser's own pages",
      () => [
        'chrome://settings',
        'chrome://version',
        'chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/index.html',
        'devtools://devtools/bundled/inspector.html',
        'chrome://gpu',
        'chrome-untrusted://print',
      ],
    ],
  ]
  for (const [id, what, urls] of schemes) {
    breakout(id, `${what}: from a page nothing opens`, async () => {
      await tries(urls())
      expect(own()).toEqual([])
    })
    breakout(id, `${what}: refreshed or redirected to`, async () => {
      await sends(urls()[0] ?? '')
      expect(own()).toEqual([])
    })
  }

  breakout('U9', 'javascript: runs in its own page, and leads to no other', async () => {
    town.site.page(
      '/js',
      `<title>js</title><body><script>setTimeout(() => { location.href = "javascript:void(document.title = 'still here')" }, 100)</script>`,
    )
    await town.visit('/js')
    await expect.poll(() => town.open().title).toBe('still here')
    expect(town.open().site).toBe('hostile.example')
    town.site.page('/js2', redirect("javascript:document.title='x'"))
    await town.visit('/js2')
    expect(await town.redPixels()).toBe(0)
  })

  breakout('U14', 'a blob or a file system as a page is taken away again', async () => {
    town.site.page(
      '/blob',
      `<title>blob</title><body style="margin:0"><script>
      const url = URL.createObjectURL(new Blob([${JSON.stringify(red.replaceAll('</', '<\\/'))}], { type: 'text/html' }))
      const frame = document.createElement('iframe'); frame.src = url; document.body.append(frame)
      setTimeout(() => { document.body.style.background = '#0f0'; document.title = 'tried' }, 1000)
      setTimeout(() => { location.href = url }, 2000)
      </script>`,
    )
    await town.visit('/blob')
    await expect.poll(() => town.open().title).toBe('tried')
    await expect.poll(() => town.redPixels()).toBe(0)
    await expect.poll(() => town.open().problem).toEqual({ kind: 'refused', reason: 'scheme' })
    await expect.poll(() => town.redPixels()).toBe(0)
  })

  const reasons: [BreakoutId, string, () => string[]][] = [
    [
      'U15',
      "the kiosk's own bridge and schemes",
      () => [
        `http://127.0.0.1:${town.site.port}/bridge`,
        'kiosk://screen/',
        'app://screen/',
        `http://localhost:${town.site.port}/guarded`,
      ],
    ],
    [
      'U16',
      'this machine, this building, the hub',
      () => [
        `http://127.0.0.1:${town.site.port}/`,
        `http://localhost:${town.site.port}/`,
        `http://[::1]:${town.site.port}/`,
        `http://0.0.0.0:${town.site.port}/`,
        'http://127.1.2.3/',
        'http://10.0.0.1/',
        'http://172.16.0.1/',
        'http://192.168.1.1/',
        'http://169.254.1.1/',
        'http://[fe80::1]/',
        'http://hub.local/',
        'http://hub/',
      ],
    ],
    [
      'U17',
      "a cloud's metadata",
      () => [
        'http://169.254.169.254/latest/meta-data/',
        'http://metadata.google.internal/',
        'http://[fd00:ec2::254]/',
        'http://168.63.129.16/',
      ],
    ],
    [
      'U18',
      'numbers and names in disguise',
      () => [
        'http://2130706433/',
        'http://0177.0.0.1/',
        'http://0x7f.1/',
        'http://0x7f000001/',
        'http://127.1/',
        'http://[::ffff:127.0.0.1]/',
        'http://hostile.example@stranger.example/',
        'http://hostile.example:80@stranger.example/',
        'http://hostile.example./',
        'http://hostile.example%2estranger.example/',
        'http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/',
        'http://stranger。example/',
        'http://hostile.example\\@stranger.example/',
        'http:stranger.example',
        '//stranger.example/',
      ],
    ],
    [
      'U19',
      'a site that sends on, or shows others',
      () => [
        'http://stranger.example/',
        'http://denied.wide.example/',
        'http://friend.example/private',
        'http://friend.example/open/../private',
        'http://friend.example/open%2f..%2fprivate',
        'http://parts.example/',
      ],
    ],
  ]
  for (const [id, what, urls] of reasons) {
    breakout(id, `${what}: nothing is connected to`, async () => {
      await tries(urls())
      for (const url of urls().slice(0, 2)) await sends(url)
      const reached = own().map((address) => town.nameAt(address))
      // The parts of a listed page may come from there; its pages may not, which is what is red.
      expect(reached.filter((name) => name !== 'parts.example' && name !== 'friend.example')).toEqual([])
    })
  }

  breakout('U18', 'a name that leads elsewhere the second time leads nowhere', async () => {
    const [first] = await town.net.outside.resolve('rebinding.example', [])
    let asked = 0
    town.net.resolves('rebinding.example', () => {
      asked += 1
      return asked === 1 ? [first ?? ''] : ['127.0.0.1']
    })
    town.site.page(
      'rebinding.example/',
      `<title>rebinding</title><script>setTimeout(async () => { const said = await fetch('/secret?' + Math.random()).then((r) => r.status, () => 'nothing'); document.title = 'heard ' + said }, 300)</script>`,
    )
    await town.visit('/', 'rebinding.example')
    await expect.poll(() => town.open().title).toBe('heard 403')
    expect(town.net.connections.every((address) => !address.startsWith('127.'))).toBe(true)
  })

  breakout('U16', 'a call past the proxy (WebRTC, WebTransport) is none, in frames and workers neither', async () => {
    town.site.page(
      '/rtc',
      `<title>rtc</title><body><script>
      const inFrame = document.body.appendChild(document.createElement('iframe')).contentWindow
      const worker = new Worker(URL.createObjectURL(new Blob(['postMessage([typeof RTCPeerConnection, typeof WebTransport])'])))
      worker.onmessage = ({ data }) => { document.title = 'calls ' + [typeof RTCPeerConnection, typeof inFrame.RTCPeerConnection, data[0], typeof WebTransport] }
      </script>`,
    )
    await town.visit('/rtc')
    await expect.poll(() => town.open().title).toBe('calls undefined,undefined,undefined,undefined')
  })

  breakout('U19', 'what was refused is said, counted by reason, and no address is kept', async () => {
    town.site.page(
      '/there',
      '<title>there</title><a href="https://stranger.example/secret-path" style="display:block;height:300px;background:#ccc">go</a>',
    )
    await town.visit('/there')
    await town.tapGrey(100, 100)
    await expect.poll(() => town.open().problem).toEqual({ kind: 'refused', reason: 'not-listed' })
    expect(town.open().title).toBe('there')
    town.service.act({ act: 'dismiss' })
    expect(town.open().problem).toBe(null)
    await town.leave()
    expect(town.refusedInAccount()['not-listed']).toBeGreaterThan(0)
    expect(JSON.stringify(town.reports)).not.toMatch(/example|secret-path/)
  })
})
