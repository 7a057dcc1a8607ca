import { expect, it } from 'vitest'
import { decidePin } from './decide-pin.ts'

it.each([
  ['582914', null],
  ['100020003000', null],
  ['58291', 'length'],
  ['5829145829145', 'length'],
  ['58291a', 'length'],
  ['５８２９１４', 'length'],
  ['', 'length'],
  ['000000', 'trivial'],
  ['123456', 'trivial'],
  ['890123', 'trivial'],
  ['987654', 'trivial'],
  ['321098', 'trivial'],
  ['121212', 'trivial'],
  ['123123', 'trivial'],
  ['20262026', 'trivial'],
] as const)('%s: %s', (pin, verdict) => {
  expect(decidePin(pin)).toBe(verdict)
})
