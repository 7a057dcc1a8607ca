import { describe, expect, it } from 'vitest'
import { decideApart, decideScale } from './decide-scale.ts'

describe('the size of the pictures of a page', () => {
  it.each([
    [{ moving: false, apartMs: 200 }, 1],
    [{ moving: true, apartMs: 20 }, 1],
    [{ moving: true, apartMs: 100 }, 0.5],
  ])('%j: %d', (now, scale) => {
    expect(decideScale(now)).toBe(scale)
  })

  it('a slow machine is found out within a few pictures, a page at rest is none', () => {
    const apart = (gaps: number[]) => gaps.reduce(decideApart, 0)
    expect(decideScale({ moving: true, apartMs: apart([16, 17, 16, 17, 16]) })).toBe(1)
    expect(decideScale({ moving: true, apartMs: apart([120, 110, 130]) })).toBe(0.5)
    expect(decideScale({ moving: true, apartMs: apart([16, 3_000, 9_000, 16]) })).toBe(1)
  })
})
