import { usageError } from '../command.ts'
import { type ColumnMap, type LibraryColumn, libraryColumns } from '../importers/library/library-columns.ts'

/** `--column タイトル=本の名`, as often as there are columns. */
export function columnMap(told: readonly string[]): ColumnMap {
  const columns: Partial<Record<LibraryColumn, string[]>> = {}
  for (const pair of told) {
    const [ours = '', ...theirs] = pair.split('=')
    const column = (Object.keys(libraryColumns) as LibraryColumn[]).find(
      (one) => one === ours || libraryColumns[one][0] === ours,
    )
    if (column === undefined || theirs.join('=') === '')
      throw usageError(
        `--column は「タイトル=列の名前」の形で書きます（${Object.values(libraryColumns)
          .map(([name]) => name)
          .join('・')}）。`,
      )
    columns[column] = [...(columns[column] ?? []), theirs.join('=')]
  }
  return columns
}
