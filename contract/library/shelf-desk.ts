import { z } from 'zod'
import { libraryContentSchema, shelfSchema } from '../menus/library.ts'

/** Where staff draw shelves: what `content/library/` holds of branches, plans and shelves, and what the catalogue says of them. */
const placeSchema = z.object({ plan: z.string(), outline: shelfSchema.shape.outline })
export const deskShelfSchema = shelfSchema.extend({
  /** Whether it stands in shelves.csv, in the GeoJSON of its plan, or in both: then shelves.csv holds. */
  from: z.enum(['table', 'drawing', 'both']),
  /** Its place by the GeoJSON of its plan. */
  given: placeSchema.nullable(),
})
export type DeskShelf = z.infer<typeof deskShelfSchema>

export const shelfDeskSchema = z.object({
  /** Of shelves.csv; whoever saves says which one was seen. */
  revision: z.string(),
  /** Why nothing can be saved, in words; null: it can. */
  closed: z.string().nullable(),
  branches: z.array(libraryContentSchema.shape.branches.element),
  plans: z.array(
    libraryContentSchema.shape.plans.element
      .omit({ picture: true, rooms: true })
      .extend({ address: z.string(), widthPx: z.number().int(), heightPx: z.number().int(), file: z.string() }),
  ),
  shelves: z.array(deskShelfSchema),
  problems: z.array(
    z.object({
      file: z.string(),
      line: z.number().int().nullable(),
      column: z.string().nullable(),
      value: z.string().nullable(),
      reason: z.string(),
      severity: z.enum(['refused', 'repaired', 'note']),
    }),
  ),
})
export type ShelfDesk = z.infer<typeof shelfDeskSchema>

/** What is written is what a line of a table can hold. */
const plainText = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u)
    .refine((text) => text.trim() === text)
const name = plainText(60)
export const savedShelfSchema = shelfSchema
  .extend({
    id: plainText(60),
    name: z.object({
      ...{ ja: name, en: name.optional(), 'zh-Hans': name.optional() },
      ...{ 'zh-Hant': name.optional(), ko: name.optional(), vi: name.optional() },
    }),
  })
  .refine(({ plan, outline }) => (plan === null ? outline.length === 0 : outline.length > 2))
export type SavedShelf = z.infer<typeof savedShelfSchema>

export const shelfChangeSchema = z.object({
  revision: z.string(),
  /** New, or in place of the one with this code. */
  put: z.array(savedShelfSchema).max(2_000),
  /** Codes whose rows go. */
  remove: z.array(z.string().min(1).max(60)).max(2_000),
})
export type ShelfChange = z.infer<typeof shelfChangeSchema>

/** The words of the catalogue's column 保管場所, most titles first. */
export const shelfCodesSchema = z.object({
  /** false: they are being counted, ask again. */
  counted: z.boolean(),
  /** Whose catalogue it is; null: there is none, or it is too large to be counted here. */
  of: z.enum(['hub', 'folder']).nullable(),
  codes: z.array(z.object({ code: z.string(), titles: z.number().int().positive() })),
})
export type ShelfCodes = z.infer<typeof shelfCodesSchema>

/** A list of shelves that staff have as a file: to be looked at in the drawing, and saved from there. */
export const readShelvesSchema = z.object({
  shelves: z.array(shelfSchema),
  problems: shelfDeskSchema.shape.problems,
})
