import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideFit, pageOf } from './pager.tsx'

describe('cards on a page', () => {
  it('fills the space and shows one card at least', () => {
    const card = { minWidth: 420, height: 360, gap: 24 }
    expect(decideFit({ width: 1_000, height: 1_200 }, card)).toEqual({ columns: 2, rows: 3 })
    expect(decideFit({ width: 864, height: 744 }, card)).toEqual({ columns: 2, rows: 2 })
    expect(decideFit({ width: 863, height: 743 }, card)).toEqual({ columns: 1, rows: 1 })
    expect(decideFit({ width: 0, height: 0 }, card)).toEqual({ columns: 1, rows: 1 })
  })

  it('shows every item exactly once, in order, whatever the page size', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 20 }), (items, perPage) => {
        const { pages } = pageOf(items, 0, perPage)
        const shown = Array.from({ length: pages }, (_, page) => pageOf(items, page, perPage).items).flat()
        expect(shown).toEqual(items)
      }),
    )
  })

  it('a page beyond the last, as after a release with fewer items, is the last', () => {
    expect(pageOf(['a', 'b', 'c'], 9, 2)).toEqual({ items: ['c'], page: 1, pages: 2 })
    expect(pageOf([], 3, 2)).toEqual({ items: [], page: 0, pages: 1 })
  })
})
