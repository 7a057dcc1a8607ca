import { describe, expect, it } from 'vitest'
import { readZip } from '../testing/read-zip.ts'
import { buildReport } from './build-report.ts'
import { exportReport } from './export-report.ts'

const reportOf = (name: string, by: 'menu' | 'kiosk' = 'kiosk', missing = 0) =>
  buildReport({
    query: { fiscalYear: 2002, by },
    counts: [{ kioskNo: 1, month: '2002-04', menu: 'tourism', accesses: 3_228, unverified: 0 }],
    kiosks: [
      { no: 1, id: 'kiosk-1', name, enrolledAtMs: 0, revokedAtMs: null, lastHeardAtMs: Date.UTC(2026, 0, 1), missing },
    ],
    nowMs: Date.UTC(2026, 0, 1),
  })
const shiftJis = (bytes: Uint8Array) => new TextDecoder('shift_jis', { fatal: true }).decode(bytes)
const utf8 = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)

describe('CSV', () => {
  it('is the town’s table, in UTF-8 with the mark that Excel wants, its lines ended as RFC 4180 says', async () => {
    const file = await exportReport(reportOf('健康プラザ', 'menu', 2), 'csv', 'table')
    expect(file).toMatchObject({ name: 'kiosk-accesses-2002-by-menu.csv', type: 'text/csv; charset=utf-8' })
    expect(utf8(file.bytes).split('\r\n')).toEqual([
      '\uFEFFメニュー,平成14年度（2002年度）（件）',
      '観光・イベント,3228',
      'MAP検索,0',
      '体験インターネット,0',
      '図書検索,0',
      '議会中継,0',
      '施設利用状況,0',
      '役場探訪・目安箱,0',
      '合計,3228',
      '',
      '注：健康プラザ（kiosk-1）の記録に、まだ届いていない番号が2件あります。',
      '',
    ])
  })

  it('in rows every line has every cell, and the notes stand beside their figures', async () => {
    const file = await exportReport(reportOf('健康プラザ', 'kiosk', 2), 'csv', 'rows')
    const [headings, first, ...others] = utf8(file.bytes).trimEnd().split('\r\n')
    expect(headings).toBe('\uFEFF年度（西暦）,年度（和暦）,端末ID,施設名,メニューID,メニュー,アクセス数（件）,注記')
    expect(first).toBe(
      '2002,平成14年度,kiosk-1,健康プラザ,tourism,観光・イベント,3228,健康プラザ（kiosk-1）の記録に、まだ届いていない番号が2件あります。',
    )
    expect(others).toHaveLength(6)
  })

  it.each([
    ['=HYPERLINK("http://x.example")', `"'=HYPERLINK(""http://x.example"") 平成14年度（件）"`],
    ['+81 155', "'+81 155 平成14年度（件）"],
    ['-1+1', "'-1+1 平成14年度（件）"],
    ['@SUM(A1)', "'@SUM(A1) 平成14年度（件）"],
    ['＝１＋１', "'＝１＋１ 平成14年度（件）"],
    ['\t=1', "'\t=1 平成14年度（件）"],
    ['北,南', '"北,南 平成14年度（件）"'],
    ['上\n下', '"上\n下 平成14年度（件）"'],
  ])('a facility named %j is a text', async (name, cell) => {
    const csv = utf8((await exportReport(reportOf(name), 'csv', 'table')).bytes)
    expect(csv.startsWith(`\uFEFFメニュー,${cell}\r\n`)).toBe(true)
  })
})

describe('CSV in CP932', () => {
  it('says the same as the one in UTF-8', async () => {
    const [unicode, cp932] = await Promise.all([
      exportReport(reportOf('芽室南地区コミセン①髙橋'), 'csv', 'rows'),
      exportReport(reportOf('芽室南地区コミセン①髙橋'), 'csv-cp932', 'rows'),
    ])
    expect(cp932).toMatchObject({ name: 'kiosk-accesses-2002-by-kiosk-rows.csv', type: 'text/csv; charset=Shift_JIS' })
    expect(`\uFEFF${shiftJis(cp932.bytes)}`).toBe(utf8(unicode.bytes))
  })

  it('writes the characters that it has under another number, and 〓 for those it lacks, and says so', async () => {
    const table = shiftJis((await exportReport(reportOf('月〜金−𠮷野☀'), 'csv-cp932', 'table')).bytes)
    expect(table.split('\r\n')[0]).toBe('メニュー,月～金－〓野〓 平成14年度（件）')
    expect(table.trimEnd().split('\r\n').at(-1)).toBe('注：Shift_JIS にない文字は〓にしました。')
    const rows = shiftJis((await exportReport(reportOf('𠮷野'), 'csv-cp932', 'rows')).bytes)
    expect(rows.split('\r\n')[1]).toBe(
      '2002,平成14年度,kiosk-1,〓野,tourism,観光・イベント,3228,Shift_JIS にない文字は〓にしました。',
    )
    expect(rows.split('\r\n').every((row) => row === '' || row.split(',').length === 8)).toBe(true)
  })
})

describe('XLSX', () => {
  it('holds numbers as numbers, names as texts whatever they look like, and no formula', async () => {
    const file = await exportReport(reportOf('=cmd|calc', 'kiosk', 2), 'xlsx', 'rows')
    expect(file.name).toBe('kiosk-accesses-2002-by-kiosk-rows.xlsx')
    const parts = readZip(file.bytes)
    const sheets = [...parts].filter(([name]) => /worksheets\/sheet\d+\.xml$/.test(name)).map(([, xml]) => xml)
    expect(sheets).toHaveLength(2)
    expect(sheets.join('')).not.toMatch(/<f[ >]/)
    expect(sheets[0]).toMatch(/<c [^>]*><v>3228<\/v><\/c>/)
    const texts = [...parts.values()].join('')
    expect(texts).toContain('=cmd|calc')
    expect(texts).toContain('注記')
  })
})

describe('JSON', () => {
  it('as a table is the report; in rows it is one object per figure', async () => {
    const report = reportOf('健康プラザ')
    expect(JSON.parse(utf8((await exportReport(report, 'json', 'table')).bytes))).toEqual(report)
    const rows = JSON.parse(utf8((await exportReport(report, 'json', 'rows')).bytes))
    expect(rows).toMatchObject({ unit: 'accesses', asOf: '2026-01-01T00:00:00.000Z', notes: [] })
    expect(rows.rows).toHaveLength(7)
    expect(rows.rows[0]).toEqual({
      fiscalYear: 2002,
      fiscalYearJa: '平成14年度',
      kioskId: 'kiosk-1',
      facility: '健康プラザ',
      menu: 'tourism',
      menuJa: '観光・イベント',
      count: 3_228,
      notes: [],
    })
  })
})
