import { expect, it } from 'vitest'
import { KioskError } from '../../../contract/error-codes.ts'
import { decideFailure, OfflineError } from './release-failure.ts'

class BadVersionError extends Error {}
const errno = (code: string) => Object.assign(new Error(code), { code })

it.each([
  [new OfflineError('cut'), 'offline', 'hub-unreachable'],
  [new KioskError('release-mixed', 'x'), 'refused', 'release-mixed'],
  [new KioskError('disk-full', 'x'), 'disk-full', 'disk-full'],
  [new BadVersionError('older'), 'refused', 'release-rolled-back'],
  [new SyntaxError('no JSON'), 'refused', 'release-unreadable'],
  [errno('ENOSPC'), 'disk-full', 'disk-full'],
  [errno('EROFS'), 'disk-full', 'disk-read-only'],
  ['text', 'refused', 'release-unreadable'],
])('%s', (error, kind, code) => {
  expect(decideFailure(error)).toMatchObject({ kind, code })
})

it('keeps the reason short enough to be told', () => {
  expect(decideFailure(new Error('x'.repeat(10_000))).reason).toHaveLength(300)
})
