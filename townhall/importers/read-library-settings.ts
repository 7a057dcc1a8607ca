import type { LibraryContent } from '../../contract/menus/library.ts'
import { libraryContentSchema } from '../../contract/menus/library.ts'
import type { Notice } from './import-report.ts'
import type { TownTable } from './read-table.ts'
import { type Columns, knownHeaders, lackingColumns, type RowReader, rowReader } from './row-reader.ts'

/** Our own table of one row per setting: 項目, 値. */
const columns = { item: ['項目'], value: ['値'], memo: ['メモ', '備考'] } as const satisfies Columns
type Row = RowReader<typeof columns>

export const librarySettingHeaders = knownHeaders(columns)

const items = ['図書館の名前', '図書館の名前_英語', '予約のアドレス', '端末で予約'] as const
type Item = (typeof items)[number]

export type LibrarySettings = Pick<LibraryContent, 'name' | 'reserve'> & {
  /** Where the address for reserving stands in the table. */
  reserveLine: number | null
  /** That it opens on the kiosk too is written there, not only usual. */
  inWebAsked: boolean
}

/** @returns `settings` null while the library has no name, or a row has a mistake */
export function readLibrarySettings(table: TownTable): { settings: LibrarySettings | null; notices: Notice[] } {
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
  const inWeb = readInWeb(rows.get('端末で予約'))
  const reserve = readReserve(rows.get('予約のアドレス'), inWeb ?? true)
  const notices = all.flatMap((row) => row.notices())
  if (ja === null || all.some((row) => row.refused())) return { settings: null, notices }
  const name = { ja, ...(en === null ? {} : { en }) }
  const reserveLine = rows.get('予約のアドレス')?.line ?? null
  return { settings: { name, reserve, reserveLine, inWebAsked: inWeb === true }, notices }
}

function readReserve(row: Row | undefined, inWeb: boolean): LibraryContent['reserve'] {
  const address = row?.text('value') ?? null
  if (address === null) return null
  const reserve = { address, inWeb }
  const named = address.includes('{id}') || address.includes('{isbn}')
  if (named && libraryContentSchema.shape.reserve.safeParse(reserve).success) {
    // A title must not choose whose page it is.
    if (!/[{}]/.test(new URL(address).host)) return reserve
    row?.say('value', 'refused', '{id} と {isbn} は、ホストの名前（https:// のすぐうしろ）には書けません。')
    return null
  }
  row?.say('value', 'refused', 'https:// から始まり、{id} か {isbn} の入ったアドレスを書いてください。')
  return null
}

function readInWeb(row: Row | undefined): boolean | null {
  const word = row?.text('value')?.normalize('NFKC').replace(/\s/g, '') ?? null
  if (row === undefined || word === null) return null
  if (word === 'する' || word === 'しない') return word === 'する'
  row.say('value', 'refused', '「する」か「しない」のどちらかです。')
  return null
}
