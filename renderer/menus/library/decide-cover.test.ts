import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideCover } from './decide-cover.ts'

const luminance = (hex: string) => {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0)
}

describe('a cover made of data', () => {
  it('is the same for the same title, whatever the title is', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.constantFrom(undefined, '0', '913', '596'), (title, ndc) => {
        const look = decideCover({ title, ndc, kind: 'book' })
        return (
          JSON.stringify(decideCover({ title, ndc, kind: 'book' })) === JSON.stringify(look) &&
          look.layers.every(({ d, fill }) => !/NaN|undefined/.test(d + fill))
        )
      }),
    )
  })

  it.each([undefined, ...'0123456789'])('white letters can be read on the ground of class %s', (ndc) => {
    const { ground } = decideCover({ title: '本', ndc, kind: 'book' })
    expect(1.05 / (luminance(ground) + 0.05)).toBeGreaterThanOrEqual(4.5)
  })

  it('tells books of one shelf apart', () => {
    const looks = ['坊っちゃん', 'こころ', '三四郎', '門', 'それから', '草枕'].map((title) =>
      JSON.stringify(decideCover({ title, ndc: '913', kind: 'book' })),
    )
    expect(new Set(looks).size).toBe(looks.length)
  })
})
