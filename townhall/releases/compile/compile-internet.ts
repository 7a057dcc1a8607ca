import {
  decideRequest,
  type InternetPolicy,
  type InternetRefusal,
  matchesHost,
} from '../../../contract/internet-policy.ts'
import { type InternetContent, internetContentSchema } from '../../../contract/menus/internet.ts'
import { internetSettingHeaders, readInternetSettings } from '../../importers/read-internet-settings.ts'
import { readSites, siteHeaders } from '../../importers/read-sites.ts'
import { type ReadTile, readTiles, tileHeaders } from '../../importers/read-tiles.ts'
import type { TownFolder } from './town-folder.ts'

const tileCsv = 'internet/tiles.csv'
const siteCsv = 'internet/sites.csv'
const settingCsv = 'internet/settings.csv'
const refusedWhole =
  'まちがいが一つでもあるあいだは、開けるサイトのきまり全体を受け取りません。端末には、前に公開したきまりがそのまま残ります。'

/**
 * 体験インターネット. A tile with a mistake is left out and told. A mistake in the policy refuses the whole release: with half of it
 * a site that was to be forbidden might open. @returns null when this town has no such menu, or it was refused
 */
export function compileInternet(town: TownFolder): InternetContent | null {
  if (!town.has('internet')) return null
  const policy = readPolicy(town)
  const table = town.table(tileCsv, tileHeaders, 2)
  const { taken, notices } = table === null ? { taken: [], notices: [] } : readTiles(table)
  town.tell(tileCsv, notices)
  if (policy === null) return null
  const tiles = taken.flatMap((one) => (opens(one, policy.policy, town) ? [one.tile] : []))
  if (tiles.length > 0) return internetContentSchema.parse({ tiles, ...policy })
  if (table !== null) town.refuse(tileCsv, '載せられるタイルが一つもありません。')
  return null
}

function readPolicy(town: TownFolder): Pick<InternetContent, 'policy' | 'turn'> | null {
  const siteTable = town.table(siteCsv, siteHeaders, 2)
  const settingTable = town.table(settingCsv, internetSettingHeaders, 2)
  const read = siteTable && readSites(siteTable)
  const set = settingTable && readInternetSettings(settingTable)
  town.tell(siteCsv, read?.notices ?? [])
  town.tell(settingCsv, set?.notices ?? [])
  if (read?.sites === null) town.refuse(siteCsv, refusedWhole)
  if (set?.settings === null) town.refuse(settingCsv, refusedWhole)
  if (!read?.sites || !set?.settings) return null
  const { mode, filter, turn } = set.settings
  return { policy: { mode, ...read.sites, filter }, turn }
}

/** Whether the visitor would get where the tile leads; told, with what to write, when not. */
function opens({ tile, line }: ReadTile, policy: InternetPolicy, town: TownFolder): boolean {
  const address = new URL(tile.url)
  const verdict = decideRequest({ address, kind: 'page' }, policy)
  if (verdict.allowed) return true
  const reason = `タイル「${tile.name.ja}」は載せませんでした。${whyShut(verdict.reason, address, policy)}`
  town.tell(tileCsv, [{ line, column: 'URL', value: tile.url, reason, severity: 'refused' }])
  return false
}

/** Why an address does not open, and what to write so that it does. */
export function whyShut(reason: InternetRefusal, { hostname, pathname }: URL, policy: InternetPolicy): string {
  if (reason === 'not-listed') {
    const known = policy.pages.find(({ host }) => matchesHost(host, hostname))
    return known
      ? `sites.csv のホスト「${known.host}」の行で許していないページです。その行の「パス」に「${pathname}」を足してください。`
      : `sites.csv にないサイトです。種類「ページ」、ホスト「${hostname}」の行を足してください。`
  }
  if (reason === 'not-encrypted')
    return `暗号のないアドレス（http）です。https に変えるか、sites.csv のホスト「${hostname}」の行の「暗号なし」に○を書いてください。`
  if (reason === 'denied') return `sites.csv で「禁止」にしたサイトです（ホスト「${hostname}」）。`
  return '番号（IPアドレス）、役場の中の名前、ポートや名前・パスワードの入ったアドレスは開けません。外のサイトのアドレスを書いてください。'
}
