import type { TownEvent } from '../../contract/menus/tourism.ts'
import type { Notice } from './import-report.ts'
import { parseDate, parseTime } from './parse-date.ts'
import { parseMoney } from './parse-money.ts'
import { parseRepeat } from './parse-repeat.ts'
import { toHiragana, withoutUndefined } from './read-sights.ts'
import type { TownTable } from './read-table.ts'
import { type Columns, knownHeaders, lackingColumns, type RowReader, rowReader } from './row-reader.ts'
import { readAddress, readContact, readPoint, readUrl, sharedColumns } from './shared-columns.ts'

/** イベント of both generations, and our own columns (content/README.md). */
const columns = {
  ...sharedColumns,
  name: ['イベント名'],
  kana: ['イベント名_カナ'],
  nameEn: ['イベント名_英語', 'イベント名_英字'],
  start: ['開始日'],
  end: ['終了日'],
  from: ['開始時間'],
  to: ['終了時間'],
  timeNote: ['開始日時特記事項'],
  timeNoteEn: ['開始日時特記事項_英語'],
  description: ['説明'],
  descriptionEn: ['説明_英語'],
  price: ['料金(基本)'],
  priceDetail: ['料金(詳細)'],
  priceEn: ['料金_英語'],
  organizer: ['主催者'],
  organizerEn: ['主催者_英語'],
  venue: ['場所名称', '会場名称'],
  venueEn: ['場所名称_英語', '会場名称_英語'],
  capacity: ['定員'],
  application: ['参加申込方法'],
  applicationEn: ['参加申込方法_英語'],
  status: ['状態', 'ステータス'],
  repeat: ['繰り返し', '繰返し', 'くりかえし'],
  except: ['除外日'],
  children: ['こども向け', '子ども向け', '子供向け'],
} as const satisfies Columns
type Row = RowReader<typeof columns>

export const eventHeaders = knownHeaders(columns)
export type ReadEvent = {
  event: Omit<TownEvent, 'pictures'>
  pictureFile: string | null
  pictureAlt: TownEvent['name']
  pictureCredit: string | null
  line: number
}

export function readEvents(table: TownTable): { taken: ReadEvent[]; notices: Notice[] } {
  const lacking = lackingColumns(table, columns, ['name', 'start'])
  if (lacking.length > 0) return { taken: [], notices: lacking }
  const taken: ReadEvent[] = []
  const notices: Notice[] = []
  const ids = new Set<string>()
  for (const tableRow of table.rows) {
    const row = rowReader(tableRow, columns)
    const event = readEvent(row, tableRow.line, ids)
    notices.push(...row.notices())
    if (event && !row.refused()) {
      ids.add(event.event.id)
      taken.push(event)
    }
  }
  return { taken, notices }
}

function readEvent(row: Row, line: number, ids: ReadonlySet<string>): ReadEvent | null {
  const nameJa = row.required('name')
  const startDate = row.parsed('start', parseDate, 'refused')
  if (startDate === null && !row.refused()) row.say('start', 'refused', '「開始日」がありません。', null)
  const endDate = row.parsed('end', parseDate, 'refused') ?? startDate
  const recurrence = row.parsed('repeat', parseRepeat, 'refused')
  const id = row.text('id') ?? `line-${line}`
  if (ids.has(id)) row.say('id', 'refused', '同じ番号の行が、前にもあります。')
  if (nameJa === null || startDate === null || endDate === null || row.refused()) return null
  if (endDate < startDate) {
    row.say('end', 'refused', '終了日が開始日より前です。')
    return null
  }
  const name = row.localized('name', 'nameEn') ?? { ja: nameJa }
  const [startTime, endTime] = [row.parsed('from', parseTime, 'note'), row.parsed('to', parseTime, 'note')]
  const price = readPrice(row)
  const kana = row.text('kana')
  const optional = {
    reading: kana === null ? undefined : toHiragana(kana),
    timeNote: row.localized('timeNote', 'timeNoteEn'),
    price: price.text,
    venue: row.localized('venue', 'venueEn'),
    address: readAddress(row),
    access: row.localized('access', 'accessEn'),
    barrierFree: row.localized('barrierFree', 'barrierFreeEn'),
    capacity: row.text('capacity') ?? undefined,
    application: row.localized('application', 'applicationEn'),
    organizer: row.localized('organizer', 'organizerEn'),
    contact: readContact(row),
    url: readUrl(row),
    notes: row.localized('notes', 'notesEn'),
  }
  return {
    event: {
      id,
      name,
      description: row.localized('description', 'descriptionEn') ?? name,
      startDate,
      endDate,
      startTime,
      endTime,
      recurrence,
      exceptDates: readExceptDates(row),
      status: readStatus(row),
      free: price.free,
      forChildren: /^(?:1|有|○|はい|yes|true)$/i.test(row.raw('children').normalize('NFKC')),
      point: readPoint(row),
      ...withoutUndefined(optional),
    },
    pictureFile: row.text('picture'),
    pictureAlt: row.localized('pictureAlt', 'pictureAltEn') ?? name,
    pictureCredit: row.text('pictureCredit'),
    line,
  }
}

function readStatus(row: Row): TownEvent['status'] {
  const word = row.text('status')?.normalize('NFKC') ?? '開催'
  if (/中止/.test(word)) return 'cancelled'
  if (/延期/.test(word)) return 'postponed'
  if (!/^(?:開催|予定|開催予定|公開)$/.test(word))
    row.say('status', 'note', '状態は 開催・中止・延期 のどれかです。「開催」として受け取りました。')
  return 'scheduled'
}

function readExceptDates(row: Row): string[] {
  const cells = (row.text('except') ?? '').split(/[\s、,;]+/).filter((cell) => cell !== '')
  return cells.flatMap((cell) => {
    const date = parseDate(cell)
    if (date.kind === 'value') return [date.value]
    row.say('except', 'note', `除外日「${cell}」を日付として読めないため、使いませんでした。`)
    return []
  })
}

function readPrice(row: Row): { text: TownEvent['price']; free: boolean } {
  const money = parseMoney(row.raw('price'))
  if (money.repaired) row.say('price', 'repaired', money.repaired)
  const detail = row.text('priceDetail')
  const ja = [money.text, detail].filter((part) => part !== null).join(' ')
  if (ja === '') return { text: undefined, free: false }
  const en =
    row.text('priceEn') ??
    (money.free && detail === null
      ? 'Free'
      : money.text !== null && detail === null && /^[\d,]+円$/.test(money.text)
        ? `${money.text.slice(0, -1)} yen`
        : null)
  return { text: en === null ? { ja } : { ja, en }, free: money.free }
}
