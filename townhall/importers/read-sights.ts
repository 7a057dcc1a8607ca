import { type Sight, type SightCategory, sightCategories } from '../../contract/menus/tourism.ts'
import type { Notice } from './import-report.ts'
import { parseTime, saysNothing } from './parse-date.ts'
import { parseMoney } from './parse-money.ts'
import type { TownTable } from './read-table.ts'
import { type Columns, knownHeaders, lackingColumns, type RowReader, rowReader } from './row-reader.ts'
import { readAddress, readContact, readPoint, readUrl, sharedColumns } from './shared-columns.ts'

/** 観光施設 of 推奨データセット and 自治体標準オープンデータセット, and our own columns (content/README.md). */
const columns = {
  ...sharedColumns,
  name: ['名称'],
  kana: ['名称_カナ'],
  nameEn: ['名称_英語', '名称_英字'],
  category: ['カテゴリ', 'カテゴリー'],
  days: ['利用可能曜日'],
  from: ['開始時間'],
  to: ['終了時間'],
  hoursNote: ['利用可能日時特記事項'],
  hoursNoteEn: ['利用可能日時特記事項_英語'],
  price: ['料金(基本)'],
  priceDetail: ['料金(詳細)'],
  priceEn: ['料金_英語'],
  description: ['説明'],
  descriptionEn: ['説明_英語'],
} as const satisfies Columns
type Row = RowReader<typeof columns>

export const sightHeaders = knownHeaders(columns)

/** A sight without its pictures; `pictureFile` names the file that the row asks for. */
export type ReadSight = {
  sight: Omit<Sight, 'pictures'>
  pictureFile: string | null
  pictureAlt: Sight['name']
  pictureCredit: string | null
  line: number
}

const categoryWords = new Map<string, SightCategory>(
  Object.entries({
    自然: 'nature',
    公園: 'park',
    文化: 'culture',
    '歴史・文化': 'culture',
    歴史: 'culture',
    体験: 'play',
    スポーツ: 'play',
    遊ぶ: 'play',
    食: 'food',
    農と食: 'food',
    食べる: 'food',
    施設: 'stay',
    公共施設: 'stay',
    泊まる: 'stay',
  } as const),
)

export function readSights(table: TownTable): { taken: ReadSight[]; notices: Notice[] } {
  const lacking = lackingColumns(table, columns, ['name', 'description'])
  if (lacking.length > 0) return { taken: [], notices: lacking }
  const taken: ReadSight[] = []
  const notices: Notice[] = []
  const ids = new Set<string>()
  for (const tableRow of table.rows) {
    const row = rowReader(tableRow, columns)
    const sight = readSight(row, tableRow.line, ids)
    notices.push(...row.notices())
    if (sight && !row.refused()) {
      ids.add(sight.sight.id)
      taken.push(sight)
    }
  }
  return { taken, notices }
}

function readSight(row: Row, line: number, ids: ReadonlySet<string>): ReadSight | null {
  const nameJa = row.required('name')
  const descriptionJa = row.required('description')
  if (nameJa === null || descriptionJa === null) return null
  const name = row.localized('name', 'nameEn') ?? { ja: nameJa }
  const id = row.text('id') ?? `line-${line}`
  if (ids.has(id)) {
    row.say('id', 'refused', '同じ番号の行が、前にもあります。')
    return null
  }
  const alt = row.localized('pictureAlt', 'pictureAltEn') ?? name
  const reading = row.text('kana')
  const optional = {
    reading: reading === null ? undefined : toHiragana(reading),
    address: readAddress(row),
    hours: readHours(row),
    price: readPrice(row),
    access: row.localized('access', 'accessEn'),
    parking: row.localized('parking', 'parkingEn'),
    barrierFree: row.localized('barrierFree', 'barrierFreeEn'),
    contact: readContact(row),
    url: readUrl(row),
    notes: row.localized('notes', 'notesEn'),
  }
  return {
    sight: {
      id,
      category: readCategory(row),
      name,
      description: row.localized('description', 'descriptionEn') ?? { ja: descriptionJa },
      point: readPoint(row),
      ...withoutUndefined(optional),
    },
    pictureFile: row.text('picture'),
    pictureAlt: alt,
    pictureCredit: row.text('pictureCredit'),
    line,
  }
}

function readCategory(row: Row): SightCategory {
  const word = row.text('category')
  if (word === null) return 'culture'
  const known =
    categoryWords.get(word.normalize('NFKC')) ?? sightCategories.find((category) => category === word.toLowerCase())
  if (known) return known
  row.say(
    'category',
    'note',
    `カテゴリは ${[...categoryWords.keys()].join('・')} のどれかです。「文化」として受け取りました。`,
  )
  return 'culture'
}

/** 利用可能曜日 + 開始時間 + 終了時間 + 特記事項 as one text. */
function readHours(row: Row) {
  const [from, to] = [row.parsed('from', parseTime, 'note'), row.parsed('to', parseTime, 'note')]
  const days = row.text('days')
  const time = from && to ? `${from}〜${to}` : (from ?? to)
  const note = row.localized('hoursNote', 'hoursNoteEn')
  const daysJa =
    days === null || saysNothing(days)
      ? null
      : days === '月火水木金土日'
        ? '毎日'
        : [...days.replace(/曜日?/g, '')].join('・')
  const ja = [daysJa, time, note?.ja].filter((part) => part !== null && part !== undefined).join(' ')
  if (ja === '') return undefined
  const en = note?.en ?? (note === undefined && time !== null ? time.replace('〜', '–') : undefined)
  return en === undefined
    ? { ja }
    : { ja, en: note?.en && time !== null && !note.en.includes(':') ? `${time.replace('〜', '–')} ${note.en}` : en }
}

function readPrice(row: Row) {
  const money = parseMoney(row.raw('price'))
  if (money.repaired) row.say('price', 'repaired', money.repaired)
  const detail = row.text('priceDetail')
  const ja = [money.text, detail].filter((part) => part !== null).join(' ')
  if (ja === '') return undefined
  const en = row.text('priceEn') ?? (money.free && detail === null ? 'Free' : null)
  return en === null ? { ja } : { ja, en }
}

export function toHiragana(text: string): string {
  return text.normalize('NFKC').replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
}

export function withoutUndefined<T extends Record<string, unknown>>(
  object: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
