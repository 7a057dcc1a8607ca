import { expect, it } from 'vitest'
import { decideProfile } from './decide-profile.ts'

it.each([
  ['room enough', 2 ** 30, 'disk'],
  ['a full disk', 0, 'memory'],
  ['nearly full', 60 * 2 ** 20, 'memory'],
  ['no disk', null, 'memory'],
])('%s', (_name, freeBytes, place) => {
  expect(decideProfile({ onDisk: 'disk', inMemory: 'memory', freeBytes })).toBe(place)
})
