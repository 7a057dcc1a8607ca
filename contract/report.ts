import { z } from 'zod'
import { countedMenuIdSchema } from './menu-ids.ts'

/** First fiscal year the kiosks stood in the lobbies (October 2001 is in FY2001). */
export const firstFiscalYear = 2001

const fiscalYearSchema = z.coerce.number().int().min(firstFiscalYear).max(2200)

export const reportQuerySchema = z
  .object({
    /** Western year in which the fiscal year begins: 2002 is 2002-04-01 … 2003-03-31 Asia/Tokyo. */
    fiscalYear: fiscalYearSchema,
    toFiscalYear: fiscalYearSchema.optional(),
    /** What the columns are: `menu` one per fiscal year, `month` twelve per fiscal year (April first), `kiosk` one per kiosk and fiscal year. Rows are always the menus. */
    by: z.enum(['menu', 'month', 'kiosk']).default('menu'),
  })
  .refine((query) => (query.toFiscalYear ?? query.fiscalYear) >= query.fiscalYear, {
    message: '終わりの年度は、始まりの年度より前にできません。',
    path: ['toFiscalYear'],
  })
export type ReportQuery = z.infer<typeof reportQuerySchema>

/** Something to know beside a figure. */
export const reportNoteSchema = z.object({
  kind: z.enum(['month-open', 'kiosk-silent', 'sequence-gap', 'unverified-time', 'no-data']),
  /** Japanese, one sentence, ready to print. */
  text: z.string(),
  columnKey: z.string().nullable(),
  kioskId: z.string().nullable(),
})
export type ReportNote = z.infer<typeof reportNoteSchema>

export const reportColumnSchema = z.object({
  key: z.string(),
  fiscalYear: z.number().int(),
  /** 平成14年度, 令和8年度 */
  fiscalYearJa: z.string(),
  /** Calendar month 1–12, and the calendar year it lies in. */
  month: z.object({ year: z.number().int(), month: z.number().int() }).nullable(),
  kiosk: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Heading as printed. */
  label: z.string(),
})
export type ReportColumn = z.infer<typeof reportColumnSchema>

export const reportSchema = z.object({
  query: z.object({
    fiscalYear: z.number().int(),
    toFiscalYear: z.number().int(),
    by: z.enum(['menu', 'month', 'kiosk']),
  }),
  columns: z.array(reportColumnSchema),
  /** The seven menus in the town's order; `counts[i]` belongs to `columns[i]`, in accesses. */
  rows: z.array(
    z.object({
      menu: countedMenuIdSchema,
      label: z.string(),
      counts: z.array(z.number().int().nonnegative()),
      total: z.number().int().nonnegative(),
    }),
  ),
  totals: z.array(z.number().int().nonnegative()),
  grandTotal: z.number().int().nonnegative(),
  notes: z.array(reportNoteSchema),
  asOfMs: z.number().int(),
})
export type Report = z.infer<typeof reportSchema>

export const reportFormatSchema = z.enum(['csv', 'csv-cp932', 'xlsx', 'json'])
export type ReportFormat = z.infer<typeof reportFormatSchema>
/** `table`: menus down, columns across, as the town prints it; `rows`: one row per figure, machine-readable (総務省 表記方法の統一ルール). */
export const reportLayoutSchema = z.enum(['table', 'rows'])
export type ReportLayout = z.infer<typeof reportLayoutSchema>
