import type { LibraryContent } from '../../contract/menus/library.ts'
import { libraryContentSchema } from '../../contract/menus/library.ts'
import type { Notice } from './import-report.ts'
import type { TownTable } from './read-table.ts'
import { type Columns, knownHeaders, lackingColumns, type RowReader, rowReader } from './row-reader.ts'

/** Our own table of one row per setting: 項目, 値. */
const columns = { item: ['項目'], value: ['値'], memo: ['メモ', '備考'] } as const satisfies Columns
type Row = RowReader<typeof columns>

export const librarySettingHeaders = knownHeaders(columns)

const items = ['図書館の名前', '図書館の名前_英語', '予約のアドレス'] as const
type Item = (typeof items)[number]

/** @returns `settings` null while the library has no name, or a row has a mistake */
export function readLibrarySettings(table: TownTable): {
  settings: Pick<LibraryContent, 'name' | 'reserve'> | null
  notices: Notice[]
} {
  const lacking = lackingColumns(table, columns, ['item', 'value'])
  if (lacking.length > 0) return { settings: null, notices: lacking }
  const rows = new Map<Item, Row>()
  const all: Row[] = []
  for (const tableRow of table.rows) {
    const row = rowReader(tableRow, columns)
    all.push(row)
    const item = items.find((one) => one === row.raw('item').normalize('NFKC').trim())
    if (item === undefined) row.say('item', 'refused', `項目は ${items.join('・')} のどれかです。`)
    else if (rows.has(item)) row.say('item', 'refused', '同じ項目の行が、前にもあります。')
    else rows.set(item, row)
  }
  const value = (item: Item) => rows.get(item)?.text('value') ?? null
  const ja = value('図書館の名前')
  const en = value('図書館の名前_英語')
  const reserve = readReserve(rows.get('予約のアドレス'))
  const notices = all.flatMap((row) => row.notices())
  if (ja === null || all.some((row) => row.refused())) return { settings: null, notices }
  return { settings: { name: { ja, ...(en === null ? {} : { en }) }, reserve }, notices }
}

function readReserve(row: Row | undefined): LibraryContent['reserve'] {
  const address = row?.text('value') ?? null
  if (address === null) return null
  const reserve = { address, inWeb: false }
  const named = address.includes('{id}') || address.includes('{isbn}')
  if (named && libraryContentSchema.shape.reserve.safeParse(reserve).success) return reserve
  row?.say('value', 'refused', 'https:// から始まり、{id} か {isbn} の入ったアドレスを書いてください。')
  return null
}
