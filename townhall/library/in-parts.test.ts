import fc from 'fast-check'
import { expect, it } from 'vitest'
import { inParts } from './in-parts.ts'

it('keeps every one in its order, and no part above the limit unless it is one alone', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme', maxLength: 30 })),
      fc.integer({ min: 1, max: 200 }),
      (ids, most) => {
        const parts = inParts(ids, most)
        expect(parts.flat()).toEqual(ids)
        expect(parts.length).toBeGreaterThan(0)
        for (const part of parts)
          if (part.length > 1) expect(Buffer.byteLength(JSON.stringify(part)) - 1).toBeLessThanOrEqual(most)
      },
    ),
  )
})
