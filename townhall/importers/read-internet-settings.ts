import { isIP } from 'node:net'
import type { InternetPolicy } from '../../contract/internet-policy.ts'
import { type InternetContent, internetContentSchema } from '../../contract/menus/internet.ts'
import type { Notice } from './import-report.ts'
import type { TownTable } from './read-table.ts'
import { type Columns, knownHeaders, lackingColumns, type RowReader, rowReader } from './row-reader.ts'

/** Our own table of one row per setting: 項目, 値. */
const columns = { item: ['項目'], value: ['値'], memo: ['メモ', '備考'] } as const satisfies Columns
type Row = RowReader<typeof columns>

export const internetSettingHeaders = knownHeaders(columns)
export type InternetSettings = Pick<InternetPolicy, 'mode' | 'filter'> & Pick<InternetContent, 'turn'>

type Item = 'mode' | 'proxyHost' | 'proxyPort' | 'nameServers' | keyof InternetContent['turn']
const items = new Map<string, Item>([
  ['方式', 'mode'],
  ['フィルターのホスト', 'proxyHost'],
  ['フィルターのポート', 'proxyPort'],
  ['名前サーバー', 'nameServers'],
  ['利用時間(分)', 'limitMs'],
  ['延長(分)', 'extensionMs'],
  ['予告(秒)', 'warnBeforeMs'],
  ['交代(秒)', 'restMs'],
])
/** 「利用時間（分）」 and 「利用時間」 are the same row. */
const plainName = (text: string) => text.normalize('NFKC').replace(/\s|\((?:分|秒)\)/g, '')
const byPlainName = new Map([...items].map(([name, item]) => [plainName(name), item]))

const modes = new Map<string, InternetPolicy['mode']>([
  ['登録したサイトだけ', 'listed'],
  ['フィルターを通す', 'filtered'],
])
/** What holds where a row is left out. */
const usual: InternetContent['turn'] = { limitMs: 900_000, extensionMs: 300_000, warnBeforeMs: 60_000, restMs: 30_000 }

/** @returns `settings` null when a single row has a mistake */
export function readInternetSettings(table: TownTable): { settings: InternetSettings | null; notices: Notice[] } {
  const lacking = lackingColumns(table, columns, ['item', 'value'])
  if (lacking.length > 0) return { settings: null, notices: lacking }
  const rows = new Map<Item, Row>()
  const all: Row[] = []
  for (const tableRow of table.rows) {
    const row = rowReader(tableRow, columns)
    all.push(row)
    const item = byPlainName.get(plainName(row.raw('item')))
    if (item === undefined) row.say('item', 'refused', `項目は ${[...items.keys()].join('・')} のどれかです。`)
    else if (rows.has(item)) row.say('item', 'refused', '同じ項目の行が、前にもあります。')
    else rows.set(item, row)
  }
  const settings = { mode: readMode(rows.get('mode')), filter: readFilter(rows), turn: readTurn(rows) }
  const filterTold = (['proxyHost', 'proxyPort', 'nameServers'] as const).some((item) => rows.get(item)?.text('value'))
  if (settings.mode === 'filtered' && !filterTold)
    rows
      .get('mode')
      ?.say('value', 'refused', '「フィルターを通す」には、フィルターのホストとポート、または名前サーバーが要ります。')
  const notices = all.flatMap((row) => row.notices())
  return { settings: all.some((row) => row.refused()) ? null : settings, notices }
}

function readMode(row: Row | undefined): InternetPolicy['mode'] {
  const word = row?.text('value')?.normalize('NFKC').replace(/\s/g, '') ?? null
  if (row === undefined || word === null) return 'listed'
  const mode = modes.get(word)
  if (mode === undefined) row.say('value', 'refused', `方式は ${[...modes.keys()].join('・')} のどちらかです。`)
  return mode ?? 'listed'
}

function readFilter(rows: ReadonlyMap<Item, Row>): InternetPolicy['filter'] {
  const proxy = readProxy(rows.get('proxyHost'), rows.get('proxyPort'))
  const row = rows.get('nameServers')
  const nameServers = (row?.text('value') ?? '')
    .normalize('NFKC')
    .split(/[・、,\s]+/)
    .filter((one) => one !== '')
  const wrong = nameServers.filter((one) => isIP(one) === 0)
  if (wrong.length > 0)
    row?.say('value', 'refused', `名前サーバーは番号（例：192.0.2.53）で書いてください：${wrong.join('、')}`)
  if (nameServers.length > 4) row?.say('value', 'refused', '名前サーバーは4つまでです。')
  return proxy === null && nameServers.length === 0 ? null : { proxy, nameServers }
}

function readProxy(hostRow: Row | undefined, portRow: Row | undefined): { host: string; port: number } | null {
  const host = hostRow?.text('value')?.normalize('NFKC').toLowerCase() ?? null
  const portText = portRow?.text('value')?.normalize('NFKC') ?? null
  if (host === null && portText === null) return null
  if (host === null) portRow?.say('value', 'refused', '「フィルターのホスト」の行も要ります。')
  if (portText === null) hostRow?.say('value', 'refused', '「フィルターのポート」の行も要ります。')
  // A filter stands in the town's own network: numbers and inner names are as they should be.
  if (host !== null && isIP(host) === 0 && !/^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/.test(host))
    hostRow?.say(
      'value',
      'refused',
      'ホストの名前か番号だけを書いてください（例：filter.example.jp）。ポートは別の行です。',
    )
  const port = Number(portText)
  if (portText !== null && !(/^\d{1,5}$/.test(portText) && port >= 1 && port <= 65_535))
    portRow?.say('value', 'refused', 'ポートは 1 から 65535 の数です（例：8080）。')
  return host === null ? null : { host, port }
}

function readTurn(rows: ReadonlyMap<Item, Row>): InternetContent['turn'] {
  const schema = internetContentSchema.shape.turn.shape
  const turn = { ...usual }
  for (const key of ['limitMs', 'extensionMs', 'warnBeforeMs', 'restMs'] as const) {
    const row = rows.get(key)
    const text = row?.text('value')?.normalize('NFKC') ?? null
    if (row === undefined || text === null) continue
    const [unit, unitMs] =
      key === 'limitMs' || key === 'extensionMs' ? (['分', 60_000] as const) : (['秒', 1_000] as const)
    const ms = /^\d+$/.test(text.replace(unit, '').trim()) ? Number(text.replace(unit, '').trim()) * unitMs : Number.NaN
    if (schema[key].safeParse(ms).success) turn[key] = ms
    else {
      const { minValue, maxValue } = schema[key]
      row.say(
        'value',
        'refused',
        `${Number(minValue) / unitMs} から ${Number(maxValue) / unitMs} までの数（${unit}）を書いてください。`,
      )
    }
  }
  if (turn.warnBeforeMs >= turn.limitMs)
    (rows.get('warnBeforeMs') ?? rows.get('limitMs'))?.say('value', 'refused', '予告は、利用時間より短くしてください。')
  return turn
}
