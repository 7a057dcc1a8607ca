import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { renderSite, type Site, siteSchema } from './site.ts'

const example: unknown = JSON.parse(readFileSync(join(import.meta.dirname, 'site.example.json'), 'utf8'))
const site = siteSchema.parse(example)
const other = (change: Partial<Record<keyof Site, unknown>>) => siteSchema.safeParse({ ...site, ...change })

describe('a site file', () => {
  it.each([
    { what: 'a hub without encryption', change: { hub: { url: 'http://10.20.0.5:8640', addresses: ['10.20.0.5'] } } },
    { what: 'a hub without a number', change: { hub: { url: 'https://hub.example', addresses: [] } } },
    { what: 'a name where the firewall wants a number', change: { nameServers: ['dns.example'] } },
    { what: 'no time server', change: { timeServers: [] } },
    { what: 'filtered without a filter', change: { browsing: { mode: 'filtered' } } },
    { what: 'no touch panel', change: { usb: [] } },
    {
      what: 'a device that would write its own rule',
      change: { usb: [{ vendor: '222a', product: '00*1', kind: 'touch-panel', what: 'x' }] },
    },
    {
      what: 'a remark that would write a line of its own',
      change: { usb: [{ vendor: '222a', product: '0001', kind: 'touch-panel', what: 'x\nACTION=="add"' }] },
    },
    { what: 'a word that is not known', change: { wifi: true } },
  ])('is refused with $what', ({ change }) => {
    expect(other(change).success).toBe(false)
  })

  it('takes numbers of both kinds apart, and each once', () => {
    const both = siteSchema.parse({
      ...site,
      hub: { url: 'https://hub.town.example', addresses: ['10.20.0.5', '2001:db8::5', '10.20.0.5'] },
    })
    const nft = renderSite(both)['etc/kiosk/network.nft']
    expect(nft).toContain('set hub4 { type ipv4_addr; elements = { 10.20.0.5 }; }')
    expect(nft).toContain('set hub6 { type ipv6_addr; elements = { 2001:db8::5 }; }')
    expect(nft).toContain('ip6 daddr @hub6 tcp dport 443 accept')
  })

  it('lets a keypad have keys, and a touch panel none', () => {
    const rules = renderSite(site)['etc/udev/rules.d/75-kiosk-usb-allowed.rules'] ?? ''
    const ignoring = rules.split('\n').filter((line) => line.includes('LIBINPUT_IGNORE_DEVICE'))
    expect(ignoring).toHaveLength(1)
    expect(ignoring[0]).toContain('ATTRS{idVendor}=="222a"')
  })
})
