import type { LocalizedText } from '../../contract/localized-text.ts'
import type { Notice } from './import-report.ts'
import type { Parsed } from './parse-date.ts'
import { saysNothing } from './parse-date.ts'
import { normaliseHeader, type TableRow, type TownTable } from './read-table.ts'

/** Names under which a column stands in the two generations of the official formats; the first is the one we print. */
export type Columns = Record<string, readonly string[]>

export function knownHeaders(columns: Columns): Set<string> {
  return new Set(Object.values(columns).flat().map(normaliseHeader))
}

/** Without these columns it is another kind of table: said once, not for every row. */
export function lackingColumns<C extends Columns>(
  table: TownTable,
  columns: C,
  required: readonly (keyof C & string)[],
): Notice[] {
  const there = new Set(table.columns)
  return required
    .filter((column) => !columns[column]?.some((name) => there.has(normaliseHeader(name))))
    .map((column) => ({
      line: null,
      column: columns[column]?.[0] ?? column,
      value: null,
      reason: `「${columns[column]?.[0]}」の列がありません。この種類の表か、見出しの行を確かめてください。`,
      severity: 'refused',
    }))
}

/** Reads one row by our own column names and gathers what is to be said about it. */
export function rowReader<C extends Columns>(row: TableRow, columns: C) {
  const notices: Notice[] = []
  let refused = false

  const raw = (column: keyof C & string): string => {
    for (const name of columns[column] ?? []) {
      const cell = row.cells.get(normaliseHeader(name))
      if (cell !== undefined && cell !== '') return cell
    }
    return ''
  }
  const say = (
    column: keyof C & string,
    severity: Notice['severity'],
    reason: string,
    value: string | null = raw(column),
  ) => {
    notices.push({ line: row.line, column: columns[column]?.[0] ?? column, value, reason, severity })
    if (severity === 'refused') refused = true
  }
  const text = (column: keyof C & string): string | null => {
    const cell = raw(column).replace(/\r\n?/g, '\n').trim()
    return saysNothing(cell.normalize('NFKC')) ? null : cell
  }

  return {
    line: row.line,
    raw,
    say,
    text,
    /** @returns null and refuses the row when the cell is empty */
    required(column: keyof C & string): string | null {
      const value = text(column)
      if (value === null) say(column, 'refused', `「${columns[column]?.[0]}」がありません。`, null)
      return value
    },
    localized(ja: keyof C & string, en: keyof C & string): LocalizedText | undefined {
      const japanese = text(ja)
      if (japanese === null) return undefined
      const english = text(en)
      return english === null ? { ja: japanese } : { ja: japanese, en: english }
    },
    /** A cell that is read by one of the value parsers: repairs are told, an unreadable one refuses the row or only the cell. */
    parsed<T>(
      column: keyof C & string,
      parse: (raw: string) => Parsed<T>,
      whenUnreadable: 'refused' | 'note',
    ): T | null {
      const result = parse(raw(column))
      if (result.kind === 'empty') return null
      if (result.kind === 'refused') {
        say(column, whenUnreadable, result.reason)
        return null
      }
      if (result.repaired) say(column, 'repaired', result.repaired)
      return result.value
    },
    notices: () => notices,
    refused: () => refused,
  }
}
export type RowReader<C extends Columns> = ReturnType<typeof rowReader<C>>
