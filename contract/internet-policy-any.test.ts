import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decideName,
  decideRequest,
  type InternetPolicy,
  type InternetRefusal,
  type InternetRequest,
  type ParsedAddress,
} from './internet-policy.ts'

/** The contract knows neither Node nor a browser; both have this. */
declare const URL: { new (text: string): ParsedAddress; canParse(text: string): boolean }

type Kind = InternetRequest['kind']
const parse = (text: string): ParsedAddress | null => (URL.canParse(text) ? new URL(text) : null)
function judge(text: string, kind: Kind, policy: InternetPolicy): InternetRefusal | 'allowed' {
  const verdict = decideRequest({ address: parse(text), kind }, policy)
  return verdict.allowed ? 'allowed' : verdict.reason
}

const byte = fc.integer({ min: 0, max: 255 })
const privateIpv4 = fc.oneof(
  fc.tuple(fc.constantFrom(0, 10, 127), byte, byte, byte),
  fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), byte, byte),
  fc.tuple(fc.constant(192), fc.constant(168), byte, byte),
  fc.tuple(fc.constant(169), fc.constant(254), byte, byte),
)
const numberOf = ([a, b, c, d]: [number, number, number, number]) => ((a * 256 + b) * 256 + c) * 256 + d
const writeOne = fc.constantFrom(
  (part: number) => `${part}`,
  (part: number) => `0x${part.toString(16)}`,
  (part: number) => `0${part.toString(8)}`,
  (part: number) => `0X${part.toString(16).toUpperCase()}`,
)
/** All the ways in which a browser reads a number as an address. */
const privateNumber = fc
  .tuple(privateIpv4, writeOne, writeOne, fc.integer({ min: 0, max: 5 }))
  .map(([ip, one, two, form]) => {
    const [a, b, c, d] = ip
    if (form === 0) return one(numberOf(ip))
    if (form === 1) return `${one(a)}.${two((b * 256 + c) * 256 + d)}`
    if (form === 2) return `${one(a)}.${two(b)}.${one(c * 256 + d)}`
    if (form === 3) return `[::ffff:${a}.${b}.${c}.${d}]`
    if (form === 4) return `[64:ff9b::${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}]`
    return `${one(a)}.${two(b)}.${one(c)}.${two(d)}`
  })
const label = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/)
const privateHost = fc.oneof(
  privateNumber,
  fc.constantFrom('[::1]', '[::]', '[fe80::1]', '[fd12:3456::1]', '[0:0:0:0:0:0:0:1]'),
  label.filter((name) => !/^0x/.test(name)),
  fc
    .tuple(label, fc.constantFrom('localhost', 'local', 'internal', 'lan', 'home.arpa', 'intranet', 'corp', 'test'))
    .map(([name, tail]) => `${name}.${tail}`),
)
/** Letters that a browser reads as the plain one, and escapes. */
const disguise = (host: string, how: number) => {
  if (how === 1 && !host.startsWith('['))
    return host.replace(/[\dA-Za-z]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0))
  if (how === 2 && !host.startsWith('[')) return host.replaceAll('.', '。')
  if (how === 3 && !host.startsWith('[')) return host.replace(/[a-z]/g, (char) => `%${char.charCodeAt(0).toString(16)}`)
  return how === 4 ? host.toUpperCase() : how === 5 && !host.startsWith('[') ? `${host}.` : host
}
const scheme = fc.constantFrom('https', 'http', 'HTTPS')
const tail = fc.oneof(
  fc.constant('/'),
  fc.webPath().map((path) => `/${path}`),
)
const kinds = fc.constantFrom<Kind>('page', 'part', 'socket')
const host = fc.array(label, { minLength: 2, maxLength: 4 }).map((labels) => labels.join('.'))

describe('in whatever policy', () => {
  /** Lists the very host that is asked for, and all of the names of the addresses above. */
  const policy = fc.record({
    mode: fc.constantFrom<InternetPolicy['mode']>('listed', 'filtered'),
    pages: fc.array(
      fc.record({
        host: fc.oneof(
          host,
          host.map((name) => `*.${name}`),
          fc.constantFrom('*.local', '*.internal', '*.test'),
        ),
        paths: fc.array(fc.constantFrom<string[]>('/', '/bus', '/a/b'), { minLength: 1, maxLength: 2 }),
        plain: fc.boolean(),
      }),
      { maxLength: 4 },
    ),
    parts: fc.array(host, { maxLength: 2 }),
    denied: fc.array(host, { maxLength: 2 }),
    filter: fc.constant<InternetPolicy['filter']>({ proxy: null, nameServers: [] }),
  })

  it('no private address is ever opened, however it is written', () => {
    fc.assert(
      fc.property(policy, scheme, privateHost, fc.nat(5), tail, kinds, (rules, protocol, name, how, path, kind) => {
        const asked = disguise(name, how)
        const listing: InternetPolicy = {
          ...rules,
          pages: [...rules.pages, { host: name, paths: ['/'], plain: true }],
          parts: [name],
        }
        const text = `${kind === 'socket' ? 'wss' : protocol}://${asked}${path}`
        expect(judge(text, kind, listing)).toMatch(/^(?:private|odd)-address$/)
        const parsed = parse(text)
        for (const heard of [name, asked, parsed?.hostname ?? name]) expect(decideName(heard, listing)).not.toBeNull()
      }),
      { numRuns: 3_000 },
    )
  })

  it('no name with a password or an odd port is ever opened, even of a listed host', () => {
    const user = fc.stringMatching(/^[a-z0-9%.@-]{1,8}$/)
    const port = fc.integer({ min: 1, max: 65_535 }).filter((one) => one !== 80 && one !== 443)
    fc.assert(
      fc.property(
        policy,
        host,
        fc.oneof(fc.tuple(user, fc.constant('')), fc.tuple(fc.constant(''), port)),
        tail,
        (rules, name, [who, at], path) => {
          const listing: InternetPolicy = { ...rules, denied: [], pages: [{ host: name, paths: ['/'], plain: true }] }
          const text = `https://${who === '' ? '' : `${who}@`}${name}${at === '' ? '' : `:${at}`}${path}`
          expect(judge(text, 'page', listing)).not.toBe('allowed')
        },
      ),
      { numRuns: 1_000 },
    )
  })

  it('a listed host opens below its paths’ borders, and nowhere else', () => {
    const segment = fc.stringMatching(/^[A-Za-z0-9_~-]{1,6}$/)
    const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => `/${segments.join('/')}`)
    // Public names only: `label.test` would be refused for another reason.
    const publicHost = host.map((name) => `${name}.example`)
    fc.assert(
      fc.property(publicHost, path, path, segment, (name, allowed, other, more) => {
        const pages = [{ host: name, paths: [allowed], plain: false }]
        const rules: InternetPolicy = { mode: 'listed', pages, parts: [], denied: [], filter: null }
        for (const below of [allowed, `${allowed}/`, `${allowed}/${more}`, `${allowed}?${more}`, `${allowed}#${more}`])
          expect(judge(`https://${name}${below}`, 'page', rules)).toBe('allowed')
        expect(judge(`https://${name}${allowed}${more}`, 'page', rules)).toBe('not-listed')
        expect(judge(`https://${more.replace(/[^a-z0-9]/gi, 'x')}${name}${allowed}`, 'page', rules)).toBe('not-listed')
        const isBelow = other === allowed || other.startsWith(`${allowed}/`)
        expect(judge(`https://${name}${other}`, 'page', rules)).toBe(isBelow ? 'allowed' : 'not-listed')
      }),
      { numRuns: 1_000 },
    )
  })

  it('whatever the address is, it is judged', () => {
    fc.assert(
      fc.property(
        policy,
        fc.oneof(fc.webUrl(), fc.string(), fc.string({ unit: 'grapheme' })),
        kinds,
        (rules, text, kind) => {
          const verdict = judge(text, kind, rules)
          const protocol = parse(text)?.protocol ?? ''
          if (verdict === 'allowed') expect(['http:', 'https:', 'ws:', 'wss:', 'data:', 'blob:']).toContain(protocol)
        },
      ),
      { numRuns: 2_000 },
    )
  })
})
