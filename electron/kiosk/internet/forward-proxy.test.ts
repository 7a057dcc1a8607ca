import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, createServer as createSocketServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { InternetPolicy } from '../../../contract/internet-policy.ts'
import { type PlayedNet, playedNet } from '../testing/played-net.ts'
import { type ForwardProxy, startForwardProxy } from './forward-proxy.ts'

const policy: InternetPolicy = {
  mode: 'listed',
  pages: [
    { host: 'town.example', paths: ['/'], plain: true },
    { host: 'bank.example', paths: ['/'], plain: false },
    { host: 'twofaced.example', paths: ['/'], plain: true },
  ],
  parts: ['parts.example'],
  denied: ['bad.example'],
  filter: null,
}

let net: PlayedNet
let proxy: ForwardProxy
let site: Server
let refused: string[]
let sitePort: number

beforeEach(async () => {
  net = playedNet()
  refused = []
  site = createServer((request, response) => {
    if (request.url === '/endless') {
      const more = () => {
        while (response.write(Buffer.alloc(65_536))) if (response.destroyed) return
        response.once('drain', more)
      }
      more()
    } else
      response.end(
        `${request.method} ${request.url} ${request.headers.host} ${request.headers['proxy-connection'] ?? '-'}`,
      )
  })
  site.listen(0, '127.0.0.1')
  await once(site, 'listening')
  sitePort = (site.address() as AddressInfo).port
  net.host('town.example', { 80: sitePort })
  net.host('bank.example', { 443: sitePort })
  net.host('bad.example', { 80: sitePort, 443: sitePort })
  proxy = await startForwardProxy({
    outside: net.outside,
    limits: { connectionBytes: 2_000_000, connectMs: 20_000 },
    onRefused: (_name, problem) => refused.push(problem.kind === 'refused' ? problem.reason : problem.kind),
  })
  proxy.use(policy)
})
afterEach(async () => {
  await proxy.close()
  site.closeAllConnections()
  site.close()
})

/** What a browser says to its proxy, and what it hears until the end. */
async function say(words: string): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port: proxy.port })
  socket.write(words)
  return text(socket)
}
const get = (url: string) =>
  say(`GET ${url} HTTP/1.1\r\nHost: whatever.example\r\nProxy-Connection: keep-alive\r\nConnection: close\r\n\r\n`)
const tunnel = (target: string, inside = '') => say(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n${inside}`)
const status = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1])

describe('the forward proxy', () => {
  it('hands a plain request on, under the name in its address', async () => {
    const answer = await get('http://town.example/a?b')
    expect(status(answer)).toBe(200)
    expect(answer).toContain('GET /a?b town.example -')
  })

  it('opens a tunnel to a listed name at 443 and to no other port', async () => {
    const inside = 'GET /in HTTP/1.1\r\nHost: bank.example\r\nConnection: close\r\n\r\n'
    expect(await tunnel('bank.example:443', inside)).toContain('GET /in bank.example')
    expect(status(await tunnel('bank.example:22'))).toBe(403)
    expect(status(await tunnel('bank.example:80'))).toBe(403)
    expect(refused).toEqual(['odd-address', 'not-encrypted'])
  })

  it.each([
    ['stranger.example:443', 'not-listed'],
    ['bad.example:443', 'denied'],
    ['127.0.0.1:443', 'private-address'],
    ['[::1]:443', 'private-address'],
    ['localhost:443', 'private-address'],
    ['2130706433:443', 'private-address'],
    ['town.example.:443', 'odd-address'],
    ['metadata.google.internal:443', 'private-address'],
  ])('opens no tunnel to %s: %s', async (target, reason) => {
    expect(status(await tunnel(target))).toBe(403)
    expect(refused).toEqual([reason])
    expect(net.connections).toEqual([])
  })

  it.each(['127.0.0.1', '10.0.0.1', '::ffff:127.0.0.1', 'fd00:ec2::254', '169.254.169.254'])(
    'a listed name that resolves to %s is not connected to',
    async (address) => {
      net.resolves('town.example', () => [address])
      expect(status(await get('http://town.example/'))).toBe(403)
      net.resolves('town.example', () => ['93.184.0.1', address])
      expect(status(await get('http://town.example/'))).toBe(403)
      expect(net.connections).toEqual([])
      expect(proxy.whyNot('town.example')).toEqual({ kind: 'refused', reason: 'private-address' })
    },
  )

  it('connects to the number that it judged, whatever the name says the next moment', async () => {
    const address = net.host('first.example', { 80: sitePort })
    let asked = 0
    net.resolves('twofaced.example', () => {
      asked += 1
      return asked === 1 ? [address] : ['127.0.0.1']
    })
    expect(status(await get('http://twofaced.example/'))).toBe(200)
    expect(net.connections).toEqual([`${address}:80`])
    expect(status(await get('http://twofaced.example/'))).toBe(403)
    expect(net.connections).toEqual([`${address}:80`])
  })

  it('lets nothing through before it has rules, and after', async () => {
    proxy.use(null)
    expect(status(await get('http://town.example/'))).toBe(403)
    expect(net.connections).toEqual([])
  })

  it('says that the line is cut when no name is found, and that a site does not answer when it does not', async () => {
    net.cut(true)
    expect(status(await get('http://town.example/'))).toBe(502)
    expect(proxy.whyNot('town.example')).toEqual({ kind: 'line-cut' })
    net.cut(false)
    net.resolves('town.example', () => ['93.184.1.200'])
    expect(status(await get('http://town.example/'))).toBe(502)
    expect(proxy.whyNot('town.example')).toEqual({ kind: 'no-answer' })
    expect(refused).toEqual([])
  })

  it('cuts an answer without end', async () => {
    const answer = await get('http://town.example/endless')
    expect(answer.length).toBeGreaterThan(1_000_000)
    expect(answer.length).toBeLessThan(4_000_000)
  })

  it('goes through the filter of the town, and says what the filter says', async () => {
    const heard: string[] = []
    const filter = createSocketServer((socket) => {
      socket.on('error', () => undefined)
      socket.once('data', (chunk) => {
        const [line = ''] = chunk.toString().split('\r\n')
        heard.push(line)
        socket.end(line.includes('bank.example') ? 'HTTP/1.1 200 OK\r\n\r\nthrough' : 'HTTP/1.1 403 Forbidden\r\n\r\n')
      })
    })
    filter.listen(0, '127.0.0.1')
    await once(filter, 'listening')
    const address = net.host('filter.town.example', { 3128: (filter.address() as AddressInfo).port })
    proxy.use({
      ...policy,
      mode: 'filtered',
      filter: { proxy: { host: address, port: 3128 }, nameServers: [] },
    })
    net.host('anything.example', {})
    expect(await tunnel('bank.example:443')).toContain('through')
    expect(status(await tunnel('anything.example:443'))).toBe(403)
    expect(refused).toEqual(['denied'])
    expect(status(await tunnel('bad.example:443'))).toBe(403)
    net.resolves('bank.example', () => ['192.168.0.1'])
    expect(status(await tunnel('bank.example:443'))).toBe(403)
    expect(heard).toEqual(['CONNECT bank.example:443 HTTP/1.1', 'CONNECT anything.example:443 HTTP/1.1'])
    filter.close()
  })
})
