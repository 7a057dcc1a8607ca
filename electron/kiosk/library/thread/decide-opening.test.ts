import { expect, it } from 'vitest'
import { decideOpening } from './decide-opening.ts'

const nothing = { endServing: false, endOpening: false, open: false }
const rest = { untilMs: 0, nowMs: 0 }

it.each([
  ['no menu, nothing open', { wanted: null, serving: null, opening: null }, nothing],
  ['the first', { wanted: 'a', serving: null, opening: null }, { ...nothing, open: true }],
  ['the first under way', { wanted: 'a', serving: null, opening: 'a' }, nothing],
  ['it serves', { wanted: 'a', serving: 'a', opening: null }, nothing],
  ['a newer one', { wanted: 'b', serving: 'a', opening: null }, { ...nothing, open: true }],
  ['a newer one under way', { wanted: 'b', serving: 'a', opening: 'b' }, nothing],
  [
    'one that is newer still',
    { wanted: 'c', serving: 'a', opening: 'b' },
    { ...nothing, endOpening: true, open: true },
  ],
  ['the newer one taken back', { wanted: 'a', serving: 'a', opening: 'b' }, { ...nothing, endOpening: true }],
  [
    'the menu is gone',
    { wanted: null, serving: 'a', opening: 'b' },
    { ...nothing, endServing: true, endOpening: true },
  ],
  ['trouble with it', { wanted: 'a', serving: null, opening: null, untilMs: 1 }, nothing],
  ['trouble with the newer one', { wanted: 'b', serving: 'a', opening: null, untilMs: 1 }, nothing],
  [
    'the trouble is waited for',
    { wanted: 'a', serving: null, opening: null, untilMs: 1, nowMs: 1 },
    { ...nothing, open: true },
  ],
])('%s', (_, state, expected) => {
  expect(decideOpening({ ...rest, ...state })).toEqual(expected)
})
