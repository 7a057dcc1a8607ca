import { expect, it } from 'vitest'
import { KioskError } from '../../../contract/error-codes.ts'
import { decideKeepPart, decideSureBytes } from './decide-part.ts'
import { OfflineError } from './release-failure.ts'

it.each([
  { there: 0, putDown: undefined, sure: 0 },
  { there: 99, putDown: undefined, sure: 0 },
  { there: 100, putDown: undefined, sure: 0 },
  { there: 199, putDown: undefined, sure: 0 },
  { there: 200, putDown: undefined, sure: 100 },
  { there: 399, putDown: undefined, sure: 200 },
  { there: 399, putDown: 399, sure: 399 },
  { there: 399, putDown: 398, sure: 200 },
  { there: 7, putDown: 7, sure: 7 },
])('of $there bytes, $putDown of them put down, $sure are certain', ({ there, putDown, sure }) => {
  expect(decideSureBytes(there, putDown, 100)).toBe(sure)
})

it.each([
  [new OfflineError('cut'), true],
  [new KioskError('release-incomplete', 'cut off'), true],
  [new KioskError('release-mixed', 'another content'), false],
  [Object.assign(new Error('full'), { code: 'ENOSPC' }), false],
  ['text', false],
])('after %s the part is kept: %s', (error, kept) => {
  expect(decideKeepPart(error)).toBe(kept)
})
