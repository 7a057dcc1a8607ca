import type { Report, ReportLayout } from '../../contract/report.ts'

export type Sheet = { headings: string[]; rows: (string | number)[][] }

/**
 * The report as a sheet. `rows` follows 総務省「統計表における機械判読可能なデータの表記方法の統一ルール」: one cell one datum, numbers as
 * numbers, no omitted headings, units in the headings, 西暦 beside 和暦. `table` is the shape in which the town prints it.
 */
export function reportSheet(report: Report, layout: ReportLayout): Sheet {
  return layout === 'table' ? tableSheet(report) : rowsSheet(report)
}

function tableSheet(report: Report): Sheet {
  const several = report.columns.length > 1
  const headings = [
    'メニュー',
    ...report.columns.map((column) => `${column.label}（件）`),
    ...(several ? ['合計（件）'] : []),
  ]
  const rows = report.rows.map((row) => [row.label, ...row.counts, ...(several ? [row.total] : [])])
  return { headings, rows: [...rows, ['合計', ...report.totals, ...(several ? [report.grandTotal] : [])]] }
}

function rowsSheet(report: Report): Sheet {
  const byMonth = report.query.by === 'month'
  const byKiosk = report.query.by === 'kiosk'
  const headings = [
    '年度（西暦）',
    '年度（和暦）',
    ...(byMonth ? ['年（西暦）', '月'] : []),
    ...(byKiosk ? ['端末ID', '施設名'] : []),
    'メニューID',
    'メニュー',
    'アクセス数（件）',
    '注記',
  ]
  const rows = report.columns.flatMap((column, index) => {
    const notes = report.notes
      .filter((note) => note.columnKey === column.key)
      .map((note) => note.text)
      .join(' ')
    return report.rows.map((row) => [
      column.fiscalYear,
      column.fiscalYearJa,
      ...(column.month ? [column.month.year, column.month.month] : []),
      ...(column.kiosk ? [column.kiosk.id, column.kiosk.name] : []),
      row.menu,
      row.label,
      row.counts[index] ?? 0,
      notes,
    ])
  })
  return { headings, rows }
}
