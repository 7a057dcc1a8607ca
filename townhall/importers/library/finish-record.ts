import type { Holding, LibraryRecord, TitleKind } from '../../../contract/library/record.ts'
import type { Notice } from '../import-report.ts'
import { cleanText } from './clean-text.ts'
import { kindOfCall, parseAges, parseKind, parseNdc, parseYear } from './parse-class.ts'
import { parseIsbn } from './parse-isbn.ts'

export type RawName = { name: string; reading?: string | undefined }
export type RawHolding = {
  item?: string | undefined
  branch?: string | undefined
  shelf?: string | undefined
  callNumber?: string | undefined
  readingRoomOnly: boolean
}
/** A title as a format tells it, nothing judged yet. */
export type RawTitle = {
  id: string
  title: string
  titleReading?: string | undefined
  subtitle?: string | undefined
  volume?: string | undefined
  authors: readonly RawName[]
  series: readonly RawName[]
  publisher?: string | undefined
  year?: string | undefined
  subjects: readonly string[]
  ndc?: string | undefined
  isbn: readonly string[]
  extent?: string | undefined
  summary?: string | undefined
  ages?: string | undefined
  kind?: string | TitleKind | undefined
  aboutTown: boolean
  loans: number
  arrived?: string | undefined
  holdings: readonly RawHolding[]
}
/** Says something about one part of a title: the column or field, its value. */
export type SayOfTitle = (severity: Notice['severity'], part: string, value: string | null, reason: string) => void

/** What every format has in common: trimmed, bounded, told. @returns null, told, for a title without a name or an identifier */
export function finishRecord(raw: RawTitle, say: SayOfTitle): LibraryRecord | null {
  const text = (part: string, value: string | undefined, most: number): string | undefined => {
    if (value === undefined || value === '') return undefined
    const { text: clean, repairs } = cleanText(value, most)
    for (const reason of repairs)
      say(reason.includes('取り除') || reason.includes('切りま') ? 'repaired' : 'note', part, value, reason)
    return clean === '' ? undefined : clean
  }
  const names = (part: string, list: readonly RawName[], most: number) => {
    if (list.length > most)
      say('repaired', part, null, `${list.length} あるうち、はじめの ${most} だけを受け取りました。`)
    return list.slice(0, most).flatMap((one) => {
      const name = text(part, one.name, 200)
      const reading = text(`${part}ヨミ`, one.reading, 200)
      return name === undefined ? [] : [{ name, ...(reading === undefined ? {} : { reading }) }]
    })
  }
  const title = text('タイトル', raw.title, 500)
  if (title === undefined) {
    say('refused', 'タイトル', raw.title === '' ? null : raw.title, 'タイトルがありません。')
    return null
  }
  const id = cleanText(raw.id, 100).text
  if (id === '' || raw.id.length > 100) {
    say('refused', '書誌番号', raw.id === '' ? null : raw.id, '書誌番号がないか、長すぎます（100字まで）。')
    return null
  }
  const holdings = raw.holdings.slice(0, 200).map(
    (one): Holding => ({
      item: text('資料番号', one.item, 60) ?? null,
      branch: text('館', one.branch, 60) ?? '',
      shelf: text('保管場所', one.shelf, 60) ?? null,
      callNumber: text('請求記号', one.callNumber, 60) ?? null,
      readingRoomOnly: one.readingRoomOnly,
    }),
  )
  if (raw.holdings.length > 200)
    say(
      'repaired',
      '資料番号',
      null,
      `1つの書誌に ${raw.holdings.length} 冊あります。はじめの 200 冊だけを受け取りました。`,
    )
  const ndc = parseNdc(raw.ndc ?? '') ?? undefined
  const isbn = raw.isbn.map(parseIsbn).find((one) => one !== null)
  const wrongIsbn = raw.isbn.find((one) => /\d/.test(one))
  if (isbn === undefined && wrongIsbn !== undefined)
    say('note', 'ISBN', wrongIsbn, 'ISBN の数字が合わないので、ISBN なしで受け取りました。')
  const told = raw.kind === undefined || raw.kind === '' ? null : parseKind(raw.kind)
  if (told === null && raw.kind) say('note', '資料種別', raw.kind, 'わからない資料種別です。「その他」にしました。')
  const byCall =
    holdings.map((one) => kindOfCall(one.callNumber ?? '')).find((one) => one !== null) ?? kindOfCall(raw.ndc ?? '')
  const year = parseYear(raw.year ?? '')
  if (year === null && /\d/.test(raw.year ?? ''))
    say('note', '出版年', raw.year ?? null, '出版年として読めないので、年なしで受け取りました。')
  const ages = parseAges(raw.ages ?? '')
  const record: LibraryRecord = {
    id,
    kind: (told === 'book' || told === null ? byCall : null) ?? told ?? (raw.kind ? 'other' : 'book'),
    title,
    titleReading: text('タイトルヨミ', raw.titleReading, 500),
    subtitle: text('副書名', raw.subtitle, 500),
    volume: text('巻次', raw.volume, 60),
    authors: names('著者', raw.authors, 20),
    series: names('シリーズ', raw.series, 5),
    publisher: text('出版社', raw.publisher, 200),
    year: year ?? undefined,
    subjects: [...new Set(raw.subjects.slice(0, 30).flatMap((one) => text('件名', one, 200) ?? []))],
    ndc,
    isbn,
    extent: text('形態', raw.extent, 100),
    summary: text('内容', raw.summary, 2_000),
    ages: ages ?? undefined,
    aboutTown: raw.aboutTown,
    loans: Math.min(4_000_000_000, Math.max(0, Math.trunc(raw.loans) || 0)),
    arrived: raw.arrived,
    holdings,
  }
  return withoutUndefined(record)
}

/** What is not there has no key: the same title is the same JSON, whichever way it came. */
function withoutUndefined(record: LibraryRecord): LibraryRecord {
  const keys: (keyof LibraryRecord)[] = [
    'titleReading',
    'subtitle',
    'volume',
    'publisher',
    'year',
    'ndc',
    'isbn',
    'extent',
    'summary',
    'ages',
    'arrived',
  ]
  for (const key of keys) if (record[key] === undefined) delete record[key]
  return record
}
