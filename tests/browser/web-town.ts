import { createHash, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createGuardedBrowser } from '../../electron/chromium/guarded/guarded-browser.ts'
import { installedBrowser } from '../../electron/chromium/installed-browser.ts'
import { madeCertificate } from '../../electron/kiosk/testing/made-certificate.ts'
import { playedNet } from '../../electron/kiosk/testing/played-net.ts'

/** As the sample town's settings name it. */
const libraryHost = 'reserve.library.example'

/** Rows of 80 pixels one under the other, so that a finger knows where things are. */
const rowPx = 80
const rowAt = (row: number) => rowPx * row + rowPx / 2

const page = (title: string, rows: string[]) =>
  `<!doctype html><html lang="ja"><meta charset="utf-8"><title>${title}</title><style>
  body{margin:0;font:22px/1.6 sans-serif;color:#222}h1,.row{height:${rowPx}px;box-sizing:border-box;margin:0;padding:18px 32px;overflow:hidden;border-bottom:1px solid #ddd}
  h1{background:#14532d;color:#fff;font-size:30px}a{color:#0055ad;display:block}input,select,button{font-size:22px;padding:6px 14px}</style>
  <h1>${title}</h1>${rows.map((row) => `<div class="row">${row}</div>`).join('')}</html>`

const text = Array.from(
  { length: 40 },
  () => '芽室町は十勝平野の中西部にあり、畑作と酪農のまちです。お知らせと手続きをご案内します。',
)
const pages: Record<string, string> = {
  '/': page('芽室町', [
    '<a href="/news">新着のお知らせ</a>',
    '<a href="/form">問い合わせの書式</a>',
    '<a href="https://elsewhere.example/">町の外のページ</a>',
    ...text,
  ]),
  '/news': page('新着のお知らせ', text),
  '/form': `<form action="/thanks">${page('問い合わせ', [
    '<input name="q" placeholder="お名前">',
    '<select name="s"><option>住所の変更</option><option>税金</option><option>子育て</option></select>',
    '<button>送る</button>',
  ])}</form>`,
  '/thanks': page('受けつけました', text.slice(0, 1)),
}

/** The library's own system: whoever has signed in is known until he is forgotten. */
const card = /(?:^|; )card=(\w+)/
function libraryPage(path: string, cookie: string): string | null {
  if (path === '/titles/done') return page('予約を受けつけました', text.slice(0, 1))
  const [, title] = /^\/titles\/(\w+)$/.exec(path) ?? []
  if (title === undefined) return null
  const who = card.exec(cookie)?.[1]
  return `<form action="/titles/done">${page(`図書館の予約 ${title}`, [
    who === undefined ? '<input name="card" placeholder="利用カードの番号">' : `利用カード ${who}`,
    '<button>予約する</button>',
    ...text,
  ])}</form>`
}

/** The town's own site as a made-up server, under the names that the sample town's tiles have; and the guarded browser before it. `further` pages are in place of those of the same path. */
export async function startWebTown(further: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'web-town-'))
  const made = await madeCertificate('www.memuro.net', { from: 2020, to: 2090 })
  const spki = new X509Certificate(made.cert).publicKey.export({ type: 'spki', format: 'der' })
  const asked: string[] = []
  const cards: string[] = []
  const server: Server = createServer(made, (request, response) => {
    asked.push(`${request.headers.host}${request.url}`)
    const path = (request.url ?? '/').replace(/\?.*$/, '')
    const atLibrary = request.headers.host === libraryHost
    if (atLibrary) cards.push(card.exec(request.headers.cookie ?? '')?.[1] ?? '')
    const found = atLibrary ? libraryPage(path, request.headers.cookie ?? '') : (further[path] ?? pages[path])
    const signedIn = atLibrary ? card.exec((request.url ?? '').replace('?', '; '))?.[0] : undefined
    response.writeHead(found ? 200 : 404, {
      'content-type': 'text/html; charset=utf-8',
      ...(signedIn === undefined ? {} : { 'set-cookie': `${signedIn.replace('; ', '')}; Path=/; Secure; HttpOnly` }),
    })
    response.end(found ?? page('ありません', []))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const net = playedNet()
  net.host('www.memuro.net', { 443: port })
  net.host('elsewhere.example', { 443: port })
  net.host(libraryHost, { 443: port })
  const guardedBrowser = createGuardedBrowser({
    program: installedBrowser(process.env) ?? '',
    folder: join(folder, 'profiles'),
    environment: process.env,
    uptimeMs: () => performance.now(),
    // Only this key of the test's is vouched for; everything else is judged as ever.
    furtherFlags: [`--ignore-certificate-errors-spki-list=${createHash('sha256').update(spki).digest('base64')}`],
  })
  return {
    net,
    asked,
    linkAt: { news: rowAt(1), form: rowAt(2), outside: rowAt(3) },
    fieldAt: { name: rowAt(1), list: rowAt(2), send: rowAt(3) },
    reserveAt: { card: rowAt(1), send: rowAt(2) },
    /** Who the library took the asker for, each time. */
    cards,
    /** What the library was asked for. */
    askedOfLibrary: () =>
      asked
        .filter((address) => address.startsWith(`${libraryHost}/titles`))
        .map((address) => address.slice(libraryHost.length)),
    guardedBrowser,
    outside: net.outside,
    async close(): Promise<void> {
      await guardedBrowser.close()
      server.closeAllConnections()
      server.close()
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    },
  }
}
export type WebTown = Awaited<ReturnType<typeof startWebTown>>
