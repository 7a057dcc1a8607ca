import { z } from 'zod'

export const readingCounts = {
  without: z.number().int().nonnegative(),
  guessed: z.number().int().nonnegative(),
}

/** What became of a catalogue that was handed in; staff read it. Of many notices the first ones. */
export const importReportSchema = z.object({
  atMs: z.number().int(),
  /** Who or what handed it in, as in the audit log. */
  actor: z.string(),
  /** File or address, as it is shown. */
  from: z.string(),
  source: z.string(),
  /** null: taken; else why nothing of it was, in words. */
  refusal: z.string().nullable(),
  /** Who ended it before its end, as in the audit log; not there: nobody. */
  cancelledBy: z.string().optional(),
  read: z.number().int().nonnegative(),
  titles: z.number().int().nonnegative(),
  refused: z.number().int().nonnegative(),
  added: z.number().int().nonnegative(),
  changed: z.number().int().nonnegative(),
  deleted: z.number().int().nonnegative(),
  /** Titles of it that have kanji and no reading, of how many it was guessed, and by what (null: there was nothing to guess with); not there: refused, or of before. */
  readings: z.object({ ...readingCounts, by: z.string().nullable() }).optional(),
  notices: z.array(
    z.object({
      line: z.number().int().nullable(),
      column: z.string().nullable(),
      value: z.string().nullable(),
      reason: z.string(),
      severity: z.enum(['refused', 'repaired', 'note']),
    }),
  ),
})
export type ImportReport = z.infer<typeof importReportSchema>
