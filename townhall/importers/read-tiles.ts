import { type InternetTile, internetTileIcons, internetTileSchema } from '../../contract/menus/internet.ts'
import type { Notice } from './import-report.ts'
import { parsed } from './parse-host.ts'
import { toHalfWidth } from './parse-paths.ts'
import type { TownTable } from './read-table.ts'
import { type Columns, knownHeaders, lackingColumns, type RowReader, rowReader } from './row-reader.ts'

/** Our own table of the start page: ID, 名称, 説明, 絵, URL. */
const columns = {
  id: ['ID', 'NO'],
  name: ['名称'],
  nameEn: ['名称_英語', '名称_英字'],
  hint: ['説明'],
  hintEn: ['説明_英語'],
  icon: ['絵'],
  url: ['URL'],
} as const satisfies Columns
type Row = RowReader<typeof columns>

export const tileHeaders = knownHeaders(columns)
export type ReadTile = { tile: InternetTile; line: number }

type Icon = InternetTile['icon']
const iconWords: Record<Icon, string> = {
  town: '町',
  bus: 'バス',
  weather: '天気',
  library: '図書館',
  application: '申請',
  news: 'ニュース',
  health: '健康',
  school: '学校',
  map: '地図',
  web: 'ウェブ',
}
/** As many as the start page has room for. */
const mostTiles = 24

/** A row with a mistake is left out and told. */
export function readTiles(table: TownTable): { taken: ReadTile[]; notices: Notice[] } {
  const lacking = lackingColumns(table, columns, ['name', 'url'])
  if (lacking.length > 0) return { taken: [], notices: lacking }
  const taken: ReadTile[] = []
  const notices: Notice[] = []
  for (const tableRow of table.rows) {
    const row = rowReader(tableRow, columns)
    const tile = readTile(row, tableRow.line, taken)
    notices.push(...row.notices())
    if (tile && !row.refused()) taken.push({ tile, line: tableRow.line })
  }
  return { taken, notices }
}

function readTile(row: Row, line: number, before: readonly ReadTile[]): InternetTile | null {
  row.required('name')
  const name = row.localized('name', 'nameEn')
  const url = readUrl(row)
  if (name === undefined || url === null) return null
  const id = row.text('id')?.normalize('NFKC') ?? `line-${line}`
  if (id.length > 60) row.say('id', 'refused', 'IDは60文字までです。')
  if (before.some(({ tile }) => tile.id === id)) row.say('id', 'refused', '同じ番号の行が、前にもあります。')
  if (before.length === mostTiles) row.say('name', 'refused', `タイルは ${mostTiles} までです。`)
  const hint = row.localized('hint', 'hintEn')
  return { id, name, ...(hint === undefined ? {} : { hint }), icon: readIcon(row), url }
}

function readIcon(row: Row): Icon {
  const word = row.text('icon')?.normalize('NFKC') ?? null
  if (word === null) return 'web'
  const known = internetTileIcons.find((icon) => iconWords[icon] === word || icon === word.toLowerCase())
  if (known) return known
  row.say('icon', 'note', `絵は ${Object.values(iconWords).join('・')} のどれかです。「ウェブ」の絵にしました。`)
  return 'web'
}

function readUrl(row: Row): string | null {
  const text = row.required('url')
  if (text === null) return null
  const half = toHalfWidth(text).trim()
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(half) && !/^[^/]*\.[^/]*:\d/.test(half) ? half : `https://${half}`
  const href = /\s/.test(half) ? undefined : parsed(whole)?.href
  if (href === undefined || !internetTileSchema.shape.url.safeParse(href).success) {
    row.say('url', 'refused', 'https:// から始まるアドレスを、1つだけ書いてください。')
    return null
  }
  if (whole !== text) row.say('url', 'repaired', `${text} → ${href}`)
  return href
}
