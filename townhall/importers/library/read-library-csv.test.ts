import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { libraryRecordSchema } from '../../../contract/library/record.ts'
import { readLibraryCsv } from './read-library-csv.ts'

const bytes = (text: string) => Buffer.from(text)
const read = (text: string) => readLibraryCsv(bytes(text))
const header =
  '書誌番号,タイトル,タイトルヨミ,著者,著者ヨミ,出版年,分類記号,図書記号,ISBN,資料番号,館,保管場所,禁帯出,貸出回数,受入日'

describe('a list of a library system', () => {
  it('is read by the names of its columns, one row a copy, the copies of a title joined', () => {
    const { records, notices } = read(
      [
        header,
        '10,こころ,ココロ,夏目 漱石／著,ナツメ ソウセキ,平成14年,913.6,ナ,4-00-310101-4,A1,本館,一般,,12,2002/4/1',
        '11,ほし,ホシ,,,,E,ホ,,A9,本館,絵本,,,',
        '10,こころ,ココロ,夏目 漱石／著,ナツメ ソウセキ,平成14年,913.6,ナ,4-00-310101-4,A2,分館,参考,○,3,2001-04-01',
      ].join('\r\n'),
    )
    expect(notices).toEqual([])
    expect(records).toEqual([
      {
        id: '10',
        kind: 'book',
        title: 'こころ',
        titleReading: 'ココロ',
        authors: [{ name: '夏目 漱石', reading: 'ナツメ ソウセキ' }],
        series: [],
        year: 2002,
        subjects: [],
        ndc: '913.6',
        isbn: '9784003101018',
        aboutTown: false,
        loans: 15,
        arrived: '2001-04-01',
        holdings: [
          { item: 'A1', branch: '本館', shelf: '一般', callNumber: '913.6/ナ', readingRoomOnly: false },
          { item: 'A2', branch: '分館', shelf: '参考', callNumber: '913.6/ナ', readingRoomOnly: true },
        ],
      },
      expect.objectContaining({ id: '11', kind: 'picture-book' }),
    ])
  })

  it.each([
    ['ＩＳＢＮ、書名（ヨミ）', 'ＩＳＢＮ,書名,書名（ヨミ）,巻数\n9784003101018,坊っちゃん,ボッチャン,1'],
    ['tabs', 'ISBN\t書名\t書名(カナ)\t巻次\n978-4-00-310101-8\t坊っちゃん\tボッチャン\t1'],
    [
      'title lines above',
      '蔵書一覧,,\n\nISBN,タイトル,ヨミ,巻\n4003101014X,坊っちゃん,ボッチャン,1'.replace('4003101014X', '4003101014'),
    ],
  ])('whatever the columns are called: %s', (_, text) => {
    expect(read(text).records).toEqual([
      expect.objectContaining({ title: '坊っちゃん', titleReading: 'ボッチャン', volume: '1' }),
    ])
  })

  it('has columns of its own, which staff name', () => {
    const found = readLibraryCsv(bytes('なまえ,よみがな\n雪国,ユキグニ'), {
      title: ['なまえ'],
      titleReading: ['よみがな'],
    })
    expect(found.records).toEqual([expect.objectContaining({ title: '雪国', titleReading: 'ユキグニ' })])
  })

  it('is refused in a sentence when it is something else', () => {
    for (const text of ['', 'PK\u0003\u0004', '施設,室,日付\n公民館,1,2026-04-01'])
      expect(read(text)).toMatchObject({
        records: [],
        notices: [{ line: null, severity: 'refused', reason: expect.stringMatching(/。$/) }],
      })
  })

  it.each([
    ['a PDF', '%PDF-1.7\n1 0 obj', 'PDF のファイルです。'],
    ['an older Excel', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'Excel のファイルです。'],
    ['something compressed', Buffer.from([0x1f, 0x8b, 8, 0]), '圧縮されたファイルです。'],
  ])('says what it is when that has another name: %s', (_, file, said) => {
    expect(readLibraryCsv(Buffer.from(file))).toMatchObject({
      records: [],
      notices: [{ severity: 'refused', reason: expect.stringContaining(said) }],
    })
  })

  it('tells the first row when none names the columns, so that staff see what to call them', () => {
    expect(read('バーコード,書名（本）,著作者名\n2,本の題,だれか').notices).toEqual([
      expect.objectContaining({ severity: 'refused', value: 'バーコード、書名（本）、著作者名' }),
    ])
  })

  it.each([
    ['EUC-JP', (text: string) => iconv.encode(text, 'euc-jp')],
    [
      'JIS',
      () => Buffer.from('\x1b$B%?%$%H%k\x1b(B,\x1b$BCx<T\x1b(B\n\x1b$B@c9q\x1b(B,\x1b$B@nC<9/@.\x1b(B\n', 'latin1'),
    ],
  ])('is read in %s too, and says so', (name, encode) => {
    const found = readLibraryCsv(encode('タイトル,著者\n雪国,川端康成\n'))
    expect(found.records).toEqual([
      expect.objectContaining({ title: '雪国', authors: [expect.objectContaining({ name: '川端康成' })] }),
    ])
    expect(found.notices).toEqual([
      expect.objectContaining({ severity: 'repaired', line: null, reason: expect.stringContaining(name) }),
    ])
  })

  it('lists pasted together name their columns again, in another order too, and no book is made of that', () => {
    const {
      records,
      notices,
      read: rows,
    } = read(
      [
        'タイトル,著者,出版年',
        'タイトル,著者,出版年',
        '雪国,川端康成,1937',
        '\uFEFF出版年,著者,タイトル',
        '1954,川端康成,山の音',
        '2001,だれか,タイトル',
      ].join('\n'),
    )
    expect(records.map(({ title, year }) => [title, year])).toEqual([
      ['雪国', 1937],
      ['山の音', 1954],
      ['タイトル', 2001],
    ])
    expect(rows).toBe(3)
    expect(notices).toEqual([2, 4].map((line) => expect.objectContaining({ line, severity: 'repaired' })))
  })

  it('gives a title the same identifier wherever its row stands', () => {
    const rows = ['雪国,川端康成', '山の音,川端康成']
    const ids = (lines: string[]) => new Set(read(['タイトル,著者', ...lines].join('\n')).records.map(({ id }) => id))
    expect(ids(rows)).toEqual(ids(rows.toReversed()))
  })
})

describe('a damaged list', () => {
  it('of both encodings is read line by line', () => {
    const mixed = Buffer.concat([bytes('タイトル,著者\n雪国,川端康成\n'), iconv.encode('山の音,川端康成\n', 'cp932')])
    for (const file of [mixed, iconv.encode('タイトル,著者\n雪国,川端康成\n山の音,川端康成', 'cp932')])
      expect(readLibraryCsv(file).records.map(({ title }) => title)).toEqual(['雪国', '山の音'])
  })

  it('loses no other row by a mark that never ends, a row without title, control characters or a field of megabytes', () => {
    const long = 'あ'.repeat(3_000_000)
    const { records, notices, refused } = read(
      [
        'タイトル,内容,資料番号',
        '"開いたまま,x,1',
        '雪国,"二\n行",2',
        ',題なし,3',
        `山\u0001の音,${long},4`,
        '〓外,x,5',
      ].join('\n'),
    )
    expect(records.map(({ title }) => title)).toEqual(['開いたまま', '雪国', '山の音', '〓外'])
    expect(records[2]?.summary).toHaveLength(2_000)
    expect(refused).toBe(1)
    expect(notices.map(({ line, severity }) => [line, severity])).toEqual([
      [2, 'repaired'],
      [5, 'refused'],
      [6, 'repaired'],
      [6, 'repaired'],
      [7, 'note'],
    ])
  })

  it('whatever bytes stand in one row, keeps all the others, and every record is one by the contract', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat(8), (noise, at) => {
        const rows = Array.from({ length: 9 }, (_, row) => bytes(`題${row},${row},1990\n`))
        rows.splice(
          at,
          0,
          Buffer.concat([
            Buffer.from(noise.map((byte) => (byte === 10 || byte === 13 || byte === 34 ? 0 : byte))),
            bytes('\n'),
          ]),
        )
        const { records } = readLibraryCsv(Buffer.concat([bytes('タイトル,資料番号,出版年\n'), ...rows]))
        const titles = records.map(({ title }) => title)
        for (let row = 0; row < 9; row += 1) expect(titles).toContain(`題${row}`)
        for (const record of records) libraryRecordSchema.parse(record)
      }),
    )
  })
})
