import type { SavedShelf } from '../../../contract/library/shelf-desk.ts'
import { nameCells } from '../../importers/places/place-names.ts'
import { outlineCell, shelfColumns, shelfHeaders } from '../../importers/places/read-library-places.ts'
import { normaliseHeader, readRecords } from '../../importers/read-table.ts'

type Column = keyof typeof shelfColumns
/** Of a file that we begin; columns of other languages come when a name needs them. */
const firstColumns: readonly Column[] = ['id', 'branch', 'name', 'nameEn', 'plan', 'outline']

/**
 * shelves.csv with these rows put in or taken out. Everything else stays as staff wrote it: their order, their own columns, rows that we
 * cannot read. @param bytes of the file; null: there is none yet @returns UTF-8 with BOM, as Excel opens it right
 */
export function editShelfTable(
  bytes: Uint8Array | null,
  { put, remove }: { put: readonly SavedShelf[]; remove: readonly string[] },
): { bytes: Uint8Array } | { refused: string } {
  const blank = bytes === null || bytes.length === 0
  const read = blank
    ? { records: [{ record: firstColumns.map((column) => shelfColumns[column][0]) }], headerAt: 0, delimiter: ',' }
    : readRecords(bytes, shelfHeaders, 1)
  if ('refused' in read) return read
  const above = read.records.slice(0, read.headerAt).map(({ record }) => record)
  const header = [...(read.records[read.headerAt]?.record ?? [])]
  const gone = new Set(remove)
  const columns = columnsOf(header)
  const idAt = columns.find('id')
  const idOf = (row: readonly string[]) => (row[idAt] ?? '').trim()
  const rows = read.records
    .slice(read.headerAt + 1)
    .map(({ record }) => [...record])
    .filter((row) => !gone.has(idOf(row)))
  for (const shelf of put) {
    let row = rows.find((one) => idOf(one) === shelf.id)
    if (row === undefined) {
      row = []
      rows.push(row)
    }
    for (const [column, cell] of cellsOf(shelf)) columns.write(row, column, cell)
  }
  const lines = [
    ...above,
    header,
    ...rows.map((row) => header.map((_, at) => row[at] ?? '').concat(row.slice(header.length))),
  ]
  const text = lines
    .map((line) => `${line.map((cell) => quoted(cell, read.delimiter)).join(read.delimiter)}\r\n`)
    .join('')
  return { bytes: new TextEncoder().encode(`\uFEFF${text}`) }
}

function cellsOf(shelf: SavedShelf): [Column, string][] {
  return [
    ['id', shelf.id],
    ['branch', shelf.branch],
    ...nameCells(shelf.name),
    ['plan', shelf.plan ?? ''],
    ['outline', outlineCell(shelf.outline)],
  ]
}

/** By name, whichever of its names a column has; one that is not there is added once there is something to write into it. */
function columnsOf(header: string[]) {
  const placesOf = (column: Column) => {
    const names = shelfColumns[column].map(normaliseHeader)
    return header.flatMap((cell, at) => (names.includes(normaliseHeader(cell)) ? [at] : []))
  }
  const find = (column: Column): number => {
    const [at] = placesOf(column)
    if (at !== undefined) return at
    return header.push(shelfColumns[column][0]) - 1
  }
  return {
    find,
    write(row: string[], column: Column, cell: string): void {
      const places = placesOf(column)
      if (places.length === 0 && cell === '') return
      const at = find(column)
      while (row.length <= at) row.push('')
      row[at] = cell
      // The same column under another name would be read where this one is empty.
      for (const other of places) if (other !== at && row[other] !== undefined) row[other] = ''
    },
  }
}

const quoted = (cell: string, delimiter: string) =>
  /["\r\n]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell
