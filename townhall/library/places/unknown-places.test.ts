import { expect, it } from 'vitest'
import { decideUnknown, noticesOfPlaces } from './unknown-places.ts'

const tally = {
  branches: new Map([
    ['本館', { copies: 90, example: ['1', '雪国'] as const }],
    ['分館', { copies: 7, example: ['2', 'こころ'] as const }],
  ]),
  shelves: new Map([
    ['文学', { copies: 50, example: ['1', '雪国'] as const }],
    ['書庫', { copies: 40, example: null }],
  ]),
}

it('are told with the number of copies and a title, most copies first', () => {
  const unknown = decideUnknown(tally, { branches: new Set(['本館']), shelves: new Set(['文学']) })
  expect(unknown).toEqual([
    { column: '保管場所', value: '書庫', copies: 40, example: null },
    { column: '館', value: '分館', copies: 7, example: 'こころ' },
  ])
  expect(noticesOfPlaces(unknown).map(({ column, value, reason }) => [column, value, reason])).toEqual([
    ['保管場所', '書庫', 'shelves.csv にないので、この名前のまま出します。40 冊あります。'],
    ['館', '分館', 'branches.csv にないので、この名前のまま出します。7 冊あります、たとえば「こころ」。'],
  ])
})

it('where all are known, nothing is told; of many the first ones, and how many more', () => {
  const all = { branches: new Set(['本館', '分館']), shelves: new Set(['文学', '書庫']) }
  expect(decideUnknown(tally, all)).toEqual([])
  const many = Array.from({ length: 25 }, (_, at) => ({
    ...{ column: '館' as const, value: `館${at}`, copies: 1, example: null },
  }))
  expect(noticesOfPlaces(many)).toHaveLength(21)
  expect(noticesOfPlaces(many).at(-1)?.reason).toContain('ほかに 5 あります')
})
