import { describe, expect, it } from 'vitest'
import type { Shelf } from '../../../contract/menus/library.ts'
import { decideShelves } from './decide-shelves.ts'

const outline: Shelf['outline'] = [
  [0, 0],
  [0.1, 0],
  [0.1, 0.1],
]
const moved: Shelf['outline'] = [
  [0.5, 0.5],
  [0.6, 0.5],
  [0.6, 0.6],
]
const row = (more: Partial<Shelf> = {}): Shelf => ({
  ...{ id: '文学', branch: '本館', name: { ja: '文学' }, plan: null, outline: [], ...more },
})
const plan = (id: string, ...codes: string[]) => ({
  ...{ id, branch: '本館', file: `library/${id}.geojson` },
  shelves: codes.map((code) => ({ id: code, name: { ja: 'GeoJSON の名前', en: 'Literature' }, outline })),
})

describe('one truth of shelves.csv and the GeoJSON', () => {
  it.each([
    ['a shelf of the table alone', [row()], [], { from: 'table', plan: null, outline: [] }, 0],
    [
      'one of the GeoJSON alone',
      [],
      [plan('1階', '文学')],
      { from: 'drawing', plan: '1階', outline, name: { ja: 'GeoJSON の名前' } },
      0,
    ],
    [
      'a row without a place',
      [row({ name: { ja: '小説' } })],
      [plan('1階', '文学')],
      { from: 'both', plan: '1階', outline, name: { ja: '小説', en: 'Literature' } },
      0,
    ],
    ['a row without a name', [row()], [plan('1階', '文学')], { name: { ja: 'GeoJSON の名前', en: 'Literature' } }, 0],
    [
      'a row with a place',
      [row({ plan: '2階', outline: moved })],
      [plan('1階', '文学')],
      { from: 'both', plan: '2階', outline: moved, given: { plan: '1階', outline } },
      1,
    ],
    ['two plans', [], [plan('1階', '文学'), plan('2階', '文学')], { plan: '1階' }, 1],
    [
      'another branch',
      [row({ branch: '分館' })],
      [plan('1階', '文学')],
      { from: 'table', branch: '分館', plan: null },
      1,
    ],
  ] as const)('%s', (_, rows, plans, shelf, told) => {
    const decided = decideShelves(rows, plans)
    expect(decided.shelves).toHaveLength(1)
    expect(decided.shelves[0]).toMatchObject(shelf)
    expect(decided.notices).toHaveLength(told)
  })
})
