import { describe, expect, it } from 'vitest'
import { decideStrike } from './touch.tsx'

describe('which strikes count', () => {
  it.each([
    ['the same button 100 ms later: a shaking finger', 'a', 'a', 100, false],
    ['the same button 499 ms later', 'a', 'a', 499, false],
    ['the same button 500 ms later: meant', 'a', 'a', 500, true],
    ['another button 100 ms later: it came up under the finger', 'a', 'b', 100, false],
    ['another button 250 ms later: a quick visitor', 'a', 'b', 250, true],
    ['the first touch of all', '', 'a', Number.POSITIVE_INFINITY, true],
  ])('%s', (_, before, now, afterMs, counts) => {
    expect(decideStrike({ key: before, atMs: -afterMs }, { key: now, atMs: 0 })).toBe(counts)
  })
})
