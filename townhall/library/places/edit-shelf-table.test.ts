import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { type SavedShelf, savedShelfSchema } from '../../../contract/library/shelf-desk.ts'
import { readShelves, shelfHeaders } from '../../importers/places/read-library-places.ts'
import { readTable } from '../../importers/read-table.ts'
import { editShelfTable } from './edit-shelf-table.ts'

const shelf = (id: string, more: Partial<SavedShelf> = {}): SavedShelf => ({
  ...{ id, branch: '本館', name: { ja: id }, plan: null, outline: [], ...more },
})
const bytesOf = (text: string) => new TextEncoder().encode(text)
function edit(before: string | Uint8Array | null, change: { put?: SavedShelf[]; remove?: string[] }): string[] {
  const bytes = typeof before === 'string' ? bytesOf(before) : before
  const edited = editShelfTable(bytes, { put: [], remove: [], ...change })
  if ('refused' in edited) throw new Error(edited.refused)
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(edited.bytes)
  expect(text.startsWith('\uFEFF')).toBe(true)
  expect(text.endsWith('\r\n')).toBe(true)
  return text.slice(1, -2).split('\r\n')
}
const outline: SavedShelf['outline'] = [
  [0.1, 0.2],
  [0.33333, 0.2],
  [0.3, 0.4],
]

describe('shelves.csv, edited', () => {
  it('begins with a header of its own', () => {
    expect(edit(null, { put: [shelf('文学', { plan: '1階', outline })] })).toEqual([
      '棚,館,名称,名称_英語,図,位置',
      '文学,本館,文学,,1階,"10,20 33.33,20 30,40"',
    ])
  })

  it('changes what was changed and nothing else: order, titles, columns and rows of staff stay', () => {
    const before = [
      '芽室町図書館の棚,,',
      '名称,メモ,棚,館,図,位置',
      '文学の棚,"窓のそば, 低い",文学,本館,1階,"1,1 2,2 3,1"',
      '読めない行,,雑誌,どこか,1階,',
      '絵本,,絵本,本館,,',
    ].join('\n')
    expect(
      edit(before, { put: [shelf('文学', { name: { ja: '小説', ko: '소설' } }), shelf('新着')], remove: ['絵本'] }),
    ).toEqual([
      '芽室町図書館の棚,,',
      '名称,メモ,棚,館,図,位置,名称_韓国語',
      '小説,"窓のそば, 低い",文学,本館,,,소설',
      '読めない行,,雑誌,どこか,1階,,',
      '新着,,新着,本館,,,',
    ])
  })

  it('takes away every row of a code, so that none of them comes to light by it', () => {
    expect(edit('棚,館\n文学,本館\n文学,分館\n絵本,本館\n', { remove: ['文学'] })).toEqual(['棚,館', '絵本,本館'])
  })

  it('reads what Excel wrote in Shift_JIS, and a column under its other name', () => {
    const before = iconv.encode('棚,館,名称,名称_英字\n文学,本館,文学,Literature\n', 'cp932')
    expect(edit(before, { put: [shelf('文学', { name: { ja: '文学', en: 'Novels' } })] })).toEqual([
      '棚,館,名称,名称_英字',
      '文学,本館,文学,Novels',
    ])
  })

  it('is no table: nothing is written over it', () => {
    expect(editShelfTable(bytesOf('<html>503</html>'), { put: [shelf('文学')], remove: [] })).toHaveProperty('refused')
  })

  it('whatever was saved is read again as it was, and a second shelf leaves the first alone', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).map((one) => one.trim())
    const part = fc.integer({ min: 0, max: 10_000 }).map((value) => value / 10_000)
    const made = fc
      .record({
        id: text,
        branch: fc.constant('本館'),
        name: fc.record({ ja: text, en: text, vi: text }, { requiredKeys: ['ja'] }),
        outline: fc.array(fc.tuple(part, part), { minLength: 3, maxLength: 8 }),
        drawn: fc.boolean(),
      })
      .map(({ drawn, outline: corners, ...rest }): unknown => ({
        ...{ ...rest, plan: drawn ? '1階' : null, outline: drawn ? corners : [] },
      }))
    // What says nothing in a cell (「-」「なし」) is a name that cannot be kept, and is what the form refuses.
    const says = (value: string) => !/^(?:[-－ー―–—*＊…・]+|△|なし|無し|該当なし)$/.test(value.normalize('NFKC'))
    fc.assert(
      fc.property(fc.uniqueArray(made, { maxLength: 5, selector: (one) => JSON.stringify(one) }), (candidates) => {
        const shelves = candidates.flatMap((one) => {
          const parsed = savedShelfSchema.safeParse(one)
          return parsed.success && [parsed.data.id, ...Object.values(parsed.data.name)].every(says) ? [parsed.data] : []
        })
        const unique = shelves.filter(({ id }, at) => shelves.findIndex((one) => one.id === id) === at)
        let bytes: Uint8Array | null = null
        for (const one of unique) {
          const edited = editShelfTable(bytes, { put: [one], remove: [] })
          if ('refused' in edited) throw new Error(edited.refused)
          bytes = edited.bytes
        }
        if (bytes === null) return
        const table = readTable(bytes, shelfHeaders, 1)
        if ('refused' in table) throw new Error(table.refused)
        const read = readShelves(table, [{ id: '本館', name: { ja: '本館' } }], [{ id: '1階' }])
        expect(read).toEqual({ taken: unique, notices: [] })
      }),
    )
  })
})
