import type { Slide } from '../../contract/menus/attract.ts'
import type { Notice } from './import-report.ts'
import type { TownTable } from './read-table.ts'
import { type Columns, knownHeaders, lackingColumns, rowReader } from './row-reader.ts'

/** Our own table of the attract screen: ID, 文, 文_英語, 画像, 月 (1・2・12; empty: all year). */
const columns = {
  id: ['ID', 'NO'],
  line: ['文'],
  lineEn: ['文_英語'],
  months: ['月'],
  picture: ['画像'],
  pictureAlt: ['画像_説明'],
  pictureAltEn: ['画像_説明_英語'],
  pictureCredit: ['画像_ライセンス'],
} as const satisfies Columns

export const attractHeaders = knownHeaders(columns)
export type ReadSlide = {
  slide: Omit<Slide, 'picture'>
  pictureFile: string | null
  pictureAlt: Slide['line']
  pictureCredit: string | null
  line: number
}

export function readSlides(table: TownTable): { taken: ReadSlide[]; notices: Notice[] } {
  const lacking = lackingColumns(table, columns, ['line', 'picture'])
  if (lacking.length > 0) return { taken: [], notices: lacking }
  const taken: ReadSlide[] = []
  const notices: Notice[] = []
  for (const tableRow of table.rows) {
    const row = rowReader(tableRow, columns)
    row.required('line')
    const pictureFile = row.required('picture')
    const line = row.localized('line', 'lineEn')
    const months = (row.text('months')?.normalize('NFKC').match(/\d+/g) ?? [])
      .map(Number)
      .filter((month) => month >= 1 && month <= 12)
    notices.push(...row.notices())
    if (row.refused() || !line) continue
    taken.push({
      slide: { id: row.text('id') ?? `line-${tableRow.line}`, line, months },
      pictureFile,
      pictureAlt: row.localized('pictureAlt', 'pictureAltEn') ?? line,
      pictureCredit: row.text('pictureCredit'),
      line: tableRow.line,
    })
  }
  return { taken, notices }
}
