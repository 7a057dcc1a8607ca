import { expect, it } from 'vitest'
import { withoutAddresses } from './without-addresses.ts'

it.each([
  ['the guarded browser ended', 'the guarded browser ended'],
  ['Protocol error (Page.navigate): no answer in 5000 ms', 'Protocol error (Page.navigate): no answer in 5000 ms'],
  ['cannot open https://town.example/secret?q=1#a (net::ERR_FAILED)', 'cannot open … (net::ERR_FAILED)'],
  ['"http://a.example/" and wss://b.example:8443/x', '"…" and …'],
  ['at blob:https://town.example/0-1, data:text/html,secret', 'at … …'],
])('%s', (said, kept) => {
  expect(withoutAddresses(said)).toBe(kept)
})
