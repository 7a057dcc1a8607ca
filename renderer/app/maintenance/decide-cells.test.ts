import { expect, it } from 'vitest'
import { cellAt, decideGrid } from './decide-cells.ts'

const size = { widthPx: 1080, heightPx: 1920 }

it('covers a screen in either direction with fields of a finger', () => {
  expect(decideGrid(size)).toEqual({ columns: 7, rows: 13 })
  expect(decideGrid({ widthPx: 1920, heightPx: 1080 })).toEqual({ columns: 13, rows: 7 })
})

it.each([
  ['the upper left corner', 0, 0, 0],
  ['the upper right corner', 1079, 0, 6],
  ['the lower left corner', 0, 1919, 84],
  ['the lower right corner, and the rim beyond it', 1080, 1920, 90],
  ['the middle', 540, 960, 45],
])('%s', (_name, x, y, cell) => {
  expect(cellAt(decideGrid(size), size, x, y)).toBe(cell)
})
