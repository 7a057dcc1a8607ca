import { BlockList, isIPv4, isIPv6 } from 'node:net'

/** Nothing on the public network: IANA IPv4 Special-Purpose Address Registry, multicast, and what a name server says to mean "nowhere". */
const special4: [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
  // Public by number, yet served inside of clouds: metadata and name service (U17).
  ['168.63.129.16', 32],
]

/** IPv6 is allowed by the one block that is given out to the public; these lie inside of it and are not public (IANA IPv6 Special-Purpose Address Registry). */
const special6: [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]

const notPublic4 = new BlockList()
for (const [net, bits] of special4) notPublic4.addSubnet(net, bits, 'ipv4')
const public6 = new BlockList()
public6.addSubnet('2000::', 3, 'ipv6')
const notPublic6 = new BlockList()
for (const [net, bits] of special6) notPublic6.addSubnet(net, bits, 'ipv6')

/** Whether a number that a name resolved to may be connected to. `::ffff:a.b.c.d` is no way round: it is outside of the public block, and refused as it stands. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !notPublic4.check(address, 'ipv4')
  return isIPv6(address) && public6.check(address, 'ipv6') && !notPublic6.check(address, 'ipv6')
}

/** The number to connect to, and to none beside it. One that is not public among them spoils all: such a name plays tricks. */
export function decideAddress(
  addresses: readonly string[],
): { pinned: string } | { refused: 'private-address' | 'unknown-name' } {
  const [first] = addresses
  if (first === undefined) return { refused: 'unknown-name' }
  return addresses.every(isPublicAddress) ? { pinned: addresses.find(isIPv4) ?? first } : { refused: 'private-address' }
}
