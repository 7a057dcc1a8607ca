import { normaliseHeader } from '../read-table.ts'
import { type ColumnMap, type LibraryColumn, libraryColumns } from './library-columns.ts'

/** Where each column stands in a row: the first place that says something counts. */
type Places = ReadonlyMap<LibraryColumn, number[]>
type Names = { of: ReadonlyMap<LibraryColumn, string[]>; all: ReadonlySet<string> }

/** @param own names that staff gave, asked before ours */
export function namesOfColumns(own: ColumnMap): Names {
  const of = new Map<LibraryColumn, string[]>()
  for (const column of Object.keys(libraryColumns) as LibraryColumn[])
    of.set(column, [...(own[column] ?? []), ...libraryColumns[column]].map(normaliseHeader))
  return { of, all: new Set([...of.values()].flat()) }
}

export function findColumns(header: readonly string[], names: Names): Map<LibraryColumn, number[]> {
  const there = header.map(normaliseHeader)
  const found = new Map<LibraryColumn, number[]>()
  for (const [column, its] of names.of) {
    const places = its.flatMap((name) => there.flatMap((one, at) => (one === name ? [at] : [])))
    if (places.length > 0) found.set(column, [...new Set(places)])
  }
  return found
}

/** @returns the columns from here on, if this row names columns and no book: one may well be called 「タイトル」, but is then not by 「著者」 */
export function headerAgain(
  cells: readonly string[],
  places: Places,
  names: Names,
): Map<LibraryColumn, number[]> | null {
  const isName = (cell: string | undefined) => cell !== undefined && names.all.has(normaliseHeader(cell))
  // Two cells tell it of nearly every row.
  if (!isName(cells[places.get('title')?.[0] ?? 0]) && !isName(cells[0])) return null
  const filled = cells.filter((cell) => cell.trim() !== '')
  const found = findColumns(cells, names)
  return found.has('title') && found.size >= 2 && filled.filter(isName).length * 2 > filled.length ? found : null
}
