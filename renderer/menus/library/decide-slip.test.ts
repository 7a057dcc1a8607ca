import { describe, expect, it } from 'vitest'
import { type LibraryRecord, libraryRecordSchema } from '../../../contract/library/record.ts'
import { decideSlip } from './decide-slip.ts'

const record = (part: Partial<LibraryRecord> = {}) =>
  libraryRecordSchema.parse({
    id: 'a/1',
    kind: 'book',
    title: '銀河鉄道の夜',
    authors: [{ name: '宮沢賢治' }],
    series: [],
    subjects: [],
    aboutTown: false,
    loans: 0,
    holdings: [
      { item: '1', branch: 'main', shelf: 'lit', callNumber: '913.6/ミ', readingRoomOnly: false },
      { item: '2', branch: 'main', shelf: 'lit', callNumber: '913.6/ミ', readingRoomOnly: false },
      { item: '3', branch: 'bus', shelf: null, callNumber: null, readingRoomOnly: false },
    ],
    ...part,
  })
const view = {
  branches: [{ id: 'main', name: { ja: '芽室町図書館', en: 'Memuro Library' } }],
  shelves: [{ id: 'lit', branch: 'main', name: { ja: '日本の小説' }, plan: null, outline: [] }],
}

describe('a slip to take home', () => {
  it('names each place once, in the language shown', () => {
    expect(decideSlip(record(), view, 'ja')).toBe('銀河鉄道の夜\n宮沢賢治\n芽室町図書館 日本の小説 913.6 ミ\nbus')
    expect(decideSlip(record(), view, 'en')).toContain('Memuro Library 日本の小説 913.6 ミ')
  })

  it('stays small for a title of five hundred letters', () => {
    const slip = decideSlip(record({ title: '夜'.repeat(500), holdings: [] }), view, 'ja')
    expect([...slip].length).toBeLessThan(130)
  })
})
