import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { averagePieceBytes, cutPoints } from './release-pieces.ts'

/** xorshift32 */
function noise(length: number, seed: number): Uint8Array {
  let state = seed || 1
  return Uint8Array.from({ length }, () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state & 255
  })
}

function pieces(bytes: Uint8Array, averageBytes: number): string[] {
  let start = 0
  return cutPoints(bytes, averageBytes).map((end) => {
    const piece = String.fromCharCode(...bytes.subarray(start, end))
    start = end
    return piece
  })
}

describe('cutting a file into pieces', () => {
  it('cuts as it always did, for both ends of the line must agree over versions', () => {
    expect(cutPoints(noise(20_000, 42), 1_024)).toMatchSnapshot()
  })

  it('covers the file from end to end with pieces within the bounds', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60_000 }),
        fc.integer({ min: 1, max: 2 ** 31 }),
        fc.integer({ min: 10, max: 13 }),
        (length, seed, bits) => {
          const ends = cutPoints(noise(length, seed), 2 ** bits)
          expect(ends.at(-1) ?? 0).toBe(length)
          for (const [index, end] of ends.entries()) {
            const size = end - (ends[index - 1] ?? 0)
            expect(size).toBeGreaterThan(0)
            expect(size).toBeLessThanOrEqual(2 ** bits * 4)
          }
        },
      ),
      { numRuns: 50 },
    )
  })

  it('an insertion makes few pieces new, wherever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 }), fc.integer({ min: 0, max: 100_000 }), (seed, at) => {
        const before = noise(100_000, seed)
        const after = new Uint8Array([...before.subarray(0, at), ...noise(100, seed + 1), ...before.subarray(at)])
        const known = new Set(pieces(before, 1_024))
        const fresh = pieces(after, 1_024).filter((piece) => !known.has(piece))
        expect(fresh.join('').length).toBeLessThan(15_000)
      }),
      { numRuns: 30 },
    )
  })

  it('makes about 256 pieces of a file, never smaller ones than worth their name', () => {
    expect([1_000, 100_000, 200_000, 5_000_000, 1e9].map(averagePieceBytes)).toEqual([
      1_024, 1_024, 1_024, 16_384, 65_536,
    ])
  })
})
