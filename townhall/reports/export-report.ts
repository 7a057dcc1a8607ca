import writeXlsxFile from 'write-excel-file/node'
import type { Report, ReportFormat, ReportLayout } from '../../contract/report.ts'
import { reportSheet, type Sheet } from './report-sheet.ts'
import { toCp932, withinCp932 } from './to-cp932.ts'

export type ExportedFile = { name: string; type: string; bytes: Uint8Array<ArrayBuffer> }

/** The report as a file for the town's own programs. */
export async function exportReport(report: Report, format: ReportFormat, layout: ReportLayout): Promise<ExportedFile> {
  const name = fileName(report, format, layout)
  switch (format) {
    case 'csv':
      // Excel takes UTF-8 for what it is only with a byte order mark.
      return {
        name,
        type: 'text/csv; charset=utf-8',
        bytes: new Uint8Array(Buffer.from(`\uFEFF${csv(sheetWithNotes(report, layout))}`, 'utf8')),
      }
    case 'csv-cp932':
      return {
        name,
        type: 'text/csv; charset=Shift_JIS',
        bytes: toCp932(csv(cp932Sheet(sheetWithNotes(report, layout), layout))),
      }
    case 'xlsx':
      return {
        name,
        type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        bytes: await xlsx(report, layout),
      }
    case 'json':
      return {
        name,
        type: 'application/json',
        bytes: new Uint8Array(Buffer.from(`${JSON.stringify(jsonOf(report, layout), null, 2)}\n`)),
      }
  }
}

function fileName(report: Report, format: ReportFormat, layout: ReportLayout): string {
  const { fiscalYear, toFiscalYear, by } = report.query
  const years = fiscalYear === toFiscalYear ? `${fiscalYear}` : `${fiscalYear}-${toFiscalYear}`
  const ending = format === 'csv-cp932' ? 'csv' : format
  return `kiosk-accesses-${years}-by-${by}${layout === 'rows' ? '-rows' : ''}.${ending}`
}

/** In the printed shape the notes stand below the table, each a line of one cell; in the rows they stand beside their figures. */
function sheetWithNotes(report: Report, layout: ReportLayout): Sheet {
  const sheet = reportSheet(report, layout)
  if (layout === 'rows' || report.notes.length === 0) return sheet
  return { ...sheet, rows: [...sheet.rows, [], ...uniqueNotes(report).map((text) => [`注：${text}`])] }
}

const lostNote = 'Shift_JIS にない文字は〓にしました。'

/** The sheet in characters that CP932 has; where one was lost, it is said where the notes of that layout stand. */
function cp932Sheet(sheet: Sheet, layout: ReportLayout): Sheet {
  let anyLost = false
  const rowOf = (row: (string | number)[]) => {
    let lost = false
    const cells = row.map((cell) => {
      if (typeof cell === 'number') return cell
      const within = withinCp932(cell)
      lost ||= within.lost
      return within.text
    })
    anyLost ||= lost
    return { cells, lost }
  }
  const headings = rowOf(sheet.headings).cells.map(String)
  const rows = sheet.rows.map(rowOf).map(({ cells, lost }) => {
    if (!lost || layout === 'table') return cells
    return [...cells.slice(0, -1), `${cells.at(-1) ?? ''} ${lostNote}`.trim()]
  })
  return { headings, rows: anyLost && layout === 'table' ? [...rows, [`注：${lostNote}`]] : rows }
}

const uniqueNotes = (report: Report) => [...new Set(report.notes.map((note) => note.text))]

function csv(sheet: Sheet): string {
  return [sheet.headings, ...sheet.rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')
}

/** RFC 4180; a text that a spreadsheet would take for a formula (the Japanese ones also by 全角 signs) gets an apostrophe before it. */
function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const text = /^[=+\-@＝＋－＠\t\r\n]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

async function xlsx(report: Report, layout: ReportLayout): Promise<Uint8Array<ArrayBuffer>> {
  const sheet = reportSheet(report, layout)
  const heading = sheet.headings.map((value) => ({
    value,
    type: String,
    fontWeight: 'bold' as const,
    backgroundColor: '#E6F5EC',
  }))
  const body = sheet.rows.map((row) =>
    row.map((value) =>
      typeof value === 'number' ? { value, type: Number, format: '#,##0' } : { value, type: String },
    ),
  )
  const width = (index: number) =>
    Math.min(
      60,
      Math.max(...[sheet.headings, ...sheet.rows].map((row) => [...String(row[index] ?? '')].length)) * 2 + 2,
    )
  const notes = [
    [{ value: '注記', type: String, fontWeight: 'bold' as const }],
    ...uniqueNotes(report).map((value) => [{ value, type: String }]),
  ]
  const file = await writeXlsxFile([
    {
      data: [heading, ...body],
      sheet: '利用件数',
      columns: sheet.headings.map((_, index) => ({ width: width(index) })),
      stickyRowsCount: 1,
    },
    ...(report.notes.length > 0 ? [{ data: notes, sheet: '注記', columns: [{ width: 100 }] }] : []),
  ]).toBuffer()
  return new Uint8Array(file)
}

function jsonOf(report: Report, layout: ReportLayout) {
  if (layout === 'table') return report
  return {
    asOf: new Date(report.asOfMs).toISOString(),
    unit: 'accesses',
    rows: report.columns.flatMap((column, index) =>
      report.rows.map((row) => ({
        fiscalYear: column.fiscalYear,
        fiscalYearJa: column.fiscalYearJa,
        ...(column.month ?? {}),
        ...(column.kiosk ? { kioskId: column.kiosk.id, facility: column.kiosk.name } : {}),
        menu: row.menu,
        menuJa: row.label,
        count: row.counts[index] ?? 0,
        notes: report.notes.filter((note) => note.columnKey === column.key).map((note) => note.text),
      })),
    ),
    notes: uniqueNotes(report),
  }
}
