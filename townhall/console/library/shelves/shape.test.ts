import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideTwice, untouched } from './decide-twice.ts'
import {
  angleOf,
  boundsOf,
  cornerAdded,
  cornerMoved,
  cornerRemoved,
  type Dot,
  frameOf,
  isRectangle,
  isSound,
  moved,
  placed,
  rectangle,
  resized,
  straightened,
  toDots,
  toOutline,
  turned,
} from './shape.ts'

const sheet = { widthPx: 1600, heightPx: 1000 }
const box = rectangle([400, 300], [200, 200])
const near = (dots: readonly Dot[] | null) => dots?.map((dot) => dot.map(Math.round))

describe('the shape of a shelf', () => {
  it('is drawn from any corner to any other', () => {
    expect(box).toEqual([
      [200, 200],
      [400, 200],
      [400, 300],
      [200, 300],
    ])
    expect(rectangle([200, 300], [400, 200])).toEqual(box)
  })

  it.each([
    ['right and down', [10, 20], { left: 210, top: 220, right: 410, bottom: 320 }],
    ['as far as the left and upper edge', [-999, -999], { left: 0, top: 0, right: 200, bottom: 100 }],
    ['as far as the right and lower edge', [9_999, 9_999], { left: 1400, top: 900, right: 1600, bottom: 1000 }],
  ] as const)('moves %s', (_, [dx, dy], bounds) => {
    expect(boundsOf(moved(box, dx, dy, sheet))).toEqual(bounds)
  })

  it.each([
    ['the lower right corner outwards', 2, [500, 500], { left: 200, top: 200, right: 500, bottom: 500 }],
    ['the upper left corner inwards', 0, [300, 250], { left: 300, top: 250, right: 400, bottom: 300 }],
    ['no farther than the edge', 2, [5_000, 400], { left: 200, top: 200, right: 1600, bottom: 400 }],
    ['no smaller than can be seen', 2, [100, 100], { left: 200, top: 200, right: 210, bottom: 210 }],
  ] as const)('gets another size by %s', (_, corner, to, bounds) => {
    const made = resized(box, corner, to, sheet)
    expect(boundsOf(made ?? [])).toEqual(bounds)
  })

  it('stays a rectangle when it is turned and then made larger', () => {
    const slant = turned(box, 30, sheet) ?? []
    expect(angleOf(slant)).toBe(30)
    const larger = resized(slant, 2, [600, 500], sheet) ?? []
    expect(isRectangle(larger)).toBe(true)
    expect(angleOf(larger)).toBe(30)
    expect(near([larger[0] ?? [0, 0]])).toEqual(near([slant[0] ?? [0, 0]]))
  })

  it('does not turn out of the plan', () => {
    expect(turned(rectangle([0, 0], [1600, 20]), 90, sheet)).toBeNull()
    expect(turned(rectangle([0, 0], [200, 20]), 90, sheet)).toBeNull()
  })

  it('is a rectangle however it stands, and not when a corner was drawn out', () => {
    expect(isRectangle(turned(box, 17, sheet) ?? [])).toBe(true)
    expect(isRectangle(cornerMoved(box, 0, [100, 150], sheet) ?? [])).toBe(false)
    expect(frameOf(cornerMoved(box, 0, [100, 150], sheet) ?? [])[0]).toEqual([100, 150])
  })

  it('gets and loses corners, but not the last three', () => {
    const five = cornerAdded(box, 3) ?? []
    expect(five[4]).toEqual([200, 250])
    expect(cornerRemoved(five, 4)).toEqual(box)
    expect(cornerRemoved(box.slice(0, 3), 0)).toBeNull()
    const many = Array.from(
      { length: 60 },
      (_, at): Dot => [800 + 100 * Math.cos(at / 9.5), 500 + 100 * Math.sin(at / 9.5)],
    )
    expect(cornerAdded(many, 0)).toBeNull()
  })

  it('takes typed places, and none that would lie outside', () => {
    expect(boundsOf(placed(box, { left: 0, width: 100 }, sheet) ?? [])).toEqual({
      left: 0,
      top: 200,
      right: 100,
      bottom: 300,
    })
    expect(placed(box, { left: 1500 }, sheet)).toBeNull()
    expect(placed(box, { height: 0 }, sheet)).toBeNull()
    expect(placed(box, { width: Number.NaN }, sheet)).toBeNull()
  })

  it.each([
    [44, 45],
    [2.9, 0],
    [30, 30],
    [-88, -90],
  ])('nearly upright is upright: %d is %d', (degrees, straight) => {
    expect(straightened(degrees)).toBe(straight)
  })

  it('whatever is done to it, it stays on the plan, can be seen, and is the same after it was saved', () => {
    const number = fc.oneof(fc.integer({ min: -500, max: 2_500 }), fc.double({ min: -1e9, max: 1e9, noNaN: true }))
    const act = fc.oneof(
      fc.record({ kind: fc.constant('move' as const), a: number, b: number }),
      fc.record({ kind: fc.constant('resize' as const), a: number, b: number, at: fc.nat(3) }),
      fc.record({ kind: fc.constant('turn' as const), a: fc.integer({ min: -180, max: 180 }) }),
      fc.record({ kind: fc.constant('corner' as const), a: number, b: number, at: fc.nat(7) }),
      fc.record({ kind: fc.constant('add' as const), at: fc.nat(7) }),
      fc.record({ kind: fc.constant('remove' as const), at: fc.nat(7) }),
    )
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        let dots: Dot[] = box
        for (const one of acts) {
          const next =
            one.kind === 'move'
              ? moved(dots, one.a, one.b, sheet)
              : one.kind === 'resize'
                ? resized(dots, one.at, [one.a, one.b], sheet)
                : one.kind === 'turn'
                  ? turned(dots, one.a, sheet)
                  : one.kind === 'corner'
                    ? cornerMoved(dots, one.at, [one.a, one.b], sheet)
                    : one.kind === 'add'
                      ? cornerAdded(dots, one.at)
                      : cornerRemoved(dots, one.at)
          dots = next ?? dots
          expect(isSound(dots)).toBe(true)
          const outline = toOutline(dots, sheet)
          expect(outline.flat().every((part) => part >= 0 && part <= 1)).toBe(true)
          expect(toOutline(toDots(outline, sheet), sheet)).toEqual(outline)
        }
      }),
      { numRuns: 500 },
    )
  })
})

it('two quick touches of the same corner are one act; a slow one, another corner or a third are not', () => {
  const first = decideTwice(untouched, 2, 1_000)
  expect(first.twice).toBe(false)
  expect(decideTwice(first.touched, 2, 1_600).twice).toBe(false)
  expect(decideTwice(first.touched, 1, 1_100).twice).toBe(false)
  const second = decideTwice(first.touched, 2, 1_300)
  expect(second.twice).toBe(true)
  expect(decideTwice(second.touched, 2, 1_400).twice).toBe(false)
})
