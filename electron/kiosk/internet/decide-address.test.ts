import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideAddress, isPublicAddress } from './decide-address.ts'

describe('an address that a name resolved to', () => {
  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
    '169.254.169.254',
    '168.63.129.16',
    '192.0.2.1',
    '198.18.0.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    'fe80::1',
    'fec0::1',
    'fd00:ec2::254',
    'fc00::1',
    'ff02::1',
    '2001:db8::1',
    '2002:7f00:1::1',
    '2001:0:7f00:1::1',
    '3fff::1',
    'localhost',
    '',
    '1.2.3',
  ])('%s is not public', (address) => expect(isPublicAddress(address)).toBe(false))

  it.each([
    '8.8.8.8',
    '172.15.255.255',
    '172.32.0.1',
    '100.128.0.1',
    '192.167.1.1',
    '223.255.255.255',
    '2606:4700::1111',
    '2400:cb00::1',
  ])('%s is public', (address) => expect(isPublicAddress(address)).toBe(true))

  it('one that is not public spoils all', () => {
    const privates = fc.constantFrom('127.0.0.1', '10.1.2.3', '::1', 'fd00::1', '169.254.169.254')
    const publics = fc.constantFrom('8.8.8.8', '1.1.1.1', '2606:4700::1111')
    fc.assert(
      fc.property(fc.array(publics), privates, fc.array(publics), (before, inside, after) => {
        expect(decideAddress([...before, inside, ...after])).toEqual({ refused: 'private-address' })
      }),
    )
  })

  it('is pinned: one number, IPv4 before IPv6', () => {
    expect(decideAddress(['2606:4700::1111', '8.8.8.8'])).toEqual({ pinned: '8.8.8.8' })
    expect(decideAddress(['2606:4700::1111'])).toEqual({ pinned: '2606:4700::1111' })
    expect(decideAddress([])).toEqual({ refused: 'unknown-name' })
  })
})
