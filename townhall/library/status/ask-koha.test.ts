import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Holding, LibraryRecord } from '../../../contract/library/record.ts'
import type { TitleStatus } from '../../../contract/menus/library.ts'
import { kohaServer } from '../../testing/koha-server.ts'
import { dueDays, kohaSource, readAvailability } from './ask-koha.ts'

const today = Date.UTC(2026, 10, 27)
const copy = (item: string | null): Holding => ({
  ...{ item, branch: '', shelf: null, callNumber: null, readingRoomOnly: false },
})
const title = (id: string, ...items: (string | null)[]): LibraryRecord => ({
  ...{ id, kind: 'book', title: id, authors: [], series: [], subjects: [], aboutTown: false, loans: 0 },
  holdings: items.map(copy),
})
const titles = [
  title('in', '1', '2'),
  title('out', '2', '3'),
  title('room', '4'),
  title('lost', '5'),
  title('no such copy', '99'),
  title('by barcode', 'B-7'),
  title('half known', '2', null),
]

let server: Awaited<ReturnType<typeof kohaServer>>
beforeEach(async () => {
  server = await kohaServer({
    1: { title: '10' },
    2: { title: '11', onLoan: '2026-12-02' },
    3: { title: '11', onLoan: '2026-12-01' },
    4: { title: '12', notForLoan: true },
    5: { title: '13', lost: true },
  })
})
afterEach(() => server.close())

async function ask(dueDates = false) {
  const told: TitleStatus[] = []
  const outside = { fetch, wait: async () => undefined, signal: new AbortController().signal }
  const source = kohaSource({ address: server.address, dueDates }, outside, () => today)
  const failed = await source.ask(titles, (some) => void told.push(...some))
  return { failed, states: told.map(({ id, state, due }) => [id, state, due]) }
}
const allUnknown = titles.map(({ id }) => [id, 'unknown', null])

describe('Koha', () => {
  it('is asked once for all copies, and says of each title how it stands', async () => {
    expect(await ask()).toEqual({
      failed: null,
      states: [
        ['in', 'in', null],
        ['out', 'out', null],
        ['room', 'reading-room', null],
        ['lost', 'out', null],
        ['no such copy', 'unknown', null],
        ['by barcode', 'unknown', null],
        ['half known', 'unknown', null],
      ],
    })
    expect(server.asked.map((query) => query.get('id'))).toEqual(['1 2 3 4 5 99'])
  })

  it('tells the day too where it is to be asked', async () => {
    expect((await ask(true)).states.slice(0, 2)).toEqual([
      ['in', 'in', null],
      ['out', 'out', '2026-12-01'],
    ])
    expect(server.asked.map((query) => [query.get('service'), query.get('id')])).toEqual([
      ['GetAvailability', '1 2 3 4 5 99'],
      ['GetRecords', '11 13'],
    ])
  })

  it('with days that no calendar has tells none', async () => {
    server.be('impossible-days')
    expect((await ask(true)).states[1]).toEqual(['out', 'out', null])
  })

  it.each(['tells-of-others', 'contradicts', 'strange-words'] as const)(
    'that %s is believed nothing of it',
    async (mood) => {
      server.be(mood)
      const { failed, states } = await ask()
      expect(failed).toBeNull()
      // What it says twice in the same way stays.
      if (mood === 'contradicts') expect(states.slice(1)).toEqual(allUnknown.slice(1))
      else expect(states).toEqual(allUnknown)
    },
  )

  it.each([
    ['html', null],
    ['huge', null],
    ['down', null],
    ['redirect', null],
    ['cuts-off', null],
    ['refuses', null],
    ['busy', 120_000],
  ] as const)('that is %s says why in words, and tells nothing', async (mood, waitMs) => {
    server.be(mood)
    expect(await ask()).toEqual({
      failed: expect.objectContaining({ waitMs, reason: expect.stringMatching(/。$/) }),
      states: [],
    })
    expect(server.asked).toHaveLength(1)
  })
})

describe('whatever Koha may answer', () => {
  const piece = fc.constantFrom(
    ...['<dlf:collection>', '<dlf:record>', '<dlf:item id="1">', '<dlf:item id="', '</dlf:item>', '<items>', '<item>'],
    ...[
      '<dlf:availabilitystatus>',
      'available',
      'not available',
      '</',
      '<onloan>2026-12-01',
      '<itemnumber>1<',
      '>',
      '&lt;',
    ],
  )
  it('is read to its end, and tells of nothing that was not asked', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 60 }), (parts) => {
        const text = parts.join('')
        for (const id of readAvailability(text, new Set(['1', '2']))?.keys() ?? []) expect(['1', '2']).toContain(id)
        for (const day of dueDays(text, today).values()) expect(Number.isNaN(Date.parse(day))).toBe(false)
      }),
    )
  })
})
