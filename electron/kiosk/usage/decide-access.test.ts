import { expect, it } from 'vitest'
import { isSecondTouch } from './decide-access.ts'

const openings = [{ visitId: 'v1', menu: 'map' as const, uptimeMs: 10_000 }]

it.each([
  ['at once', 'v1', 'map', 10_000, true],
  ['just within a second', 'v1', 'map', 10_999, true],
  ['after a second', 'v1', 'map', 11_000, false],
  ['another menu', 'v1', 'library', 10_100, false],
  ['another visitor', 'v2', 'map', 10_100, false],
] as const)('%s', (_, visitId, menu, uptimeMs, second) => {
  expect(isSecondTouch({ accessId: 'a', visitId, menu }, uptimeMs, openings)).toBe(second)
})
