import { z } from 'zod'
import { importReportSchema, readingCounts } from './import-report.ts'

const countSchema = z.number().int().nonnegative()

const unknownPlaceSchema = z.object({
  column: z.enum(['館', '保管場所']),
  value: z.string(),
  copies: countSchema,
  /** Name of a title that stands there. */
  example: z.string().nullable(),
})
/** A word of the catalogue for a place that the town's folder does not know. */
export type UnknownPlace = z.infer<typeof unknownPlaceSchema>

/** A catalogue that is being taken in now. */
const runningImportSchema = z.object({
  id: z.string(),
  actor: z.string(),
  from: z.string(),
  startedAtMs: z.number().int(),
  /** How many so far; `of`: how many it has, null while that is not known. */
  titles: countSchema,
  of: countSchema.nullable(),
  /** Who wants it to end before its end; null: nobody. */
  cancelledBy: z.string().nullable(),
})
export type RunningImport = z.infer<typeof runningImportSchema>

export const libraryOfHubSchema = z.object({
  nowMs: z.number().int(),
  titles: countSchema,
  /** Day on which the catalogue was told; null: there is none yet. */
  asOf: z.string().nullable(),
  /** Most first. */
  sources: z.array(z.object({ name: z.string(), titles: countSchema })),
  /** Of all titles; null: not counted before the next import. `by`: what guessed last; null: nothing yet. */
  readings: z.object({ ...readingCounts, by: z.string().nullable() }).nullable(),
  /** Most copies first, of many the first ones; `all`: how many there are. */
  unknownPlaces: z.object({ all: countSchema, first: z.array(unknownPlaceSchema) }),
  running: runningImportSchema.nullable(),
  last: importReportSchema.nullable(),
  /** How it comes by itself. */
  watch: z.object({ folder: z.string(), source: z.string() }).nullable(),
  daily: z.array(z.object({ time: z.string(), host: z.string(), source: z.string() })),
  loans: z.object({
    kind: z.enum(['none', 'file', 'koha', 'calil']),
    /** When it last told something. */
    toldAtMs: z.number().int().nullable(),
    failure: z.object({ reason: z.string(), atMs: z.number().int() }).nullable(),
  }),
})
export type LibraryOfHub = z.infer<typeof libraryOfHubSchema>
