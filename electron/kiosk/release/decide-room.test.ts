import { expect, it } from 'vitest'
import { decideRoom } from './decide-room.ts'

const mib = 1_048_576

it.each([
  [0, 0, true],
  [16 * mib, 0, true],
  [16 * mib + 1, 272 * mib, false],
  [16 * mib + 1, 272 * mib + 1, true],
  [853 * mib, 1_108 * mib, false],
  [853 * mib, 1_109 * mib, true],
])('%d bytes to come, %d free: %s', (coming, free, begun) => {
  expect(decideRoom(coming, free)).toBe(begun)
})
