import { z } from 'zod'
import { type ColumnChoice, columnChoiceSchema } from '../../../contract/library/list-columns.ts'
import { isLibraryColumn, type KeptColumns, libraryColumns } from '../../importers/library/library-columns.ts'
import { sameHeadings } from '../../importers/library/library-header.ts'
import { normaliseHeader } from '../../importers/read-table.ts'
import type { createSettings } from '../../settings-repository.ts'

const setting = 'library-columns'
/** A library has one system, and that writes a handful of lists. */
const mostKept = 20
const keptSchema = z.array(columnChoiceSchema)

/** @returns in words why a list cannot be read so; null: it can */
export function judgeChoice({ headings, columns }: ColumnChoice): string | null {
  const there = new Set(headings.map(normaliseHeader))
  const foreign = columns.find(({ field, column }) => !isLibraryColumn(field) || !there.has(normaliseHeader(column)))
  if (foreign !== undefined) return `「${foreign.column}」の列は、このファイルの見出しにありません。`
  if (new Set(columns.map(({ field }) => field)).size < columns.length) return '同じ項目が2度あります。'
  if (!columns.some(({ field }) => field === 'title')) return '「タイトル」の列を選んでください。'
  if (columns.length < 2) return '「タイトル」のほかに、列をもう1つ選んでください（書誌番号、著者など）。'
  return null
}

/** What staff chose for lists with the same headings. */
export function keptColumns(settings: Pick<ReturnType<typeof createSettings>, 'read' | 'write'>) {
  const read = async () => keptSchema.parse(JSON.parse((await settings.read(setting)) ?? '[]'))
  return {
    async all(): Promise<KeptColumns[]> {
      return (await read()).map(({ headings, columns }) => ({
        headings,
        columns: new Map(
          columns.flatMap(({ field, column }) => (isLibraryColumn(field) ? [[field, column] as const] : [])),
        ),
      }))
    },
    /** In the place of the one for the same headings; the newest first. */
    async keep(choice: ColumnChoice): Promise<void> {
      const others = (await read()).filter(({ headings }) => !sameHeadings(headings, choice.headings))
      await settings.write(setting, JSON.stringify([choice, ...others].slice(0, mostKept)))
    },
  }
}

/** As staff read it: タイトル=本の名. */
export const choiceInWords = ({ columns }: ColumnChoice): string =>
  columns
    .map(({ field, column }) => `${isLibraryColumn(field) ? libraryColumns[field][0] : field}=${column}`)
    .join('、')
