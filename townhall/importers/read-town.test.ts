import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eventSchema, sightSchema } from '../../contract/menus/tourism.ts'
import type { Notice } from './import-report.ts'
import { eventHeaders, readEvents } from './read-events.ts'
import { readSights, sightHeaders } from './read-sights.ts'
import { attractHeaders, readSlides } from './read-slides.ts'
import { readTable, type TownTable } from './read-table.ts'

type Row = Record<string, string>
const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
function tableOf(rows: readonly Row[], headers: ReadonlySet<string>): TownTable {
  const columns = [...new Set(rows.flatMap(Object.keys))]
  const csv = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))]
    .map((line) => line.map(cell).join(','))
    .join('\r\n')
  const table = readTable(Buffer.from(csv), headers)
  if ('refused' in table) throw new Error(table.refused)
  return table
}
const sights = (...rows: Row[]) => readSights(tableOf(rows, sightHeaders))
const events = (...rows: Row[]) => readEvents(tableOf(rows, eventHeaders))
const said = (notices: readonly Notice[]) => notices.map((one) => [one.line, one.column, one.severity, one.reason])

describe('sights', () => {
  const older: Row = {
    都道府県コード又は市区町村コード: '016373',
    NO: 'S1',
    名称: '芽室公園',
    名称_カナ: 'メムロコウエン',
    名称_英語: 'Memuro Park',
    住所: '芽室町本通8丁目1',
    方書: '管理棟',
    緯度: '42.91949',
    経度: '143.04556',
    利用可能曜日: '月火水木金',
    開始時間: '9:00',
    終了時間: '17:00',
    利用可能日時特記事項: '祝日は休み',
    '料金（基本）': '５００',
    '料金（詳細）': '中学生まで無料',
    説明: '広い芝生の公園です。',
    連絡先名称: '役場',
    連絡先電話番号: '0155−62−9720',
    連絡先内線番号: '１２３',
    URL: 'https://town.example/park',
  }
  const newer: Row = {
    全国地方公共団体コード: '016373',
    ID: 'S1',
    地方公共団体名: '芽室町',
    名称: '芽室公園',
    名称_カナ: 'メムロコウエン',
    名称_英字: 'Memuro Park',
    所在地_連結表記: '芽室町本通8丁目1',
    '建物名等(方書)': '管理棟',
    緯度: '42.91949',
    経度: '143.04556',
    利用可能曜日: '月火水木金',
    開始時間: '09:00',
    終了時間: '17:00',
    利用可能日時特記事項: '祝日は休み',
    '料金(基本)': '500円',
    '料金(詳細)': '中学生まで無料',
    説明: '広い芝生の公園です。',
    連絡先名称: '役場',
    電話番号: '0155-62-9720',
    内線番号: '123',
    URL: 'https://town.example/park',
  }

  it('of both generations of the official tables say the same', () => {
    expect(sights(older).taken).toEqual(sights(newer).taken)
    expect(sights(newer)).toEqual({
      notices: [],
      taken: [
        {
          line: 2,
          pictureFile: null,
          pictureCredit: null,
          pictureAlt: { ja: '芽室公園', en: 'Memuro Park' },
          sight: {
            id: 'S1',
            category: 'culture',
            name: { ja: '芽室公園', en: 'Memuro Park' },
            reading: 'めむろこうえん',
            description: { ja: '広い芝生の公園です。' },
            address: { ja: '芽室町本通8丁目1 管理棟' },
            point: { lat: 42.91949, lon: 143.04556 },
            hours: { ja: '月・火・水・木・金 09:00〜17:00 祝日は休み' },
            price: { ja: '500円 中学生まで無料' },
            contact: { name: { ja: '役場' }, phone: '0155-62-9720（内線123）' },
            url: 'https://town.example/park',
          },
        },
      ],
    })
    expect(said(sights(older).notices)).toEqual([
      [2, '開始時間', 'repaired', '9:00 → 09:00'],
      [2, '料金(基本)', 'repaired', '５００ → 500円'],
    ])
  })

  it('one bad row costs no other: each mistake is told with line, column and reason', () => {
    const good = { ID: 'a', 名称: '公園', 説明: '広い' }
    const { taken, notices } = sights(
      good,
      { ID: 'b', 名称: '', 説明: '名前がない' },
      { ID: 'a', 名称: '池', 説明: '番号が同じ' },
      {
        ID: 'c',
        名称: '山',
        説明: '高い',
        カテゴリ: 'ひみつ',
        緯度: '35.0',
        経度: '135.0',
        URL: 'javascript:alert(1)',
      },
      { ID: 'd', 名称: '川', 説明: '-' },
    )
    expect(taken.map((one) => one.sight.id)).toEqual(['a', 'c'])
    expect(said(notices)).toEqual([
      [3, '名称', 'refused', '「名称」がありません。'],
      [4, 'ID', 'refused', '同じ番号の行が、前にもあります。'],
      [5, 'URL', 'note', 'http か https のアドレスではないため、載せませんでした。'],
      [5, 'カテゴリ', 'note', expect.stringContaining('「文化」として受け取りました。')],
      [5, '緯度', 'note', '緯度 35.0・経度 135.0 は町の外です。地図の場所なしで受け取りました。'],
      [6, '説明', 'refused', '「説明」がありません。'],
    ])
  })

  it('a table of another kind is told once, not row by row', () => {
    const shelters = { ID: 'x', 名称: '小学校', 緯度: '42.9', 経度: '143.0', 電話番号: '0155' }
    expect(said(sights(shelters, shelters, shelters).notices)).toEqual([
      [null, '説明', 'refused', '「説明」の列がありません。この種類の表か、見出しの行を確かめてください。'],
    ])
  })
})

describe('events', () => {
  const base: Row = { ID: 'E1', イベント名: '氷灯夜', 開始日: '2026-02-14', 終了日: '', 説明: '氷のあかり' }
  it('take dates and repetitions as offices write them', () => {
    const { taken, notices } = events({
      ...base,
      開始日: '令和8年2月14日',
      開始時間: '16時',
      終了時間: '20：00',
      繰り返し: '毎年2月14日',
      除外日: '2027/2/14、R10.2.14',
      状態: '中止になりました',
      '料金(基本)': '無料',
      こども向け: '○',
    })
    expect(taken[0]?.event).toMatchObject({
      startDate: '2026-02-14',
      endDate: '2026-02-14',
      startTime: '16:00',
      endTime: '20:00',
      recurrence: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=14',
      exceptDates: ['2027-02-14', '2028-02-14'],
      status: 'cancelled',
      free: true,
      forChildren: true,
    })
    expect(notices.every((one) => one.severity === 'repaired')).toBe(true)
  })

  it.each([
    ['no date', { 開始日: '' }, '開始日', '「開始日」がありません。'],
    ['a date that is none', { 開始日: '2026-02-30' }, '開始日', 'カレンダーにない日付です。'],
    ['an end before its start', { 終了日: '2026-02-13' }, '終了日', '終了日が開始日より前です。'],
    ['a repetition nobody understands', { 繰り返し: 'たまに' }, '繰り返し', '繰り返しとして読めません'],
    ['a day that never comes', { 繰り返し: '毎年2月30日' }, '繰り返し', 'カレンダーにない日です。'],
    ['no name', { イベント名: '' }, 'イベント名', '「イベント名」がありません。'],
  ])('%s refuses the row and says so', (_, change: Row, column, reason) => {
    const { taken, notices } = events({ ...base, ...change }, { ...base, ID: 'E2' })
    expect(taken.map((one) => one.event.id)).toEqual(['E2'])
    expect(notices[0]).toMatchObject({ line: 2, column, severity: 'refused', reason: expect.stringContaining(reason) })
  })
})

const anyCell = fc.oneof(
  { weight: 3, arbitrary: fc.constant('') },
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom(
    'constructor',
    '__proto__',
    '2026-04-01',
    'R8.4.1',
    '毎週水曜日',
    '24:00',
    '42.9',
    '143.0',
    'http:x',
    'http://',
    'https://town.example/a b',
    'http://[::1]/',
    '中止',
    '550円',
    '"',
    '\n',
  ),
)

it.each<[string, ReadonlySet<string>, (table: TownTable) => { notices: Notice[] }]>([
  [
    'sights',
    sightHeaders,
    (table) => {
      const result = readSights(table)
      for (const { sight } of result.taken) sightSchema.parse({ ...sight, pictures: [] })
      return result
    },
  ],
  [
    'events',
    eventHeaders,
    (table) => {
      const result = readEvents(table)
      for (const { event } of result.taken) eventSchema.parse({ ...event, pictures: [] })
      return result
    },
  ],
  ['slides', attractHeaders, (table) => readSlides(table)],
])('whatever stands in the cells of %s: what is taken can be released, what is not is told', (_, headers, readAll) => {
  const row = fc.record(Object.fromEntries([...headers].map((header) => [header, anyCell])))
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 3 }), (rows) => {
      const named = rows.map((one, index) => ({
        ...one,
        名称: `名${index}`,
        イベント名: `会${index}`,
        説明: '文',
        文: '文',
      }))
      const { notices } = readAll(tableOf(named, headers))
      for (const notice of notices) {
        expect(notice.column).toBeTruthy()
        expect(notice.line).toBeGreaterThan(1)
        expect(notice.reason).not.toBe('')
      }
    }),
    { numRuns: 300 },
  )
})
