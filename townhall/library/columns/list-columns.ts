import type { ListColumns } from '../../../contract/library/list-columns.ts'
import { isLibraryColumn, type KeptColumns, libraryColumns } from '../../importers/library/library-columns.ts'
import { chosenColumns, findColumns, namesOfColumns } from '../../importers/library/library-header.ts'
import { kindOfFile } from '../../importers/library/read-catalogue.ts'
import { readRows } from '../../importers/library/read-rows.ts'

const mostRowsAbove = 50
const mostShown = 3
const mostColumns = 300
const mostLetters = 60

/** What the beginning of a file says of its columns. @param kept what was chosen before */
export function listColumns(bytes: Uint8Array, kept: readonly KeptColumns[]): ListColumns {
  if (kindOfFile(bytes) !== 'csv') return { table: null }
  const rows: string[][] = []
  for (const { cells } of readRows(bytes)) {
    if (cells.some((cell) => cell.trim() !== ''))
      rows.push(cells.slice(0, mostColumns).map((cell) => cell.slice(0, 200)))
    if (rows.length === mostRowsAbove + mostShown) break
  }
  const at = headingsAt(rows, kept)
  const headings = rows[at]
  if (headings === undefined) return { table: null }
  const chosen = chosenColumns(headings, kept)
  const places = chosen ?? findColumns(headings, namesOfColumns({}))
  return {
    table: {
      headings,
      rows: rows.slice(at + 1, at + 1 + mostShown).map((cells) => cells.map((cell) => cell.slice(0, mostLetters))),
      fields: Object.keys(libraryColumns)
        .filter(isLibraryColumn)
        .map((field) => ({
          field,
          name: libraryColumns[field][0],
          column: headings[places.get(field)?.[0] ?? -1] ?? null,
        })),
      understood: places.has('title') && places.size >= 2,
    },
  }
}

/** The row that names columns we know; else the first that is about as full as the fullest: above it stand the list's name and its day. */
function headingsAt(rows: readonly string[][], kept: readonly KeptColumns[]): number {
  const names = namesOfColumns({})
  const known = rows.findIndex((cells) => {
    const found = chosenColumns(cells, kept) ?? findColumns(cells, names)
    return found.has('title') && found.size >= 2
  })
  if (known >= 0) return known
  const filled = rows.map((cells) => cells.filter((cell) => cell.trim() !== '').length)
  const most = Math.max(0, ...filled)
  return most < 2 ? -1 : filled.findIndex((count) => count >= most * 0.8)
}
