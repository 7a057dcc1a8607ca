import { expect, it } from 'vitest'
import { decideHere } from './decide-here.ts'

const box = (left: number, top: number, right: number, bottom: number): [number, number][] => [
  [left, top],
  [right, top],
  [right, bottom],
  [left, bottom],
]

it.each([
  ['above a shelf', box(0.4, 0.5, 0.6, 0.7), { x: 50, y: 50, side: 'above' }],
  ['under one at the upper edge', box(0.4, 0.05, 0.6, 0.2), { x: 50, y: 20, side: 'under' }],
  ['on one that takes the whole height', box(0.4, 0, 0.6, 1), { x: 50, y: 50, side: 'on' }],
  ['not over the left edge', box(0, 0.5, 0.1, 0.7), { x: 20, y: 50, side: 'above' }],
  ['not over the right edge', box(0.9, 0.5, 1, 0.7), { x: 80, y: 50, side: 'above' }],
])('the words stand %s', (_, outline, here) => {
  const { x, y, side } = decideHere(outline)
  expect({ x: Math.round(x), y: Math.round(y), side }).toEqual(here)
})
