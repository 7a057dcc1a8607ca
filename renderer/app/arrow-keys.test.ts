import { describe, expect, it } from 'vitest'
import { decideNext } from './arrow-keys.ts'

const box = (left: number, top: number, width = 100, height = 100) => ({ left, top, width, height })
const [up, down, left, right] = [
  { x: 0, y: -1 },
  { x: 0, y: 1 },
  { x: -1, y: 0 },
  { x: 1, y: 0 },
]

describe('where an arrow key leads', () => {
  //  0 . 1
  //  . x .
  //  2 3 4
  const around = [box(0, 0), box(400, 0), box(0, 400), box(200, 400), box(400, 400)]
  const from = box(200, 200)

  it.each([
    ['down, straight ahead before aside', from, down, 3],
    ['up, to the nearer of two aside', box(180, 200), up, 0],
    ['left from the middle, to something on that side', from, left, 0],
    ['right from the corner: nothing there', box(400, 0), right, -1],
  ])('%s', (_, start, direction, expected) => {
    expect(decideNext(start, around, direction)).toBe(expected)
  })

  it('never leads back the way it came from', () => {
    expect(decideNext(box(0, 0), [box(-200, 0), box(0, -200)], down)).toBe(-1)
  })
})
