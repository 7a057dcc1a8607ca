import type { Report } from '../../../contract/report.ts'
import { menuColors } from '../ui/theme.ts'

export type Chart = {
  kind: 'menus' | 'stacked'
  data: Record<string, string | number>[]
  dataKey: string
  series: { name: string; color: string }[]
}

const yearShades = ['#9bd4b5', '#259d63', '#115a36', '#032213']

/** Up to four years side by side per menu; otherwise one bar per year, month or kiosk, made of the menus. */
export function chartOf(report: Report): Chart {
  const { columns, rows } = report
  if (report.query.by === 'menu' && columns.length <= yearShades.length) {
    const shades = columns.length === 1 ? ['#197a4b'] : yearShades.slice(-columns.length)
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
