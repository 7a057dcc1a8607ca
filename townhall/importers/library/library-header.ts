import { normaliseHeader } from '../read-table.ts'
import { type ColumnMap, type KeptColumns, type LibraryColumn, libraryColumns } from './library-columns.ts'

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

/** Whether the names of two rows are the same, as they are compared. */
export function sameHeadings(one: readonly string[], other: readonly string[]): boolean {
  return (
    one.length === other.length && one.every((name, at) => normaliseHeader(name) === normaliseHeader(other[at] ?? ''))
  )
}

/** @returns null: staff chose nothing for such a row */
export function chosenColumns(
  cells: readonly string[],
  kept: readonly KeptColumns[],
): Map<LibraryColumn, number[]> | null {
  const chosen = kept.find(({ headings }) => sameHeadings(headings, cells))
  if (chosen === undefined) return null
  const of = new Map([...chosen.columns].map(([column, name]) => [column, [normaliseHeader(name)]]))
  return findColumns(cells, { of, all: new Set() })
}
