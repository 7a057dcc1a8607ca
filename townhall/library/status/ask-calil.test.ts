import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LibraryRecord } from '../../../contract/library/record.ts'
import type { TitleStatus } from '../../../contract/menus/library.ts'
import { calilServer } from '../../testing/calil-server.ts'
import { calilSource, decideCalil, readCalil } from './ask-calil.ts'

const title = (id: string, isbn?: string): LibraryRecord => ({
  ...{ id, kind: 'book', title: id, authors: [], series: [], subjects: [], aboutTown: false, loans: 0, holdings: [] },
  ...(isbn === undefined ? {} : { isbn }),
})
const titles = [
  title('a', '9784003101018'),
  title('b', '9784834000825'),
  title('no isbn'),
  // A second edition under the same number.
  title('b2', '9784834000825'),
]

let server: Awaited<ReturnType<typeof calilServer>>
let waits: number[]
let nowMs: number
beforeEach(async () => {
  server = await calilServer({
    9784003101018: { 芽室: '貸出可' },
    9784834000825: { 芽室: '貸出中', 上美生: '蔵書なし' },
  })
  waits = []
  nowMs = Date.UTC(2026, 10, 27)
})
afterEach(() => server.close())

function source(key: string | null = 'secret-key') {
  const outside = { fetch, wait: async (ms: number) => void waits.push(ms), signal: new AbortController().signal }
  return calilSource({ systemId: 'Hokkaido_Memuro', address: server.address, key: () => key }, outside, () => nowMs)
}
async function ask(from = source(), records = titles) {
  const told: TitleStatus[][] = []
  const failed = await from.ask(records, (some) => void told.push([...some]))
  return { failed, told: told.map((some) => some.map(({ id, state }) => [id, state])) }
}
const all = [
  [['no isbn', 'unknown']],
  [['a', 'in']],
  [
    ['b', 'out'],
    ['b2', 'out'],
  ],
]

describe('カーリル', () => {
  it('is asked by ISBN and system, in plain JSON', async () => {
    expect(await ask()).toEqual({ failed: null, told: all })
    expect(server.asked.map(Object.fromEntries)).toEqual([
      {
        ...{ appkey: 'secret-key', systemid: 'Hokkaido_Memuro', format: 'json', callback: 'no' },
        isbn: '9784003101018,9784834000825',
      },
    ])
    expect(waits).toEqual([])
  })

  it('is asked on with its session, never sooner than its terms allow, and what is there is told at once', async () => {
    server.be('runs-first')
    const { failed, told } = await ask()
    expect(failed).toBeNull()
    expect(told.slice(0, 2)).toEqual([[['no isbn', 'unknown']], [['a', 'in']]])
    expect(told.at(-1)).toEqual([
      ['b', 'out'],
      ['b2', 'out'],
    ])
    expect(server.asked.map((query) => query.get('session'))).toEqual([null, '7f3a'])
    expect(waits).toEqual([2_000])
  })

  it('that wraps its answer as JSONP is understood', async () => {
    server.be('jsonp')
    expect(await ask()).toEqual({ failed: null, told: all })
  })

  it.each(['other-system', 'breaks', 'strange-shape'] as const)('with %s tells nothing of a book', async (mood) => {
    server.be(mood)
    expect(await ask()).toEqual({ failed: null, told: [[['no isbn', 'unknown']]] })
  })

  it('with words of its own is unknown', async () => {
    server.be('strange-words')
    expect((await ask()).told.flat().every(([, state]) => state === 'unknown')).toBe(true)
  })

  it.each(['html', 'huge', 'down', 'redirect', 'cuts-off', 'busy', 'no-session', 'never-ends'] as const)(
    'that is %s ends in words',
    async (mood) => {
      server.be(mood)
      const { failed } = await ask()
      expect(failed?.reason).toMatch(/[ぁ-ん].*。$/)
      expect(failed?.reason).not.toContain('secret-key')
      expect(failed?.waitMs).toBe(mood === 'busy' ? 120_000 : null)
      expect(server.asked.length).toBeLessThanOrEqual(16)
    },
  )

  it('is not asked without a key, nor for more titles in an hour than its terms allow', async () => {
    expect((await ask(source(null))).failed?.reason).toContain('アプリケーションキー')
    expect(server.asked).toHaveLength(0)
    const one = source()
    for (let times = 0; times < 450; times += 1) await ask(one)
    expect(server.asked).toHaveLength(450)
    nowMs += 600_000
    expect((await ask(one)).failed).toEqual({ reason: expect.stringContaining('1時間'), waitMs: 3_000_000 })
    expect(server.asked).toHaveLength(450)
    nowMs += 3_000_000
    expect((await ask(one)).failed).toBeNull()
  })
})

describe('the words of branches', () => {
  it.each([
    [[], 'unknown'],
    [['蔵書なし'], 'unknown'],
    [['貸出中', '貸出可'], 'in'],
    [['蔵書あり', '貸出中'], 'unknown'],
    [['休館中'], 'unknown'],
    [['貸出中', '予約中', '蔵書なし'], 'out'],
    [['準備中'], 'out'],
    [['館内のみ'], 'reading-room'],
    [['館内のみ', '貸出中'], 'out'],
  ] as const)('%j: %s', (words, state) => {
    expect(decideCalil(words)).toBe(state)
  })
})

it('whatever JSON it may be, an answer is read or refused', () => {
  const book = fc.record({ status: fc.oneof(fc.string(), fc.constant('OK')), libkey: fc.jsonValue() })
  const answer = fc.record({
    session: fc.oneof(fc.string(), fc.jsonValue()),
    continue: fc.oneof(fc.constantFrom(0, 1), fc.jsonValue()),
    books: fc.oneof(
      fc.jsonValue(),
      fc.dictionary(
        fc.constantFrom('9784003101018', '__proto__', 'x'),
        fc.record({ Hokkaido_Memuro: fc.oneof(book, fc.jsonValue()) }),
      ),
    ),
  })
  fc.assert(
    fc.property(fc.oneof(answer, fc.jsonValue()), (value) => {
      const read = readCalil(JSON.stringify(value), 'Hokkaido_Memuro')
      for (const [isbn, { words }] of read?.books ?? []) {
        expect(isbn).toBe('9784003101018')
        for (const word of words) expect(typeof word).toBe('string')
      }
    }),
  )
})
