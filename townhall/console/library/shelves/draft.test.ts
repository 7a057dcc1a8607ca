import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DeskShelf } from '../../../../contract/library/shelf-desk.ts'
import { decideMerge } from './decide-merge.ts'
import { decideOpenCodes } from './decide-open-codes.ts'
import {
  begun,
  changed,
  changeOf,
  decideFault,
  done,
  draftOf,
  redone,
  removed,
  takenIn,
  undone,
  unplaced,
  written,
} from './draft.ts'

const outline: DeskShelf['outline'] = [
  [0, 0],
  [0.2, 0],
  [0.2, 0.2],
]
const shelf = (id: string, more: Partial<DeskShelf> = {}): DeskShelf => ({
  ...{ id, branch: '本館', name: { ja: id }, plan: '1階', outline, from: 'table', given: null, ...more },
})
const given = { plan: '1階', outline }

describe('元に戻す and やり直す', () => {
  it('take back and bring again; typing in one field is one step', () => {
    const name = (text: string) => draftOf([shelf('文学', { name: { ja: text } })])
    let history = begun(name('文学'))
    for (const text of ['小', '小説']) history = done(history, name(text), 'name')
    history = done(history, name('小説と詩'))
    expect(history.past).toHaveLength(2)
    history = undone(undone(history))
    expect(history.now[0]?.name.ja).toBe('文学')
    expect(undone(history)).toBe(history)
    expect(redone(history).now[0]?.name.ja).toBe('小説')
    expect(done(history, name('詩')).future).toEqual([])
  })
})

describe('what is saved', () => {
  const base = [shelf('文学'), shelf('絵本'), shelf('新聞', { from: 'drawing', given })]
  it('is nothing while nothing was changed', () => {
    expect(changeOf(base, draftOf(base))).toEqual({ put: [], remove: [] })
  })
  it('is what was changed, drawn, renamed or taken away, and no more', () => {
    const draft = draftOf(base)
    const renamed = changed(draft, '文学', (one) => ({ ...one, id: '小説' }))
    expect(changeOf(base, renamed)).toMatchObject({ put: [{ id: '小説' }], remove: ['文学'] })
    expect(changeOf(base, removed(draft, '絵本'))).toEqual({ put: [], remove: ['絵本'] })
    expect(changeOf(base, changed(draft, '絵本', unplaced)).put).toMatchObject([
      { id: '絵本', plan: null, outline: [] },
    ])
  })
  it('of a GeoJSON’s shelf a row, which goes again when it is put back', () => {
    const drawn = changed(draftOf(base), '新聞', (one) => written({ ...one, name: { ja: '今日の新聞' } }))
    expect(changeOf(base, drawn).put).toEqual([
      { id: '新聞', branch: '本館', name: { ja: '今日の新聞' }, plan: null, outline: [] },
    ])
    const saved = [shelf('新聞', { from: 'both', given, outline: [...outline, [0, 0.2]] })]
    const back = removed(draftOf(saved), '新聞')
    expect(back).toMatchObject([{ from: 'drawing', ...given }])
    expect(changeOf(saved, back)).toEqual({ put: [], remove: ['新聞'] })
  })
  it.each([
    ['', '名', '棚コードを'],
    ['絵本', '名', 'ほかにも'],
    ['雑誌', '', '日本語の名前'],
    ['雑'.repeat(61), '名', '60文字'],
  ])('is not taken with the code 「%s」 and the name 「%s」', (id, ja, words) => {
    const draft = [...draftOf(base), { ...shelf(id, { name: { ja } }), key: 'new' }]
    const last = draft.at(-1)
    expect(last && decideFault(last, draft)).toContain(words)
  })
})

it('a file gives what it says; a place or a name that it leaves open stays, and a shelf that it does not know too', () => {
  const base = [
    shelf('文学', { name: { ja: '小説', en: 'Novels' } }),
    shelf('絵本'),
    shelf('新聞', { from: 'drawing', given }),
  ]
  const row = { branch: '本館', plan: null, outline: [] }
  const made = takenIn(draftOf(base), [
    { ...row, id: '文学', name: { ja: '文学', ko: '문학' } },
    { ...row, id: '新聞', name: { ja: '新聞' } },
    { ...row, id: '雑誌', name: { ja: '雑誌' } },
  ])
  expect(made.map(({ id, name, plan, from }) => [id, name, plan, from])).toEqual([
    ['文学', { ja: '小説', en: 'Novels', ko: '문학' }, '1階', 'table'],
    ['絵本', { ja: '絵本' }, '1階', 'table'],
    ['新聞', { ja: '新聞' }, '1階', 'drawing'],
    ['雑誌', { ja: '雑誌' }, null, 'table'],
  ])
})

describe('two who draw at the same time', () => {
  const base = [shelf('文学'), shelf('絵本'), shelf('雑誌')]
  const named = (id: string, ja: string) => shelf(id, { name: { ja } })
  it('keep each what they changed, and are told what both did', () => {
    const mine = [named('文学', '小説'), shelf('絵本'), named('雑誌', 'わたし')]
    const theirs = [shelf('文学'), named('絵本', 'えほん'), named('雑誌', 'かれら'), shelf('新聞')]
    const merged = decideMerge(base, mine, theirs)
    expect(merged.shelves.map(({ name }) => name.ja)).toEqual(['小説', 'えほん', 'わたし', '新聞'])
    expect(merged).toMatchObject({ theirs: ['絵本', '新聞'], both: ['雑誌'] })
  })
  it.each([
    ['taken away by them, changed by me', [named('文学', '小説')], [], ['小説'], ['文学']],
    ['taken away by me, left by them', [], [shelf('文学')], [], []],
    ['taken away by both', [], [], [], []],
    ['changed alike', [named('文学', '小説')], [named('文学', '小説')], ['小説'], []],
  ] as const)('%s', (_, mine, theirs, names, both) => {
    const merged = decideMerge([shelf('文学')], mine, theirs)
    expect(merged.shelves.map(({ name }) => name.ja)).toEqual(names)
    expect(merged.both).toEqual(both)
  })
  it('lose nothing that only one of them did', () => {
    const some = fc.uniqueArray(
      fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), ja: fc.constantFrom('1', '2', '3') }),
      {
        selector: ({ id }) => id,
      },
    )
    const shelves = some.map((list) => list.map(({ id, ja }) => named(id, ja)))
    const nameIn = (list: readonly DeskShelf[], id: string) => list.find((one) => one.id === id)?.name.ja
    fc.assert(
      fc.property(shelves, shelves, shelves, (was, mine, theirs) => {
        const merged = decideMerge(was, mine, theirs)
        for (const id of ['a', 'b', 'c', 'd']) {
          const [before, here, there, now] = [was, mine, theirs, merged.shelves].map((list) => nameIn(list, id))
          expect(now).toBe(here === before ? there : here)
          if (merged.both.includes(id)) expect(here).not.toBe(there)
        }
      }),
    )
  })
})

it('codes of the catalogue without a shelf, and shelves without a place: most titles first', () => {
  const codes = [
    { code: '文学', titles: 900 },
    { code: '書庫', titles: 300 },
    { code: '雑誌', titles: 20 },
  ]
  const draft = draftOf([
    shelf('文学'),
    shelf('雑誌', { plan: null, outline: [] }),
    shelf('旧棚', { plan: null, outline: [] }),
  ])
  expect(decideOpenCodes(codes, draft).map(({ code, titles, shelf: one }) => [code, titles, one?.key ?? null])).toEqual(
    [
      ['書庫', 300, null],
      ['雑誌', 20, '雑誌'],
      ['旧棚', null, '旧棚'],
    ],
  )
})
