import { z } from 'zod'

/** `name.example` that host alone, `*.name.example` that host and all below it; lower case, as a browser writes it (punycode). */
const hostPatternSchema = z
  .string()
  .max(253)
  .regex(/^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/)

const listedPageSchema = z.strictObject({
  host: hostPatternSchema,
  /** The address's path begins with one of these at a border (`/bus` holds `/bus/time`, not `/business`); `/` is all of the host. */
  paths: z.array(z.string().startsWith('/').max(300)).min(1),
  /** Without encryption too, where the site has none. */
  plain: z.boolean(),
})

/** Where the guarded browser may go. A mistake in it refuses the whole: the one before stays. */
export const internetPolicySchema = z
  .strictObject({
    /** `listed`: only the pages listed. `filtered`: all that the town's own filter lets through, apart from what is denied. */
    mode: z.enum(['listed', 'filtered']),
    /** Pages a visitor may open, in frames too. */
    pages: z.array(listedPageSchema).max(1_000),
    /** Hosts from which a listed page may load its parts: pictures, scripts, fonts. Never opened as pages. */
    parts: z.array(hostPatternSchema).max(1_000),
    /** Never, in either mode. */
    denied: z.array(hostPatternSchema).max(10_000),
    /** The town's filter: a forward proxy, and the name servers to ask in place of the machine's own. */
    filter: z
      .strictObject({
        proxy: z
          .strictObject({ host: z.string().min(1).max(253), port: z.number().int().min(1).max(65_535) })
          .nullable(),
        nameServers: z.array(z.union([z.ipv4(), z.ipv6()])).max(4),
      })
      .nullable(),
  })
  .refine((policy) => policy.mode === 'listed' || policy.filter !== null, 'filtered needs a filter')
export type InternetPolicy = z.infer<typeof internetPolicySchema>

/** Why something was not opened; the screen says it in words, the kiosk counts it, and neither keeps the address. */
export const internetRefusals = [
  /** Anything but http and https. */
  'scheme',
  'not-encrypted',
  'not-listed',
  'denied',
  /** This machine, this building, the hub, a cloud's metadata: by number, by name, or because a name led there. */
  'private-address',
  /** A number in place of a name, a name with a password, an odd port, a name that ends in a dot. */
  'odd-address',
  'download',
  'second-window',
  'file-dialog',
  'permission',
  'sign-in-box',
  'certificate',
] as const
export const internetRefusalSchema = z.enum(internetRefusals)
export type InternetRefusal = z.infer<typeof internetRefusalSchema>

/** An address in the parts that `new URL` gives; nothing else of it matters. */
export type ParsedAddress = {
  protocol: string
  hostname: string
  pathname: string
  port: string
  username: string
  password: string
}
export type InternetRequest = {
  /** null: it could not be read. */
  address: ParsedAddress | null
  /** `page`: the visitor's page, its frames and its redirects; `part`: whatever a page loads; `socket`: a WebSocket. */
  kind: 'page' | 'part' | 'socket'
}
export type InternetVerdict = { allowed: true } | { allowed: false; reason: InternetRefusal }

const refuse = (reason: InternetRefusal): InternetVerdict => ({ allowed: false, reason })
const allow: InternetVerdict = { allowed: true }
const plainOf: Record<string, boolean> = { 'http:': true, 'ws:': true, 'https:': false, 'wss:': false }
/** Names that lead home (RFC 6761, RFC 8375, RFC 6762) or that no public name may have. */
const privateName =
  /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|lan|home|corp|private|home\.arpa|test|invalid|onion)$/

/** Judges one address. What its name resolves to is judged by the forward proxy, which alone connects. */
export function decideRequest({ address, kind }: InternetRequest, policy: InternetPolicy): InternetVerdict {
  if (address === null) return refuse('odd-address')
  const { protocol, hostname, pathname, username, password, port } = address
  if (kind === 'part' && (protocol === 'data:' || protocol === 'blob:')) return allow
  const plain = plainOf[protocol]
  if (plain === undefined || (kind === 'socket') !== protocol.startsWith('ws')) return refuse('scheme')
  const odd = oddHost(hostname)
  if (odd !== null) return refuse(odd)
  if (username !== '' || password !== '' || port !== '') return refuse('odd-address')
  if (policy.denied.some((pattern) => matchesHost(pattern, hostname))) return refuse('denied')
  const hosts = policy.pages.filter(({ host }) => matchesHost(host, hostname))
  if (plain && !hosts.some((page) => page.plain)) return refuse('not-encrypted')
  // Of two rows for one host, each answers for its own paths.
  const open = hosts.some(
    (page) => (page.plain || !plain) && (kind !== 'page' || page.paths.some((path) => isBelow(path, pathname))),
  )
  if (open) return allow
  if (policy.mode === 'filtered') return plain ? refuse('not-encrypted') : allow
  if (kind === 'page') return refuse('not-listed')
  return policy.parts.some((pattern) => matchesHost(pattern, hostname)) ? allow : refuse('not-listed')
}

/** A name alone, as the forward proxy hears it. @returns null: a name that may be asked for */
export function decideName(hostname: string, policy: InternetPolicy): InternetRefusal | null {
  const odd = oddHost(hostname)
  if (odd !== null) return odd
  if (policy.denied.some((pattern) => matchesHost(pattern, hostname))) return 'denied'
  if (policy.mode === 'filtered') return null
  const known =
    policy.pages.some(({ host }) => matchesHost(host, hostname)) ||
    policy.parts.some((pattern) => matchesHost(pattern, hostname))
  return known ? null : 'not-listed'
}

function oddHost(hostname: string): InternetRefusal | null {
  // The URL parser has already turned decimal, octal and hexadecimal numbers into the usual form.
  if (hostname.startsWith('[') || /^[\d.]+$/.test(hostname)) return 'private-address'
  // A name that the proxy hears has been through no parser: `0x7f.1` is still a number to a resolver.
  if (/(?:^|\.)(?:\d+|0x[\da-f]*)\.?$/.test(hostname)) return 'private-address'
  if (privateName.test(hostname) || !hostname.includes('.'))
    return hostname.endsWith('.') ? 'odd-address' : 'private-address'
  if (hostname.length > 253 || !/^(?:[a-z0-9_-]{1,63}\.)+[a-z0-9-]{1,63}$/.test(hostname)) return 'odd-address'
  return null
}

export function matchesHost(pattern: string, hostname: string): boolean {
  if (!pattern.startsWith('*.')) return pattern === hostname
  return hostname === pattern.slice(2) || hostname.endsWith(pattern.slice(1))
}

/** Slashes and dots encoded, also twice, and `..;` are no border: what a server makes of them is not known here. */
function isBelow(path: string, pathname: string): boolean {
  if (path === '/') return true
  if (/%(?:25)*(?:2e|2f|5c)|\/\.{1,2}(?:;|%(?:25)*3b)/i.test(pathname)) return false
  return pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`)
}
