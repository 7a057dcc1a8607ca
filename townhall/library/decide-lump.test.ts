import { expect, it } from 'vitest'
import { decideLump, firstLump } from './decide-lump.ts'

it.each([
  ['as quick as that: twice as many', firstLump, 1, 8],
  ['never more than can be waited for', 40, 0.01, 40],
  ['too long: fewer', 40, 24, 20],
  ['a disk that is slow whatever is written: no fewer than pay', 4, 300, 4],
  ['just right: the same', 20, 12, 20],
])('%s', (_, done, ms, next) => {
  expect(decideLump(done, ms)).toBe(next)
})
