import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { decodeText } from './decode-text.ts'
import { readTable, type TownTable } from './read-table.ts'

const known = new Set(['名称', '説明', '料金(基本)', '住所'])
const read = (text: string) => readTable(Buffer.from(text), known)
function table(text: string): TownTable {
  const result = read(text)
  if ('refused' in result) throw new Error(result.refused)
  return result
}
const cellsOf = (text: string) => table(text).rows.map((row) => Object.fromEntries(row.cells))

describe('the encoding', () => {
  const text = '名称,説明,住所\r\n髙橋①,はしご〜,東3条\r\n'
  it.each([
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${text}`), 'utf-8'],
    ['UTF-16, as Excel saves Unicode text', Buffer.from(`\uFEFF${text}`, 'utf16le'), 'utf-16'],
    ['UTF-16 the other way round', iconv.encode(`\uFEFF${text}`, 'utf16be'), 'utf-16'],
    ['CP932', iconv.encode(text.replace('〜', '～'), 'cp932'), 'cp932'],
  ])('%s is read', (_, bytes, encoding) => {
    const result = readTable(bytes, known)
    expect(result).toMatchObject({ encoding })
    expect('rows' in result && result.rows[0]?.cells.get('名称')).toBe('髙橋①')
  })

  it.each([
    ['nothing', Buffer.alloc(0), 'ファイルが空です。'],
    ['an Excel file', Buffer.from('PK\x03\x04…'), 'Excel'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0xff]), '文字コード'],
    ['EUC-JP', iconv.encode('見出しと説明をかきました。'.repeat(20), 'eucjp'), ''],
  ])('%s is refused with one clear sentence', (_, bytes, words) => {
    const result = readTable(bytes, known)
    expect('refused' in result && result.refused).toContain(words)
  })

  it('whatever the bytes are, it answers', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const decoded = decodeText(bytes)
        if ('refused' in decoded) expect(decoded.refused).toMatch(/[ぁ-ん]/)
        const result = readTable(bytes, known)
        if ('refused' in result) expect(result.refused).toMatch(/[ぁ-ん]/)
      }),
      { numRuns: 500 },
    )
  })
})

describe('the shape', () => {
  it('columns are found by name, however the header is written', () => {
    expect(cellsOf('ＮＯ,名 称,料金（基本）,説明\n1,公園,無料,広い\n')).toEqual([
      { no: '1', 名称: '公園', '料金(基本)': '無料', 説明: '広い' },
    ])
  })

  it('title lines above the header and blank rows are passed over, and lines are counted as an editor does', () => {
    const rows = table(
      '観光施設一覧,,\n令和8年4月1日現在,,\n\n名称,説明,住所\n公園,広い,本通\n,,\n\n池,"深い\n青い",南\n川,長い,北\n',
    ).rows
    expect(rows.map((row) => [row.line, row.cells.get('名称')])).toEqual([
      [5, '公園'],
      [8, '池'],
      [10, '川'],
    ])
    expect(rows[1]?.cells.get('説明')).toBe('深い\n青い')
  })

  it('of a header that stands twice the first cell that says something counts', () => {
    expect(cellsOf('名称,住所,説明,住所\n公園,,広い,本通\n池,南,青い,北\n').map((row) => row.住所)).toEqual([
      '本通',
      '南',
    ])
  })

  it('tabs instead of commas, rows too short and too long, stray quotes', () => {
    expect(cellsOf('名称\t説明\t住所\n公園\t広い\t本通\n')).toEqual([{ 名称: '公園', 説明: '広い', 住所: '本通' }])
    expect(cellsOf('名称,説明,住所\n公園\n池,青い,南,余り\n高さ5"の木,太い,北\n').map((row) => row.名称)).toEqual([
      '公園',
      '池',
      '高さ5"の木',
    ])
  })

  it.each([
    ['a text', 'これは手紙です。\nよろしく。\n'],
    ['a table of another kind', 'id,name,price\n1,pen,100\n'],
    ['a quote that never ends', '名称,説明,住所\n公園,"広い,本通\n池,青い,南'],
  ])('%s is refused, or read as far as it can be, in words', (_, text) => {
    const result = read(text)
    if ('refused' in result) expect(result.refused).toMatch(/[ぁ-ん]/)
    else expect(result.rows.length).toBeGreaterThan(0)
  })
})
