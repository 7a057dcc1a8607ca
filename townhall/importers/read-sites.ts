import { type InternetPolicy, matchesHost } from '../../contract/internet-policy.ts'
import type { Notice } from './import-report.ts'
import { parseHost } from './parse-host.ts'
import { parsePaths } from './parse-paths.ts'
import type { TownTable } from './read-table.ts'
import { type Columns, knownHeaders, lackingColumns, type RowReader, rowReader } from './row-reader.ts'

/** Our own table of where the guarded browser may go: 種類 (ページ・部品・禁止), ホスト, パス, 暗号なし, メモ. */
const columns = {
  kind: ['種類'],
  host: ['ホスト'],
  paths: ['パス'],
  plain: ['暗号なし'],
  memo: ['メモ', '備考'],
} as const satisfies Columns
type Row = RowReader<typeof columns>

export const siteHeaders = knownHeaders(columns)
export type Sites = Pick<InternetPolicy, 'pages' | 'parts' | 'denied'>
type Kind = 'pages' | 'parts' | 'denied'

const kinds = new Map<string, Kind>([
  ['ページ', 'pages'],
  ['部品', 'parts'],
  ['禁止', 'denied'],
])
/** As many as the release takes. */
const most: Record<Kind, number> = { pages: 1_000, parts: 1_000, denied: 10_000 }

/** @returns `sites` null when a single row has a mistake: half a policy is none. */
export function readSites(table: TownTable): { sites: Sites | null; notices: Notice[] } {
  const lacking = lackingColumns(table, columns, ['kind', 'host'])
  if (lacking.length > 0) return { sites: null, notices: lacking }
  const sites: Sites = { pages: [], parts: [], denied: [] }
  const rows = table.rows.map((tableRow) => rowReader(tableRow, columns))
  const reads = rows.map((row) => ({ row, site: readSite(row, sites) }))
  // Judged when all rows are known, since a 禁止 may stand above or below.
  for (const { row, site } of reads) {
    if (site === null || site.kind === 'denied') continue
    const against = sites.denied.find((pattern) => matchesHost(pattern, site.host.replace(/^\*\./, '')))
    if (against !== undefined)
      row.say('host', 'refused', `「禁止」の「${against}」にも当たるので、開けません。どちらかの行を消してください。`)
  }
  return { sites: rows.some((row) => row.refused()) ? null : sites, notices: rows.flatMap((row) => row.notices()) }
}

function readSite(row: Row, sites: Sites): { kind: Kind; host: string } | null {
  const kind = kinds.get(row.raw('kind').normalize('NFKC').trim()) ?? null
  if (kind === null) row.say('kind', 'refused', `種類は ${[...kinds.keys()].join('・')} のどれかです。`)
  // Not `text`: to that a lone * says nothing.
  if (row.raw('host').trim() === '') {
    row.say('host', 'refused', '「ホスト」がありません。', null)
    return null
  }
  const host = parseHost(row.raw('host'))
  if ('refused' in host) {
    row.say('host', 'refused', host.refused)
    return null
  }
  if (host.repaired) row.say('host', 'repaired', host.repaired)
  if (kind === null) return null
  const plain = readPlain(row)
  const paths = readPaths(row, host.path, kind)
  if (kind === 'pages') sites.pages.push({ host: host.host, paths, plain })
  else {
    if (plain) row.say('plain', 'refused', '「暗号なし」に○を書けるのは、種類が「ページ」の行だけです。')
    sites[kind].push(host.host)
  }
  if (sites[kind].length === most[kind] + 1)
    row.say('kind', 'refused', `「${row.raw('kind')}」の行は ${most[kind]} までです。`)
  return { kind, host: host.host }
}

function readPaths(row: Row, pasted: string | null, kind: Kind): string[] {
  const written = parsePaths(row.text('paths') ?? '')
  if (kind !== 'pages') {
    if (written.paths.length + written.refused.length > 0)
      row.say('paths', 'refused', 'パスを書けるのは、種類が「ページ」の行だけです。部品と禁止は、ホスト全体です。')
    return []
  }
  for (const reason of written.refused) row.say('paths', 'refused', reason)
  for (const words of written.repaired) row.say('paths', 'repaired', words)
  if (written.paths.length > 0) return written.paths
  const fromAddress = parsePaths(pasted ?? '')
  for (const reason of fromAddress.refused) row.say('host', 'refused', reason)
  return fromAddress.paths.length > 0 ? fromAddress.paths : ['/']
}

function readPlain(row: Row): boolean {
  const word = (row.text('plain') ?? '').normalize('NFKC').toLowerCase()
  if (/^(?:[○〇◯●◎]|1|はい|yes|あり)$/.test(word)) return true
  if (!/^(?:[×✕x]|0|いいえ|no)?$/.test(word))
    row.say('plain', 'refused', '暗号（https）のないサイトだけに「○」を書いてください。ほかは空のままにします。')
  return false
}
