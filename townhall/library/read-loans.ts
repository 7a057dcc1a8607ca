import { readRows } from '../importers/library/read-rows.ts'
import { parseDate } from '../importers/parse-date.ts'
import { normaliseHeader } from '../importers/read-table.ts'

/** What is out, by 資料番号; the day it is due where that is told. */
export type Loans = ReadonlyMap<string, { due: string | null }>

const names = {
  item: ['資料番号', '資料コード', 'バーコード', '登録番号', 'itemnumber', 'barcode'],
  state: ['状態', '貸出状態', '状況', '貸出状況', 'status'],
  due: ['返却期限', '返却予定日', '返却期限日', '期限', 'duedate'],
}
const isOut = (state: string) =>
  /貸出中|貸し出し中|予約取置|取置|回送|督促|延滞|^貸出$|onloan|checked ?out/i.test(state.normalize('NFKC'))

/** Lines of title above the header, as Excel's lists have them. */
const mostLinesAbove = 50

/** The list that the library's system writes every few minutes. null: it is no such list, and what was known before stays. */
export function readLoans(bytes: Uint8Array): Loans | null {
  const loans = new Map<string, { due: string | null }>()
  let at: { item: number; state: number; due: number } | null = null
  let above = 0
  for (const { cells } of readRows(bytes)) {
    if (at === null) {
      const there = cells.map(normaliseHeader)
      const place = (list: string[]) => there.findIndex((one) => list.map(normaliseHeader).includes(one))
      const found = { item: place(names.item), state: place(names.state), due: place(names.due) }
      // Without a state a row says that it is out: a list of loans alone.
      if (found.item !== -1 && (found.state !== -1 || found.due !== -1)) at = found
      else if (++above > mostLinesAbove) return null
      continue
    }
    const item = cells[at.item]?.normalize('NFC').trim() ?? ''
    if (item === '' || (at.state !== -1 && !isOut(cells[at.state] ?? ''))) continue
    const due = parseDate(cells[at.due] ?? '')
    loans.set(item, { due: due.kind === 'value' ? due.value : null })
  }
  return at === null ? null : loans
}
