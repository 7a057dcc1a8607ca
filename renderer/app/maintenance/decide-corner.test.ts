import { describe, expect, it } from 'vitest'
import { type CornerEvent, type CornerState, decideCorner } from './decide-corner.ts'

const size = { widthPx: 1080, heightPx: 1920 }
type Step = [type: CornerEvent['type'], x: number, y: number, atMs: number, pointerId?: number]

function play(steps: Step[]) {
  let state: CornerState = { kind: 'nothing' }
  const swallowed: number[] = []
  let opened = 0
  steps.forEach(([type, x, y, atMs, pointerId = 1], at) => {
    const decision = decideCorner(state, { type, x, y, atMs, pointerId }, size)
    state = decision.state
    if (decision.swallow) swallowed.push(at)
    if (decision.open) opened += 1
  })
  return { opened, swallowed }
}
const hold: Step[] = [
  ['down', 50, 50, 0],
  ['move', 55, 48, 2_000],
  ['up', 55, 48, 5_000],
]

describe('the hidden corner', () => {
  it('opens for who knows, and what was part of it does nothing else', () => {
    expect(play([...hold, ['down', 1_050, 1_900, 7_900, 2], ['up', 1_050, 1_900, 8_000, 2]])).toEqual({
      opened: 1,
      swallowed: [2, 3, 4],
    })
  })

  it.each<[string, Step[]]>([
    [
      'held too short',
      [
        ['down', 50, 50, 0],
        ['up', 50, 50, 4_900],
        ['down', 1_050, 1_900, 6_000],
      ],
    ],
    ['the second too late', [...hold, ['down', 1_050, 1_900, 8_100]]],
    ['the second elsewhere', [...hold, ['down', 540, 960, 6_000], ['down', 1_050, 1_900, 6_500]]],
    [
      'another finger beside it',
      [
        ['down', 50, 50, 0],
        ['down', 500, 500, 1_000, 2],
        ['up', 50, 50, 6_000],
        ['down', 1_050, 1_900, 6_500, 3],
      ],
    ],
    [
      'it slid away',
      [
        ['down', 50, 50, 0],
        ['move', 300, 50, 100],
        ['move', 50, 50, 200],
        ['up', 50, 50, 6_000],
        ['down', 1_050, 1_900, 6_500],
      ],
    ],
    [
      'the system took it',
      [
        ['down', 50, 50, 0],
        ['cancel', 50, 50, 6_000],
        ['down', 1_050, 1_900, 6_500],
      ],
    ],
    [
      'only the second',
      [
        ['down', 1_050, 1_900, 0],
        ['up', 1_050, 1_900, 9_000],
      ],
    ],
  ])('%s: nothing opens', (_name, steps) => {
    expect(play(steps).opened).toBe(0)
  })

  it('leaves every other touch alone', () => {
    expect(
      play([
        ['down', 540, 960, 0],
        ['up', 540, 960, 9_000],
        ['down', 20, 20, 9_500],
        ['up', 20, 20, 9_600],
      ]),
    ).toEqual({
      opened: 0,
      swallowed: [],
    })
  })
})
