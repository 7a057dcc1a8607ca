import { expect, it } from 'vitest'
import { decideIfRange, decideRange } from './decide-range.ts'

it.each([
  [undefined, null],
  ['bytes=0-9', { start: 0, end: 9 }],
  ['bytes=90-200', { start: 90, end: 99 }],
  ['bytes=50-', { start: 50, end: 99 }],
  ['bytes=-10', { start: 90, end: 99 }],
  ['bytes=-500', { start: 0, end: 99 }],
  ['bytes=100-', 'refused'],
  ['bytes=-0', 'refused'],
  ['bytes=9-3', null],
  ['bytes=0-1,5-6', null],
  ['bytes=-', null],
  ['lines=1-2', null],
  ['bytes=a-b', null],
] as const)('%s of 100 bytes', (header, expected) => {
  expect(decideRange(header, 100)).toEqual(expected)
})

it.each([
  ['bytes=5-', undefined, '"tag"', 'bytes=5-'],
  ['bytes=5-', '"tag"', '"tag"', 'bytes=5-'],
  ['bytes=5-', '"other"', '"tag"', undefined],
  ['bytes=5-', 'W/"tag"', '"tag"', undefined],
  ['bytes=5-', 'Tue, 24 Nov 2026 00:00:00 GMT', '"tag"', undefined],
  ['bytes=5-', '"tag"', null, undefined],
  [undefined, '"tag"', '"tag"', undefined],
])('Range %s if %s, of a file with the tag %s', (range, ifRange, tag, expected) => {
  expect(decideIfRange(range, ifRange, tag)).toBe(expected)
})
