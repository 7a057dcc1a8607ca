import { z } from 'zod'
import { libraryQuerySchema } from '../../../../contract/menus/library.ts'

const searchQuestionSchema = z.discriminatedUnion('about', [
  z.object({ about: z.literal('search'), query: libraryQuerySchema, from: z.number(), most: z.number() }),
  z.object({ about: z.literal('counts'), query: libraryQuerySchema }),
  z.object({ about: z.literal('suggest'), text: z.string() }),
  z.object({ about: z.literal('title'), id: z.string() }),
  z.object({ about: z.literal('records'), ids: z.array(z.string()) }),
])
export type SearchQuestion = z.infer<typeof searchQuestionSchema>

/** What the kiosk asks of the thread that searches, one thing at a time: the next one when this one is answered. */
export const toSearchSchema = z.discriminatedUnion('do', [
  /** First, and once. The base first; `covers`: ISBN → picture. */
  z.object({
    do: z.literal('open'),
    files: z.array(z.string()).readonly(),
    covers: z.record(z.string(), z.string()),
  }),
  /** A part of the titles of which nothing can be borrowed now; null: the loans are not known. */
  z.object({
    do: z.literal('out'),
    ids: z.array(z.string()).readonly().nullable(),
    begins: z.boolean(),
    ends: z.boolean(),
  }),
  z.object({ do: z.literal('answer'), question: searchQuestionSchema }),
])
export type ToSearch = z.infer<typeof toSearchSchema>

export const fromSearchSchema = z.discriminatedUnion('is', [
  z.object({ is: z.literal('open'), titles: z.number().int().nonnegative() }),
  z.object({ is: z.literal('out') }),
  /** Whoever asked knows its shape. */
  z.object({ is: z.literal('answer'), answer: z.unknown() }),
  /** A search file cannot be used. Nothing more can be asked of this thread. */
  z.object({ is: z.literal('refused'), reason: z.string() }),
])
export type FromSearch = z.infer<typeof fromSearchSchema>
