import { expect, it } from 'vitest'
import type { Notice } from '../importers/import-report.ts'
import { decideTold } from './decide-told.ts'

const some = (count: number, severity: Notice['severity'], reason: string) =>
  Array.from({ length: count }, (_, at): Notice => ({ line: at + 1, column: null, value: null, reason, severity }))
const told = (ofPlaces: readonly Notice[], others: readonly Notice[]) =>
  decideTold(ofPlaces, others).map(({ reason }) => reason)

it.each([
  ['nothing', [], [], []],
  ['all of a few', some(1, 'note', 'place'), some(2, 'repaired', 'cut'), ['place', 'cut', 'cut']],
  [
    'what was refused at the end of a list first',
    some(1, 'note', 'place'),
    [...some(2, 'note', 'hm'), ...some(1, 'repaired', 'cut'), ...some(1, 'refused', 'no name')],
    ['place', 'no name', 'cut', 'hm', 'hm'],
  ],
])('tells %s', (_, ofPlaces, others, reasons) => {
  expect(told(ofPlaces, others)).toEqual(reasons)
})

it('keeps what was refused when every row has something, and says that there is more', () => {
  const reasons = told(some(2, 'note', 'place'), [...some(500, 'repaired', 'cut'), ...some(3, 'refused', 'no name')])
  expect(reasons).toHaveLength(200)
  expect(reasons.slice(0, 6)).toEqual(['place', 'place', 'no name', 'no name', 'no name', 'cut'])
  expect(reasons.at(-1)).toBe('多いので、200 件だけを出しています（受け取れなかったものが先です）。')
})
