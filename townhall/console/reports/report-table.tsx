import type { Report, ReportColumn } from '../../../contract/report.ts'
import { number } from '../ui/dates.ts'
import { type NoteMarks, noteMarks } from './note-marks.ts'

/** The town's table: menus down, years, months or kiosks across, sums at the right and at the foot, notes below. */
export function ReportTable({ report }: { report: Report }) {
  const marks = noteMarks(report)
  const { by } = report.query
  const grouped = by !== 'menu'
  const years = groupByYear(report.columns)
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="scroll-x" tabIndex={0} aria-label="利用件数の表（横に動かせます）">
        <table className="report" data-wide={report.columns.length > 3}>
          <caption style={hidden}>メニューごとの利用件数</caption>
          <thead>
            {grouped && (
              <tr>
                <th scope="col" rowSpan={2} className="sticky">
                  メニュー
                </th>
                {years.map((year) => (
                  <th key={year.fiscalYear} scope="colgroup" colSpan={year.columns.length} className="year">
                    <span className="year-name">
                      {year.name} <small>{year.fiscalYear}年度</small>
                    </span>
                  </th>
                ))}
                <th scope="col" rowSpan={2} className="figure sum">
                  合計
                </th>
              </tr>
            )}
            <tr>
              {!grouped && (
                <th scope="col" className="sticky">
                  メニュー
                </th>
              )}
              {report.columns.map((column) => (
                <th key={column.key} scope="col" className={by === 'kiosk' ? 'figure place' : 'figure'}>
                  <Heading column={column} by={by} />
                  <Marks numbers={marks.ofColumn(column.key)} />
                </th>
              ))}
              {!grouped && (
                <th scope="col" className="figure sum">
                  合計
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {report.rows.map((row) => (
              <tr key={row.menu}>
                <th scope="row" className="sticky">
                  {row.label}
                </th>
                {report.columns.map((column, index) => (
                  <Figure key={column.key} value={row.counts[index] ?? 0} />
                ))}
                <Figure value={row.total} sum />
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" className="sticky">
                合計
              </th>
              {report.columns.map((column, index) => (
                <Figure key={column.key} value={report.totals[index] ?? 0} />
              ))}
              <td className="figure sum">
                {number(report.grandTotal)}
                <Marks numbers={marks.ofWhole} />
              </td>
            </tr>
          </tfoot>
        </table>
      </section>
      <Notes marks={marks} />
    </>
  )
}

function Heading({ column, by }: { column: ReportColumn; by: Report['query']['by'] }) {
  if (by === 'month' && column.month) return <>{column.month.month}月</>
  if (by === 'kiosk' && column.kiosk) return <>{column.kiosk.name}</>
  return (
    <>
      {column.fiscalYearJa} <small>{column.fiscalYear}年度</small>
    </>
  )
}

function Figure({ value, sum }: { value: number; sum?: boolean }) {
  return <td className={`figure${sum ? ' sum' : ''}${value === 0 ? ' zero' : ''}`}>{number(value)}</td>
}

function Marks({ numbers }: { numbers: number[] }) {
  if (numbers.length === 0) return null
  return <sup>※{numbers.join('・')}</sup>
}

function Notes({ marks }: { marks: NoteMarks }) {
  if (marks.sentences.length === 0) return null
  return (
    <ul className="notes" aria-label="表の注" style={{ marginTop: 12 }}>
      {marks.sentences.map((sentence, index) => (
        <li key={sentence}>
          <span>※{index + 1}</span>
          <span>{sentence}</span>
        </li>
      ))}
    </ul>
  )
}

function groupByYear(columns: readonly ReportColumn[]) {
  const years: { fiscalYear: number; name: string; columns: ReportColumn[] }[] = []
  for (const column of columns) {
    const last = years.at(-1)
    if (last?.fiscalYear === column.fiscalYear) last.columns.push(column)
    else years.push({ fiscalYear: column.fiscalYear, name: column.fiscalYearJa, columns: [column] })
  }
  return years
}
const hidden = { position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' } as const
