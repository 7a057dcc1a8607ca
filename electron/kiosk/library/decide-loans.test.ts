import { expect, it } from 'vitest'
import { decideLoans } from './decide-loans.ts'

const hourMs = 3_600_000
const nowMs = Date.UTC(2026, 10, 25, 3)

it.each([
  ['told just now', 0, true],
  ['told yesterday at this hour', 24 * hourMs, true],
  ['told the day before yesterday', 25 * hourMs, false],
  ['told by a clock that is a little ahead', -hourMs, true],
  ['told by a clock that is wrong', -48 * hourMs, false],
])('loans %s', (_, ageMs, usable) => {
  const loans = { asOfMs: nowMs - ageMs, out: ['a'] }
  expect(decideLoans(loans, nowMs)).toEqual(usable ? loans : null)
})

it('loans that nobody told are none', () => {
  expect(decideLoans(null, nowMs)).toBeNull()
})
