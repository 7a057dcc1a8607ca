import { describe, expect, it } from 'vitest'
import {
  decideName,
  decideRequest,
  type InternetPolicy,
  type InternetRefusal,
  type InternetRequest,
  internetPolicySchema,
  type ParsedAddress,
} from './internet-policy.ts'

/** The contract knows neither Node nor a browser; both have this. */
declare const URL: { new (text: string): ParsedAddress; canParse(text: string): boolean }

const listed: InternetPolicy = {
  mode: 'listed',
  pages: [
    { host: 'town.example', paths: ['/'], plain: false },
    { host: 'bus.example', paths: ['/bus', '/time/table.html'], plain: false },
    { host: '*.school.example', paths: ['/'], plain: false },
    { host: 'old.example', paths: ['/'], plain: true },
    { host: 'half.example', paths: ['/plain'], plain: true },
    { host: 'half.example', paths: ['/secret'], plain: false },
    { host: 'xn--wbt680dprj.example', paths: ['/'], plain: false },
  ],
  parts: ['cdn.example', '*.tiles.example'],
  denied: ['*.translate.goog', 'closed.school.example', 'web.archive.org'],
  filter: null,
}
const filtered: InternetPolicy = { ...listed, mode: 'filtered', filter: { proxy: null, nameServers: ['192.0.2.53'] } }
/** Every rule as loose as a mistaken clerk could make it. */
const loosest: InternetPolicy = {
  ...filtered,
  pages: ['*.example', '*.local', '*.internal', '*.nip.io'].map((host) => ({ host, paths: ['/'], plain: true })),
  denied: [],
}

type Kind = InternetRequest['kind']
const parse = (text: string): ParsedAddress | null => (URL.canParse(text) ? new URL(text) : null)
const judge = (text: string, kind: Kind = 'page', policy = listed): InternetRefusal | 'allowed' => {
  const verdict = decideRequest({ address: parse(text), kind }, policy)
  return verdict.allowed ? 'allowed' : verdict.reason
}

describe('what is listed opens, and nothing beside it', () => {
  it.each<[string, Kind, InternetRefusal | 'allowed']>([
    ['https://town.example/', 'page', 'allowed'],
    ['https://town.example/any/%2e%2e%2fthing?x=1#y', 'page', 'allowed'],
    ['https://TOWN.example:443/', 'page', 'allowed'],
    ['https://芽室町.example/', 'page', 'allowed'],
    ['https://www.town.example/', 'page', 'not-listed'],
    ['https://eviltown.example/', 'page', 'not-listed'],
    ['https://town.example.evil.example/', 'page', 'not-listed'],
    ['https://school.example/', 'page', 'allowed'],
    ['https://a.b.school.example/', 'page', 'allowed'],
    ['https://evilschool.example/', 'page', 'not-listed'],
    ['https://closed.school.example/', 'page', 'denied'],
    ['https://bus.example/bus', 'page', 'allowed'],
    ['https://bus.example/bus/', 'page', 'allowed'],
    ['https://bus.example/bus/time?from=a', 'page', 'allowed'],
    ['https://bus.example/time/table.html', 'page', 'allowed'],
    ['https://bus.example/', 'page', 'not-listed'],
    ['https://bus.example/business', 'page', 'not-listed'],
    ['https://bus.example/Bus', 'page', 'not-listed'],
    ['https://bus.example/time/table.html.exe', 'page', 'not-listed'],
    ['https://bus.example/bus/../admin', 'page', 'not-listed'],
    ['https://bus.example/bus/%2e%2e/admin', 'page', 'not-listed'],
    ['https://bus.example/bus/..%2fadmin', 'page', 'not-listed'],
    ['https://bus.example/bus/..%5Cadmin', 'page', 'not-listed'],
    ['https://bus.example/bus/%252e%252e/admin', 'page', 'not-listed'],
    ['https://bus.example/bus/..%25252Fadmin', 'page', 'not-listed'],
    ['https://bus.example/bus/..;/admin', 'page', 'not-listed'],
    ['https://bus.example/bus/..;x=1/admin', 'page', 'not-listed'],
    ['https://bus.example/bus\\..\\admin', 'page', 'not-listed'],
    ['http://town.example/', 'page', 'not-encrypted'],
    ['http://elsewhere.example/', 'page', 'not-encrypted'],
    ['http://old.example/', 'page', 'allowed'],
    ['https://old.example/', 'page', 'allowed'],
    ['http://half.example/plain/a', 'page', 'allowed'],
    ['http://half.example/secret', 'page', 'not-listed'],
    ['https://half.example/secret', 'page', 'allowed'],
    ['http://half.example/other', 'page', 'not-listed'],
  ])('%s as a %s: %s', (text, kind, expected) => {
    expect(judge(text, kind)).toBe(expected)
  })

  it.each<[string, Kind, InternetRefusal | 'allowed']>([
    ['https://cdn.example/a.js', 'part', 'allowed'],
    ['https://a.tiles.example/1/2/3.png', 'part', 'allowed'],
    ['https://cdn.example/a.html', 'page', 'not-listed'],
    ['http://cdn.example/a.js', 'part', 'not-encrypted'],
    ['http://old.example/a.js', 'part', 'allowed'],
    ['https://bus.example/anywhere/logo.png', 'part', 'allowed'],
    ['https://tracker.example/1.gif', 'part', 'not-listed'],
    ['https://x.translate.goog/a.js', 'part', 'denied'],
    ['data:image/png;base64,AA', 'part', 'allowed'],
    ['blob:https://town.example/0-1', 'part', 'allowed'],
    ['wss://town.example/live', 'socket', 'allowed'],
    ['wss://cdn.example/live', 'socket', 'allowed'],
    ['wss://tracker.example/live', 'socket', 'not-listed'],
    ['ws://town.example/live', 'socket', 'not-encrypted'],
    ['ws://old.example/live', 'socket', 'allowed'],
    ['wss://town.example/live', 'page', 'scheme'],
    ['wss://town.example/live', 'part', 'scheme'],
    ['https://town.example/live', 'socket', 'scheme'],
    ['data:text/plain,x', 'socket', 'scheme'],
  ])('%s as a %s: %s', (text, kind, expected) => {
    expect(judge(text, kind)).toBe(expected)
  })

  it.each<[string, Kind, InternetRefusal | 'allowed']>([
    ['https://anything.example/', 'page', 'allowed'],
    ['https://bus.example/admin', 'page', 'allowed'],
    ['https://tracker.example/1.gif', 'part', 'allowed'],
    ['http://anything.example/', 'page', 'not-encrypted'],
    ['http://old.example/', 'page', 'allowed'],
    ['http://half.example/secret', 'page', 'not-encrypted'],
    ['https://town-example.translate.goog/', 'page', 'denied'],
    ['https://127.0.0.1/', 'page', 'private-address'],
    ['https://printer.local/', 'page', 'private-address'],
    ['https://anything.example:8443/', 'page', 'odd-address'],
  ])('behind the town’s own filter, %s as a %s: %s', (text, kind, expected) => {
    expect(judge(text, kind, filtered)).toBe(expected)
  })
})

/** Rows U1–U19 at the level of the function that decides; the running browser has its own tests of them. */
const ways: Record<string, { texts: string[]; reasons: InternetRefusal[] }> = {
  U1: {
    texts: ['file:///etc/passwd', 'file://localhost/etc/passwd', 'file:/etc/passwd', 'file:\\\\\\etc', 'FILE:////etc'],
    reasons: ['scheme'],
  },
  U2: { texts: ['C:\\Windows\\System32\\cmd.exe', 'c:/windows', 'file:///C:/'], reasons: ['scheme'] },
  U3: { texts: ['\\\\server\\share', '//server/share', 'file://server/share'], reasons: ['scheme', 'odd-address'] },
  U4: {
    texts: ['%WINDIR%\\notepad.exe', 'file:///%25HOME%25/', 'https://%USERPROFILE%/'],
    reasons: ['scheme', 'odd-address'],
  },
  U5: { texts: ['shell:startup', 'shell:::{20D04FE0-3AEA-1069-A2D8-08002B30309D}'], reasons: ['scheme'] },
  U6: { texts: ['about:blank', 'about:config', 'about:srcdoc', 'ABOUT:version'], reasons: ['scheme'] },
  U7: { texts: ['data:text/html,<script>alert(1)</script>', 'DATA:text/html;base64,PGI+'], reasons: ['scheme'] },
  U8: { texts: ['view-source:https://town.example/', 'view-source:file:///etc/passwd'], reasons: ['scheme'] },
  U9: {
    texts: ['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'java\nscript:alert(1)', '\u0001javascript:alert(1)'],
    reasons: ['scheme'],
  },
  U10: {
    texts: [
      'mailto:a@town.example',
      'news:a',
      'telnet://town.example',
      'ftp://town.example/',
      'res://a',
      'tel:110',
      'sms:110',
    ],
    reasons: ['scheme'],
  },
  U11: { texts: ['irc://town.example/" -s "x', 'irc:town.example'], reasons: ['scheme'] },
  U12: {
    texts: ['ms-settings:', 'ms-windows-store://home', 'intent://a#Intent;scheme=http;end', 'vscode://file/etc'],
    reasons: ['scheme'],
  },
  U13: {
    texts: [
      'chrome://settings',
      'chrome-extension://abcdefghijklmnopabcdefghijklmnop/a.html',
      'devtools://devtools/bundled/a.html',
    ],
    reasons: ['scheme'],
  },
  U14: { texts: ['blob:https://town.example/0-1', 'filesystem:https://town.example/temporary/a'], reasons: ['scheme'] },
  U15: { texts: ['kiosk://home/', 'app://screen/', 'memuro-kiosk:home', 'electron:a'], reasons: ['scheme'] },
  U16: {
    texts: [
      'https://localhost/',
      'https://LOCALHOST:5173/',
      'https://a.localhost/',
      'https://localhost.localdomain/',
      'https://127.0.0.1/',
      'https://127.9.9.9/',
      'https://[::1]/',
      'https://[::ffff:127.0.0.1]/',
      'https://0.0.0.0/',
      'https://0/',
      'https://10.0.0.1/',
      'https://172.16.0.1/',
      'https://192.168.1.1/',
      'https://169.254.1.1/',
      'https://[fe80::1]/',
      'https://[fd00::1]/',
      'https://hub/',
      'https://hub.local/',
      'https://router.lan/',
      'https://office.home.arpa/',
    ],
    reasons: ['private-address'],
  },
  U17: {
    texts: [
      'http://169.254.169.254/latest/meta-data/',
      'https://metadata.google.internal/',
      'http://[fd00:ec2::254]/',
      'http://100.100.100.200/',
    ],
    reasons: ['private-address'],
  },
  U18: {
    texts: [
      'https://2130706433/',
      'https://0x7f000001/',
      'https://0x7f.1/',
      'https://0177.0.0.1/',
      'https://127.1/',
      'https://１２７。０。０。１/',
      'https://①②⑦.0.0.1/',
      'https://ⓛocalhost/',
      'https://town.example./',
      'https://localhost./',
      'https://town.example@evil.example/',
      'https://town.example:pass@town.example/',
      'https://:@town.example:8443/',
      'https://town.example:8443/',
      'https://town.example%00.evil.example/',
      'https://town.example%2f.evil.example/',
      'https://town.examp1e/',
      'https://tоwn.example/',
      'https://bus.example\\@evil.example:1/',
    ],
    reasons: ['private-address', 'odd-address', 'not-listed'],
  },
  U19: {
    texts: [
      'https://town-example.translate.goog/?_x_tr_tl=en',
      'https://translate.goog/',
      'https://web.archive.org/web/2026/https://town.example/',
      'https://proxy.example/browse?u=https://town.example/',
      'https://elsewhere.example/from/town.example/',
    ],
    reasons: ['denied', 'not-listed'],
  },
}

describe.each(Object.entries(ways))('%s', (_, { texts, reasons }) => {
  it.each(texts)('%j is refused', (text) => {
    expect(reasons).toContain(judge(text))
    if (!reasons.includes('not-listed')) expect(judge(text, 'page', loosest)).not.toBe('allowed')
  })
})

describe('a name that the proxy is asked for', () => {
  it.each<[string, InternetRefusal | null]>([
    ['town.example', null],
    ['cdn.example', null],
    ['a.school.example', null],
    ['closed.school.example', 'denied'],
    ['elsewhere.example', 'not-listed'],
    ['127.0.0.1', 'private-address'],
    ['0x7f.1', 'private-address'],
    ['0x7f000001', 'private-address'],
    ['017700000001', 'private-address'],
    ['town.example.0x1.', 'private-address'],
    ['::1', 'private-address'],
    ['[::1]', 'private-address'],
    ['hub', 'private-address'],
    ['', 'private-address'],
    ['localhost', 'private-address'],
    ['printer.local', 'private-address'],
    ['town.example.', 'odd-address'],
    ['TOWN.example', 'odd-address'],
    ['town..example', 'odd-address'],
    ['.town.example', 'odd-address'],
    ['town.example\r\nx: y', 'odd-address'],
    ['town.example:443', 'odd-address'],
    ['芽室町.example', 'odd-address'],
    [`${'a'.repeat(64)}.example`, 'odd-address'],
    [`${'a.'.repeat(130)}example`, 'odd-address'],
  ])('%j: %s', (name, expected) => {
    expect(decideName(name, listed)).toBe(expected)
    if (expected === 'private-address' || expected === 'odd-address') expect(decideName(name, loosest)).toBe(expected)
  })

  it('any name that follows the town’s filter may be asked for, the forbidden ones excepted', () => {
    expect(decideName('anything.example', filtered)).toBeNull()
    expect(decideName('x.translate.goog', filtered)).toBe('denied')
  })
})

it.each<[string, object]>([
  ['a lone *', { parts: ['*'] }],
  ['a whole top-level domain', { parts: ['*.jp'] }],
  ['a host with a port', { parts: ['town.example:8443'] }],
  ['a number', { parts: ['127.0.0.1'] }],
  ['a path that is none', { pages: [{ host: 'town.example', paths: ['bus'], plain: false }] }],
  ['a page without a path', { pages: [{ host: 'town.example', paths: [], plain: false }] }],
  ['a word nobody knows', { allow: ['town.example'] }],
  ['filtered without a filter', { mode: 'filtered' }],
])('a policy with %s is refused whole', (_, change) => {
  expect(internetPolicySchema.safeParse(listed).success).toBe(true)
  expect(internetPolicySchema.safeParse({ ...listed, ...change }).success).toBe(false)
})
