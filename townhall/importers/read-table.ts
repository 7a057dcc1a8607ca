import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { decodeText } from './decode-text.ts'

const recordsSchema = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }))

export type TableRow = { line: number; cells: ReadonlyMap<string, string> }
export type TownTable = { columns: string[]; rows: TableRow[]; encoding: string }

/** Header as it is compared: 全角/半角 of letters and brackets, spaces and case do not matter. */
export function normaliseHeader(header: string): string {
  return header
    .normalize('NFKC')
    .replace(/[\s　]/g, '')
    .toLowerCase()
}

export type TableRecords = {
  records: { record: string[]; info: { lines: number } }[]
  /** Which of them is the header. */
  headerAt: number
  delimiter: ',' | '\t'
  encoding: string
}

/**
 * A CSV or TSV as towns keep it, record by record as it stands there, title lines above the header too.
 * @param known normalised headers of which at least `least` make a row the header
 */
export function readRecords(
  bytes: Uint8Array,
  known: ReadonlySet<string>,
  least: number,
): TableRecords | { refused: string } {
  const decoded = decodeText(bytes)
  if ('refused' in decoded) return decoded
  // Pasted together from two files, one may have both line ends; the parser would count such lines twice.
  const text = decoded.text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  const firstLine =
    text
      .slice(0, 5_000)
      .split('\n')
      .find((line) => line.trim() !== '') ?? ''
  const delimiter = firstLine.includes('\t') && !firstLine.includes(',') ? '\t' : ','
  let records: z.infer<typeof recordsSchema>
  try {
    // Its types know the shape with `info` only for rows as objects.
    const found: unknown = parse(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      info: true,
    })
    records = recordsSchema.parse(found)
  } catch (error) {
    return { refused: `表として読めません（${error instanceof Error ? error.message : ''}）。` }
  }
  const headerAt = records.findIndex(
    ({ record }) => record.filter((cell) => known.has(normaliseHeader(cell))).length >= least,
  )
  if (headerAt < 0) return { refused: '見出しの行が見つかりません。この種類の表ではないようです。' }
  return { records, headerAt, delimiter, encoding: decoded.encoding }
}

/**
 * A CSV or TSV as towns keep it: title lines above the header, blank rows, line breaks in quotes, headers that stand twice.
 * Columns are found by name, never by position. @param known normalised headers of which at least `least` make a row the header
 */
export function readTable(bytes: Uint8Array, known: ReadonlySet<string>, least = 3): TownTable | { refused: string } {
  const read = readRecords(bytes, known, least)
  if ('refused' in read) return read
  const { records, headerAt } = read
  const columns = (records[headerAt]?.record ?? []).map(normaliseHeader)
  const rows: TableRow[] = []
  for (const { record, info } of records.slice(headerAt + 1)) {
    if (record.every((cell) => cell.trim() === '')) continue
    const cells = new Map<string, string>()
    // A header that stands twice: the first one that says something counts.
    record.forEach((cell, index) => {
      const column = columns[index]
      if (column && (cells.get(column) ?? '') === '') cells.set(column, cell.trim())
    })
    rows.push({ line: info.lines - linesIn(record) + 1, cells })
  }
  return { columns, rows, encoding: read.encoding }
}

/** csv-parse tells the line on which a record ends. */
const linesIn = (record: string[]) => 1 + record.reduce((lines, cell) => lines + (cell.match(/\n/g)?.length ?? 0), 0)
