import { z } from 'zod'

const headingsSchema = z.array(z.string().max(200)).min(1).max(300)

/** Which column of a table holds what: of a list whose headings are these. */
export const columnChoiceSchema = z.object({
  headings: headingsSchema,
  /** `field`: one of ours, as `listColumnsSchema` names it. */
  columns: z.array(z.object({ field: z.string().max(60), column: z.string().min(1).max(200) })).max(60),
})
export type ColumnChoice = z.infer<typeof columnChoiceSchema>

/** The beginning of a list that somebody is about to hand in. */
export const listColumnsSchema = z.object({
  /** null: no table, so there is nothing to choose. */
  table: z
    .object({
      headings: headingsSchema,
      /** Of the rows under them the first three. */
      rows: z.array(z.array(z.string())).max(3),
      /** What we have room for, and the column of it that was chosen before or that we take it for. */
      fields: z.array(z.object({ field: z.string(), name: z.string(), column: z.string().nullable() })),
      /** Whether the list can be read so. */
      understood: z.boolean(),
    })
    .nullable(),
})
export type ListColumns = z.infer<typeof listColumnsSchema>
