import { createHash } from 'node:crypto'
import type { LibraryRecord } from '../../../contract/library/record.ts'
import { foreignFile } from '../decode-text.ts'
import type { Notice } from '../import-report.ts'
import { parseDate, saysNothing } from '../parse-date.ts'
import { finishRecord, type RawTitle, type SayOfTitle } from './finish-record.ts'
import { besideInWords, placeFor } from './keep-record.ts'
import type { ColumnMap, KeptColumns, LibraryColumn } from './library-columns.ts'
import { chosenColumns, findColumns, headerAgain, namesOfColumns, sameHeadings } from './library-header.ts'
import { createNoticeList } from './notice-list.ts'
import { saysYes } from './parse-class.ts'
import { pairReadings, parseNames } from './parse-contributors.ts'
import { type RowOfCells, readRows } from './read-rows.ts'

export type ReadCatalogue = {
  records: LibraryRecord[]
  notices: Notice[]
  /** Titles or rows that are gone from the library, by identifier. */
  gone: string[]
  /** How many rows or records were read, and how many of them were refused. */
  read: number
  refused: number
  /** The words for 館 and 保管場所: the first row that has each, and how many have it. Only of a list with rows. */
  places: { branches: PlaceWords; shelves: PlaceWords }
}
type PlaceWords = ReadonlyMap<string, { line: number; rows: number }>

/**
 * The library system's own list: one row a copy, the rows of one 書誌番号 (or of the same ISBN and title; without both, of the same
 * title, author, publisher and year) joined into one title. @param columns names of columns that are not among ours
 * @param kept what staff chose for headings of before
 */
export function readLibraryCsv(
  bytes: Uint8Array,
  columns: ColumnMap = {},
  kept: readonly KeptColumns[] = [],
): ReadCatalogue {
  if (bytes.length === 0) return refused('ファイルが空です。')
  const foreign = foreignFile(bytes)
  if (foreign !== null) return refused(foreign)
  const read = readAs(bytes, columns, kept)
  if ('records' in read) return read
  // Half-width kana of Shift_JIS may be EUC-JP too, never the other way round: asked only where nothing else made sense.
  for (const { encoding, said } of olderEncodings) {
    const text = decodedWhole(bytes, encoding)
    const older = text === null ? null : readAs(Buffer.from(text), columns, kept, said)
    if (older !== null && 'records' in older) return older
  }
  return refused(
    '「タイトル」の列がある見出しの行が見つかりません。蔵書の一覧ではないか、列の名前がちがうようです。',
    read.firstRow,
  )
}

/** As systems on Unix wrote them. */
const olderEncodings = [
  { encoding: 'iso-2022-jp', said: 'JIS（ISO-2022-JP）で書かれていたので、読み替えました。' },
  { encoding: 'euc-jp', said: 'EUC-JP で書かれていたので、読み替えました。' },
]

function decodedWhole(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

const refused = (reason: string, value: string | null = null): ReadCatalogue => ({
  records: [],
  notices: [{ line: null, column: null, value, reason, severity: 'refused' }],
  ...{ gone: [], read: 0, refused: 0, places: { branches: new Map(), shelves: new Map() } },
})

/** @param said of the file as a whole, if it can be read. @returns what stands in its first row, if none is the header */
function readAs(
  bytes: Uint8Array,
  columns: ColumnMap,
  kept: readonly KeptColumns[],
  said?: string,
): ReadCatalogue | { firstRow: string | null } {
  const notices = createNoticeList()
  const names = namesOfColumns(columns)
  const records = new Map<string, LibraryRecord>()
  const gone = new Set<string>()
  const words = {
    branches: new Map<string, { line: number; rows: number }>(),
    shelves: new Map<string, { line: number; rows: number }>(),
  }
  let places: ReadonlyMap<LibraryColumn, number[]> | null = null
  let chosenFor: readonly string[] | null = null
  let read = 0
  let firstRow: string | null = null
  let before = 0
  for (const row of readRows(bytes)) {
    if (places === null) {
      const chosen = chosenColumns(row.cells, kept)
      if (chosen !== null) chosenFor = row.cells
      const found = chosen ?? findColumns(row.cells, names)
      firstRow ??= row.cells.join('、').slice(0, 200)
      if (found.has('title') && found.size >= 2) places = found
      else if (++before > 50) break
      continue
    }
    const again = chosenFor === null ? headerAgain(row.cells, places, names) : sameAgain(row.cells, chosenFor, places)
    if (again !== null) {
      // Two lists pasted together, perhaps with their columns in another order.
      places = again
      const reason = '見出しの行がもう一度ありました。ここからは、この見出しで読みます。'
      notices.say({ line: row.line, column: null, value: null, reason, severity: 'repaired' })
      continue
    }
    if (row.cells.every((cell) => cell.trim() === '')) continue
    read += 1
    const record = takeRow(row, places, records, gone, (severity, column, value, reason) =>
      notices.say({ line: row.line, column, value, reason, severity }),
    )
    for (const { branch, shelf } of record?.holdings ?? []) {
      if (branch !== '') count(words.branches, branch, row.line)
      if (shelf !== null) count(words.shelves, shelf, row.line)
    }
  }
  if (places === null) return { firstRow }
  if (said !== undefined) notices.say({ line: null, column: null, value: null, reason: said, severity: 'repaired' })
  return {
    records: [...records.values()],
    notices: notices.list(),
    gone: [...gone],
    read,
    refused: notices.counts.refused,
    places: words,
  }
}

/** The row for which staff chose, once more: a list of two that were pasted together. */
const sameAgain = (
  cells: readonly string[],
  headings: readonly string[],
  places: ReadonlyMap<LibraryColumn, number[]>,
): ReadonlyMap<LibraryColumn, number[]> | null =>
  cells[0] === headings[0] && sameHeadings(headings, cells) ? places : null

function takeRow(
  row: RowOfCells,
  places: ReadonlyMap<LibraryColumn, number[]>,
  records: Map<string, LibraryRecord>,
  gone: Set<string>,
  say: SayOfTitle,
): LibraryRecord | null {
  const cell = (column: LibraryColumn): string => {
    for (const at of places.get(column) ?? []) {
      const text = row.cells[at]?.trim() ?? ''
      if (text !== '' && !/^[-－―—*＊]+$/.test(text)) return text
    }
    return ''
  }
  if (row.repaired !== undefined) say('repaired', '', null, row.repaired)
  const raw = rawTitle(cell, say)
  const id = raw.id === '' ? madeId(raw) : raw.id
  if (saysYes(cell('deleted')) || cell('deleted').includes('除籍')) {
    // Only what the source itself names can be taken away: another copy of the title may well stay.
    if (raw.id !== '' && !places.has('item')) gone.add(raw.id)
    return null
  }
  const record = finishRecord({ ...raw, id }, say)
  if (record === null) return null
  const place = placeFor(records, record)
  if (place.kind === 'beside') say('repaired', '書誌番号', record.id, besideInWords)
  record.id = place.id
  const former = records.get(record.id)
  records.set(record.id, former === undefined ? record : joined(former, record))
  return record
}

function count(words: Map<string, { line: number; rows: number }>, word: string, line: number): void {
  const known = words.get(word)
  if (known === undefined) words.set(word, { line, rows: 1 })
  else known.rows += 1
}

function rawTitle(cell: (column: LibraryColumn) => string, say: SayOfTitle): RawTitle {
  const spine = [
    cell('callNumber') || cell('callClass') || (cell('bookMark') ? cell('ndc') : ''),
    cell('bookMark'),
    cell('volumeMark'),
  ]
  const callNumber = spine.filter((part) => part !== '').join('/')
  const arrived = parseDate(cell('arrived'))
  if (arrived.kind === 'refused') say('note', '受入日', cell('arrived'), arrived.reason)
  const loans = cell('loans').normalize('NFKC').replace(/[,回]/g, '')
  if (loans !== '' && !/^\d+$/.test(loans) && !saysNothing(loans))
    say('note', '貸出回数', cell('loans'), '数として読めないので、0 回としました。')
  return {
    id: cell('id'),
    title: cell('title'),
    titleReading: cell('titleReading'),
    subtitle: cell('subtitle'),
    volume: cell('volume'),
    authors: authorsOf(cell),
    series: pairReadings(listOf(cell('series')), listOf(cell('seriesReading'))),
    publisher: cell('publisher'),
    year: cell('year'),
    subjects: listOf(cell('subjects'), /[;；、,，|\n]|--/),
    ndc: cell('ndc') || cell('callClass') || cell('callNumber'),
    isbn: [cell('isbn')],
    extent: cell('extent'),
    summary: cell('summary'),
    ages: cell('ages'),
    kind: cell('kind'),
    aboutTown: saysYes(cell('aboutTown')),
    loans: /^\d+$/.test(loans) ? Number(loans) : 0,
    arrived: arrived.kind === 'value' ? arrived.value : undefined,
    holdings: [
      {
        ...{ item: cell('item'), branch: cell('branch'), shelf: cell('shelf'), callNumber },
        readingRoomOnly: saysYes(cell('readingRoomOnly')),
      },
    ],
  }
}

function authorsOf(cell: (column: LibraryColumn) => string) {
  const names = parseNames(cell('authors'))
  if (names.length > 0) return pairReadings(names, parseNames(cell('authorsReading')))
  const kana = /^[\p{Script=Hiragana}\p{Script=Katakana}ー・＝\s]*$/u
  const [family, given] = [cell('family'), cell('given')]
  const name = [family, given].filter((part) => part !== '').join(kana.test(family + given) ? ' ' : '')
  const reading = [cell('familyReading'), cell('givenReading')].filter((part) => part !== '').join(' ')
  return name === '' ? [] : [{ name, reading }]
}

const listOf = (text: string, parting: RegExp = /[;；|\n]/): string[] =>
  text.split(parting).flatMap((one) => (one.trim() === '' ? [] : [one.trim()]))

/** The same title gets the same identifier at every import, wherever its rows stand. */
function madeId(raw: RawTitle): string {
  const isbn = raw.isbn
    .join('')
    .normalize('NFKC')
    .replace(/[^\dXx]/g, '')
  const parts =
    isbn === ''
      ? [raw.title, raw.subtitle, raw.volume, raw.authors[0]?.name, raw.publisher, raw.year, raw.kind]
      : [isbn, raw.title, raw.volume]
  const text = JSON.stringify(parts.map((part) => (part ?? '').normalize('NFKC').replace(/\s/g, '')))
  return `t-${createHash('sha256').update(text).digest('hex').slice(0, 20)}`
}

function joined(one: LibraryRecord, other: LibraryRecord): LibraryRecord {
  const authors = [
    ...one.authors,
    ...other.authors.filter((author) => !one.authors.some(({ name }) => name === author.name)),
  ]
  const [copy] = other.holdings
  const sameCopy =
    copy === undefined ||
    one.holdings.some((held) =>
      copy.item === null
        ? JSON.stringify(held) === JSON.stringify(copy) &&
          other.authors.some((author) => !one.authors.some(({ name }) => name === author.name))
        : held.item === copy.item,
    )
  const arrived = [one.arrived, other.arrived].filter((day) => day !== undefined).sort()[0]
  return {
    ...other,
    ...one,
    authors: authors.slice(0, 20),
    subjects: [...new Set([...one.subjects, ...other.subjects])].slice(0, 30),
    aboutTown: one.aboutTown || other.aboutTown,
    loans: Math.min(4_000_000_000, one.loans + (sameCopy ? 0 : other.loans)),
    holdings: sameCopy ? one.holdings : [...one.holdings, ...other.holdings].slice(0, 200),
    ...(arrived === undefined ? {} : { arrived }),
  }
}
