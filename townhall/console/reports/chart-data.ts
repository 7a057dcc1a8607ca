import type { Report } from '../../../contract/report.ts'
import { menuColors } from '../ui/theme.ts'

export type Chart = {
  kind: 'menus' | 'stacked'
  data: Record<string, string | number>[]
  dataKey: string
  series: { name: string; color: string }[]
}

/** The later the year, the darker; for one, two, three and four of them. */
const yearShades = [
  ['#197a4b'],
  ['#51b883', '#115a36'],
  ['#71c598', '#259d63', '#115a36'],
  ['#71c598', '#259d63', '#115a36', '#032213'],
]

/** Up to four years side by side per menu; otherwise one bar per year, month or kiosk, made of the menus. */
export function chartOf(report: Report): Chart {
  const { columns, rows } = report
  const shades = yearShades[columns.length - 1]
  if (report.query.by === 'menu' && shades) {
    return {
      kind: 'menus',
      dataKey: 'menu',
      data: rows.map((row) => ({
        menu: row.label,
        ...Object.fromEntries(columns.map((column, index) => [column.fiscalYearJa, row.counts[index] ?? 0])),
      })),
      series: columns.map((column, index) => ({ name: column.fiscalYearJa, color: shades[index] ?? '#197a4b' })),
    }
  }
  return {
    kind: 'stacked',
    dataKey: 'column',
    data: columns.map((_, index) => ({
      column: shortLabel(report, index),
      ...Object.fromEntries(rows.map((row) => [row.label, row.counts[index] ?? 0])),
    })),
    series: rows.map((row) => ({ name: row.label, color: menuColors[row.menu] })),
  }
}

function shortLabel(report: Report, index: number): string {
  const column = report.columns[index]
  if (!column) return ''
  const several = report.query.fiscalYear !== report.query.toFiscalYear
  if (column.month) return several ? `${column.month.year}/${column.month.month}` : `${column.month.month}月`
  if (column.kiosk) return several ? `${column.kiosk.name} ${column.fiscalYear}` : column.kiosk.name
  return column.fiscalYearJa.replace('年度', '')
}
