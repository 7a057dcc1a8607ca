import { isIPv4, isIPv6 } from 'node:net'
import { z } from 'zod'

const address = z.union([z.ipv4(), z.ipv6()])
const hex4 = z.string().regex(/^[0-9a-f]{4}$/, 'four hexadecimal digits in lower case, as lsusb shows them')

/** What the town's engineer says once for all kiosks: `site.json`, see `site.example.json` and docs/appliance.md. */
export const siteSchema = z
  .strictObject({
    hub: z.strictObject({
      url: z.url({ protocol: /^https$/ }),
      /** The firewall wants numbers. */
      addresses: z.array(address).min(1),
    }),
    nameServers: z.array(address).max(4),
    timeServers: z.array(address).min(1),
    /** As the internet policy of the release: `listed` reaches public web addresses, `filtered` the filter and its name servers only. */
    browsing: z.discriminatedUnion('mode', [
      z.strictObject({ mode: z.literal('listed') }),
      z.strictObject({
        mode: z.literal('filtered'),
        proxy: z.strictObject({ address, port: z.number().int().min(1).max(65_535) }),
        nameServers: z.array(address).max(4),
      }),
      z.strictObject({ mode: z.literal('none') }),
    ]),
    usb: z.array(
      z.strictObject({
        vendor: hex4,
        product: hex4,
        kind: z.enum(['touch-panel', 'keypad']),
        what: z
          .string()
          .max(80)
          .regex(/^[^"\n\\]*$/),
      }),
    ),
  })
  .refine(
    (site) => site.usb.some((device) => device.kind === 'touch-panel'),
    'no touch panel is allowed: nobody could touch',
  )
export type Site = z.infer<typeof siteSchema>

const made = '# Made from the site file by build/appliance; change it there.\n'

/** The files of the image that say where this town's machines may go and what may be plugged in: path below the root → text. */
export function renderSite(site: Site): Record<string, string> {
  return {
    'etc/kiosk/network.nft': networkNft(site),
    'etc/kiosk/hub.env': `${made}HUB=${new URL(site.hub.url).origin}\n`,
    'etc/resolv.conf': made + site.nameServers.map((server) => `nameserver ${server}\n`).join(''),
    'etc/chrony/sources.d/town.sources': site.timeServers
      .map((server) => `server ${server} iburst minpoll 6 maxpoll 10\n`)
      .join(''),
    'etc/udev/rules.d/75-kiosk-usb-allowed.rules': usbRules(site),
  }
}

function networkNft({ hub, nameServers, timeServers, browsing }: Site): string {
  const filtered = browsing.mode === 'filtered' ? browsing : null
  const hubPort = new URL(hub.url).port || '443'
  return `${made}${[
    set('hub', hub.addresses),
    set('filter', filtered ? [filtered.proxy.address] : []),
    set('dns', [...nameServers, ...(filtered?.nameServers ?? [])]),
    set('ntp', timeServers),
    chain('to_hub', [`ip daddr @hub4 tcp dport ${hubPort} accept`, `ip6 daddr @hub6 tcp dport ${hubPort} accept`]),
    chain(
      'to_filter',
      filtered === null
        ? []
        : [
            `ip daddr @filter4 tcp dport ${filtered.proxy.port} accept`,
            `ip6 daddr @filter6 tcp dport ${filtered.proxy.port} accept`,
          ],
    ),
    chain('to_dns', ['ip daddr @dns4 accept', 'ip6 daddr @dns6 accept']),
    chain('to_ntp', ['ip daddr @ntp4 accept', 'ip6 daddr @ntp6 accept']),
    chain('to_web', browsing.mode === 'listed' ? ['tcp dport { 80, 443 } accept'] : []),
  ].join('')}`
}

function set(name: string, addresses: string[]): string {
  const one = (family: '4' | '6', own: string[]) => {
    const unique = [...new Set(own)]
    const elements = unique.length === 0 ? '' : ` elements = { ${unique.join(', ')} };`
    return `set ${name}${family} { type ipv${family}_addr;${elements} }\n`
  }
  return one('4', addresses.filter(isIPv4)) + one('6', addresses.filter(isIPv6))
}

function chain(name: string, rules: string[]): string {
  return `chain ${name} {\n${rules.map((rule) => `  ${rule}\n`).join('')}}\n`
}

/** A touch panel that says it is a keyboard too (some do, and so does a thing that only says it is a touch panel) has no keys here. */
function usbRules({ usb }: Site): string {
  return (
    made +
    usb
      .map(({ vendor, product, kind, what }) => {
        const allow = `ACTION=="add", SUBSYSTEM=="usb", ENV{DEVTYPE}=="usb_device", ATTR{idVendor}=="${vendor}", ATTR{idProduct}=="${product}", ATTR{authorized}="1"`
        const noKeys = `SUBSYSTEM=="input", ATTRS{idVendor}=="${vendor}", ATTRS{idProduct}=="${product}", ENV{ID_INPUT_TOUCHSCREEN}!="1", ENV{LIBINPUT_IGNORE_DEVICE}="1"`
        return `# ${what}\n${allow}\n${kind === 'touch-panel' ? `${noKeys}\n` : ''}`
      })
      .join('')
  )
}
