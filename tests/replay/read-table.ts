import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { countedMenuIds } from '../../contract/menu-ids.ts'

const rowSchema = z.object({
  menu: z.enum(countedMenuIds),
  fiscal_year: z.coerce.number().int().min(2001).max(2100),
  count: z.coerce.number().int().min(0).max(10_000_000),
})
export type TableCell = z.infer<typeof rowSchema>

/** Reads `menu,fiscal_year,count`. @throws Error naming line and column of the first thing that is not as expected */
export function readTable(text: string): TableCell[] {
  const records: { record: Record<string, string>; info: { lines: number } }[] = parse(text, {
    columns: true,
    bom: true,
    trim: true,
    skip_empty_lines: true,
    comment: '#',
    info: true,
  })
  if (records.length === 0)
    throw new Error('the table has no row: expected "menu,fiscal_year,count" and at least one line')
  const seen = new Set<string>()
  return records.map(({ record, info }) => {
    const row = rowSchema.safeParse(record)
    if (!row.success) {
      const issue = row.error.issues[0]
      const column = String(issue?.path[0] ?? '')
      throw new Error(`line ${info.lines}, column "${column}": "${record[column] ?? '(missing)'}" — ${issue?.message}`)
    }
    const key = `${row.data.menu}|${row.data.fiscal_year}`
    if (seen.has(key)) throw new Error(`line ${info.lines}: ${row.data.menu} of ${row.data.fiscal_year} stands twice`)
    seen.add(key)
    return row.data
  })
}
