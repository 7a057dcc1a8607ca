import type { LocalizedText } from '../../contract/localized-text.ts'
import { sightSchema } from '../../contract/menus/tourism.ts'
import { memuroBounds, parsePoint } from './parse-place.ts'
import type { RowReader } from './row-reader.ts'

/** Columns that the official formats share, older name and newer name. */
export const sharedColumns = {
  id: ['ID', 'NO'],
  address: ['所在地_連結表記', '住所'],
  addressEn: ['所在地_英語', '住所_英語'],
  town: ['所在地_町字'],
  block: ['所在地_番地以下'],
  building: ['建物名等(方書)', '方書'],
  lat: ['緯度'],
  lon: ['経度'],
  access: ['アクセス方法'],
  accessEn: ['アクセス方法_英語'],
  parking: ['駐車場情報'],
  parkingEn: ['駐車場情報_英語'],
  barrierFree: ['バリアフリー情報'],
  barrierFreeEn: ['バリアフリー情報_英語'],
  contactName: ['連絡先名称'],
  contactNameEn: ['連絡先名称_英語'],
  phone: ['連絡先電話番号', '電話番号'],
  extension: ['連絡先内線番号', '内線番号'],
  url: ['URL'],
  notes: ['備考'],
  notesEn: ['備考_英語'],
  picture: ['画像'],
  pictureCredit: ['画像_ライセンス'],
  pictureAlt: ['画像_説明'],
  pictureAltEn: ['画像_説明_英語'],
} as const

type SharedRow = RowReader<typeof sharedColumns>

export function readAddress(row: SharedRow): LocalizedText | undefined {
  const parts = [row.text('town'), row.text('block')].filter((part) => part !== null)
  const joined = row.text('address') ?? (parts.length > 0 ? parts.join('') : null)
  if (joined === null) return undefined
  const building = row.text('building')
  const ja = building !== null && !joined.includes(building) ? `${joined} ${building}` : joined
  const en = row.text('addressEn')
  return en === null ? { ja } : { ja, en }
}

export function readPoint(row: SharedRow) {
  const result = parsePoint(row.raw('lat'), row.raw('lon'), memuroBounds)
  if (result.kind === 'none') {
    if (result.note) row.say('lat', 'note', result.note, `${row.raw('lat')}, ${row.raw('lon')}`)
    return null
  }
  if (result.repaired) row.say('lat', 'repaired', result.repaired, `${row.raw('lat')}, ${row.raw('lon')}`)
  return result.point
}

export function readContact(row: SharedRow) {
  const name = row.localized('contactName', 'contactNameEn')
  const extension = row.text('extension')
  const phone = row
    .text('phone')
    ?.normalize('NFKC')
    .replace(/[‐−ー―–]/g, '-')
  const whole = phone && extension ? `${phone}（内線${extension.normalize('NFKC')}）` : phone
  if (!name && !whole) return undefined
  return { ...(name ? { name } : {}), ...(whole ? { phone: whole } : {}) }
}

export function readUrl(row: SharedRow): string | undefined {
  const text = row.text('url')
  if (text === null) return undefined
  // The release's own rule is stricter than the browser's (`http:x` is none): one bad address must not stop a release.
  if (sightSchema.shape.url.safeParse(text).success) return text
  row.say('url', 'note', 'http か https のアドレスではないため、載せませんでした。')
  return undefined
}
