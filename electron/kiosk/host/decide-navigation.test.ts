import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addressForLog, decideNavigation } from './decide-navigation.ts'

it.each([
  ['http://127.0.0.1:8641/', 'allowed'],
  ['http://127.0.0.1:8641/?token=abc', 'allowed'],
  ['http://127.0.0.1:8641/#part', 'allowed'],
  ['http://127.0.0.1:8641/picture/00', 'refused'],
  ['http://127.0.0.1:8640/', 'refused'],
  ['https://127.0.0.1:8641/', 'refused'],
  ['http://visitor@127.0.0.1:8641/', 'refused'],
  ['http://127.0.0.1:8641@town.example/', 'refused'],
  ['http://localhost:8641/', 'refused'],
  ['https://town.example/', 'refused'],
  ['file:///etc/passwd', 'refused'],
  ['data:text/html,x', 'refused'],
  ['javascript:alert(1)', 'refused'],
  ['blob:http://127.0.0.1:8641/5b', 'refused'],
  ['view-source:http://127.0.0.1:8641/', 'refused'],
  ['about:blank', 'refused'],
  ['chrome://settings', 'refused'],
  ['mailto:a@town.example', 'refused'],
  ['', 'refused'],
])('%s is %s under Chromium', (url, verdict) => {
  expect(decideNavigation(url, 'http://127.0.0.1:8641/')).toBe(verdict)
})

it.each([
  ['app://kiosk/', 'allowed'],
  ['app://kiosk/#x', 'allowed'],
  ['app://kiosk/picture/00', 'refused'],
  ['app://other/', 'refused'],
  ['http://kiosk/', 'refused'],
])('%s is %s under Electron', (url, verdict) => {
  expect(decideNavigation(url, 'app://kiosk/')).toBe(verdict)
})

it('lets no other web address in, whatever it is', () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
      expect(decideNavigation(url, 'http://127.0.0.1:8641/')).toBe('refused')
    }),
  )
})

it('writes down who was called, and nothing that was said', () => {
  expect(addressForLog('https://town.example/search?q=名前#x')).toBe('https://town.example')
  expect(addressForLog('nonsense')).toBe('unreadable')
})
