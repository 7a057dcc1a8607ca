import { describe, expect, it } from 'vitest'
import type { InternetPolicy } from '../../../contract/internet-policy.ts'
import { decideReserve } from './decide-reserve.ts'

const policy: InternetPolicy = {
  mode: 'listed',
  pages: [
    { host: 'lib.example', paths: ['/r'], plain: false },
    { host: 'whole.example', paths: ['/'], plain: false },
  ],
  parts: ['parts.example'],
  denied: ['denied.example'],
  filter: null,
}
const open: InternetPolicy = { ...policy, mode: 'filtered', filter: { proxy: null, nameServers: ['192.0.2.53'] } }
const isbn = '9784001140019'
const of = (address: string, record: { id: string; isbn?: string } = { id: 'a/1', isbn }, rules = policy) =>
  decideReserve({ address, inWeb: true }, record, rules)

describe('the address for reserving', () => {
  it.each([
    ['https://lib.example/r?id={id}', { id: 'a/1' }, 'https://lib.example/r?id=a%2F1'],
    [
      'https://lib.example/r?id={id}&again={id}',
      { id: '本 1&x=#' },
      `https://lib.example/r?id=${encodeURIComponent('本 1&x=#')}&again=${encodeURIComponent('本 1&x=#')}`,
    ],
    ['https://lib.example/r/{isbn}', { id: '1', isbn }, `https://lib.example/r/${isbn}`],
    ['https://lib.example/r/{isbn}', { id: '1' }, null],
    ['https://lib.example/r?id={id}', { id: 'half \ud83d' }, 'https://lib.example/r?id=half%20%EF%BF%BD'],
  ])('%s of %o', (address, record, expected) => {
    expect(of(address, record)?.address ?? null).toBe(expected)
  })

  it.each([
    'javascript:alert({id})//https:',
    'JavaScript:alert(1)//{id}',
    'data:text/html,{id}',
    'file:///etc/{id}',
    'http://lib.example/r?id={id}',
    'https://',
    '{id}',
    '',
  ])('%s is none', (address) => {
    expect(of(address, { id: '1', isbn }, open)).toBeNull()
  })

  it('is none without an address: reservations are made at the counter', () => {
    expect(decideReserve(null, { id: '1' }, policy)).toBeNull()
  })
})

describe('whether it opens on this screen', () => {
  it.each([
    ['https://lib.example/r?id={id}', true],
    ['https://lib.example/r/{isbn}', true],
    ['https://whole.example/any/{id}', true],
    ['https://lib.example/read?id={id}', false],
    ['https://unlisted.example/{id}', false],
    // Of parts no page is opened.
    ['https://parts.example/{id}', false],
    ['https://denied.example/{id}', false],
    ['https://127.0.0.1/{id}', false],
    ['https://2130706433/{id}', false],
    ['https://[::1]/{id}', false],
    ['https://localhost/{id}', false],
    ['https://hub.local/{id}', false],
    ['https://lib.example:8443/r/{id}', false],
    ['https://staff:secret@lib.example/r/{id}', false],
  ])('%s: %s', (address, here) => {
    expect(of(address)?.here).toBe(here)
  })

  it.each(['https://127.0.0.1/{id}', 'https://10.1.2.3/{id}', 'https://localhost/{id}', 'https://denied.example/{id}'])(
    '%s: not behind the town’s filter either',
    (address) => {
      expect(of(address, { id: '1' }, open)?.here).toBe(false)
    },
  )

  it.each([
    ['..', 'https://lib.example/'],
    ['.', 'https://lib.example/r/'],
  ])('a title called %s leads nowhere but where it was judged to lead', (id, address) => {
    const found = of('https://lib.example/r/{id}', { id })
    expect(found).toEqual({ address, here: address.includes('/r') })
  })

  it('a title that names another host in place of its own is judged by that host', () => {
    expect(of('https://{id}.example/', { id: 'unlisted' })).toEqual({
      address: 'https://unlisted.example/',
      here: false,
    })
  })

  it('not where the town does not want it, and not without the menu or its browser', () => {
    const reserve = { address: 'https://lib.example/r?id={id}', inWeb: false }
    expect(decideReserve(reserve, { id: '1' }, policy)?.here).toBe(false)
    expect(decideReserve({ ...reserve, inWeb: true }, { id: '1' }, null)?.here).toBe(false)
  })
})
