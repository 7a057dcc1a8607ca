import { expect, it } from 'vitest'
import { readHubUrl } from './hub-address.ts'

it.each([
  ['https://hub.town.example', 'https://hub.town.example'],
  ['https://hub.town.example:8443/console/', 'https://hub.town.example:8443'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ['http://127.1:8080/', 'http://127.0.0.1:8080'],
  ['http://localhost:8080', 'http://localhost:8080'],
  ['http://[::1]:8080', 'http://[::1]:8080'],
])('%s is %s', (typed, origin) => {
  expect(readHubUrl(typed)).toBe(origin)
})

it.each([
  '',
  'hub',
  'ftp://127.0.0.1',
  'http://hub.town.example',
  'http://10.0.0.1',
  'http://127.0.0.1.evil.example',
  'http://localhost.evil.example',
])('%j is refused', (typed) => {
  expect(() => readHubUrl(typed)).toThrow(expect.objectContaining({ code: 'bad-arguments' }))
})
