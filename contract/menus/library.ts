import { z } from 'zod'
import { libraryRecordSchema, titleKindSchema, titleKinds } from '../library/record.ts'
import { localizedTextSchema } from '../localized-text.ts'
import { sha256Schema } from '../release.ts'
import { pictureSchema } from './tourism.ts'

const idSchema = z.string().min(1).max(60)

/** A place on a plan, as parts of its width and height: 0–1 from the upper left. */
const planPointSchema = z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)])

export const shelfSchema = z.object({
  id: idSchema,
  branch: idSchema,
  name: localizedTextSchema,
  plan: idSchema.nullable(),
  /** Outline on the plan; empty: not drawn yet. */
  outline: z.array(planPointSchema).max(60),
})
export type Shelf = z.infer<typeof shelfSchema>

const segmentSchema = z.object({ blob: sha256Schema, records: z.number().int().nonnegative() })

/** The menu's part of a release: `menus/library/content.json`. The search files are files of the release like its pictures. */
export const libraryContentSchema = z.object({
  name: localizedTextSchema,
  branches: z.array(z.object({ id: idSchema, name: localizedTextSchema })).min(1),
  shelves: z.array(shelfSchema),
  plans: z.array(
    z.object({
      id: idSchema,
      branch: idSchema,
      name: localizedTextSchema,
      picture: pictureSchema,
      /** The picture names no shelf: the screen draws all that stand on it, each with its name. */
      labelled: z.boolean().optional(),
      /** Rooms that the picture does not name either: the names of each, and its upper left and lower right. */
      rooms: z
        .array(z.object({ name: localizedTextSchema, from: planPointSchema, to: planPointSchema }))
        .max(5_000)
        .optional(),
    }),
  ),
  /** Later ones take the place of what is in earlier ones; the first is the base. */
  segments: z.array(segmentSchema).min(1).max(64),
  /** Where reservations are made: an https address with `{id}` or `{isbn}` in it, `inWeb` when the town lets it be opened in the guarded browser too; null: at the counter. */
  reserve: z.object({ address: z.url({ protocol: /^https$/ }), inWeb: z.boolean() }).nullable(),
  /** Covers that the library has files of: ISBN → picture of the release. */
  covers: z.record(z.string(), sha256Schema),
  /** The day that the catalogue was taken from the library's system. */
  asOf: z.iso.date(),
})
export type LibraryContent = z.infer<typeof libraryContentSchema>

/** What the screen gets of the menu itself; `ready` is false while a search file is still on its way or being opened, and when the release has no such menu. While a newer catalogue is opened the one before answers. */
export const libraryViewSchema = z.object({
  releaseNumber: z.number().int().nonnegative(),
  ready: z.boolean(),
  titles: z.number().int().nonnegative(),
  name: localizedTextSchema.nullable(),
  branches: libraryContentSchema.shape.branches.or(z.tuple([])),
  shelves: z.array(shelfSchema),
  plans: libraryContentSchema.shape.plans,
  asOf: z.iso.date().nullable(),
  /** Whether all loans are known, so that 「今あるものだけ」 can be offered; when they were told. */
  loansAtMs: z.number().int().nullable(),
})
export type LibraryView = z.infer<typeof libraryViewSchema>

export const titleOrders = ['best', 'popular', 'new'] as const

/** All that narrows; each left out does not. */
export const libraryFilterSchema = z.object({
  kinds: z.array(titleKindSchema).max(titleKinds.length).default([]),
  shelves: z.array(idSchema).max(100).default([]),
  /** Inclusive. */
  yearFrom: z.number().int().optional(),
  yearTo: z.number().int().optional(),
  /** The first digits of the NDC: `9`, `91`, `913`. */
  ndc: z
    .string()
    .regex(/^\d{1,3}$/)
    .optional(),
  /** Picture books for a child so old. */
  age: z.number().int().min(0).max(18).optional(),
  aboutTown: z.boolean().default(false),
  /** Only what can be borrowed now, as far as the loans are known. */
  onlyIn: z.boolean().default(false),
})
export type LibraryFilter = z.infer<typeof libraryFilterSchema>

export const libraryQuerySchema = z.object({
  /** As typed. Words are parted by spaces; empty: everything. */
  text: z.string().max(100),
  filter: libraryFilterSchema,
  /** `best`: exact title, title or reading from the start, author, inside; then what is borrowed most. `new`: by day of arrival. */
  order: z.enum(titleOrders),
})
export type LibraryQuery = z.infer<typeof libraryQuerySchema>

/** A title in a list. */
export const titleCardSchema = libraryRecordSchema
  .pick({
    id: true,
    kind: true,
    title: true,
    titleReading: true,
    titleGuess: true,
    subtitle: true,
    volume: true,
    authors: true,
    publisher: true,
    year: true,
    ndc: true,
  })
  .extend({
    cover: sha256Schema.nullable(),
    shelf: idSchema.nullable(),
    callNumber: z.string().nullable(),
    copies: z.number().int().nonnegative(),
    readingRoomOnly: z.boolean(),
  })
export type TitleCard = z.infer<typeof titleCardSchema>

export const libraryAnswerSchema = z.object({
  /** Exact. */
  total: z.number().int().nonnegative(),
  titles: z.array(titleCardSchema),
})
export type LibraryAnswer = z.infer<typeof libraryAnswerSchema>

const countSchema = z.number().int().nonnegative()

/** For each choice of a filter how many titles it would leave, everything else as it is. */
export const libraryCountsSchema = z.object({
  kinds: z.partialRecord(titleKindSchema, countSchema),
  shelves: z.record(z.string(), countSchema),
  /** By decade: 1990 is 1990–1999; 0: no year known. */
  decades: z.array(z.object({ from: z.number().int(), titles: countSchema })),
  /** First digit of the NDC. */
  ndc: z.record(z.string(), countSchema),
  /** null: the loans are not known. */
  in: countSchema.nullable(),
})
export type LibraryCounts = z.infer<typeof libraryCountsSchema>

export const titlePageSchema = z.object({
  record: libraryRecordSchema,
  /**
   * The library's own page for reserving this title, for a telephone; null: at the counter. `here`: it may be opened on this screen
   * too, by the title's id alone (`internet.begin`); whether the line stands is another matter.
   */
  reserve: z.object({ address: z.url({ protocol: /^https$/ }), here: z.boolean() }).nullable(),
  cover: sha256Schema.nullable(),
  /** Beside it on its shelf, in the order of the call numbers, itself not among them. */
  before: z.array(titleCardSchema).max(6),
  after: z.array(titleCardSchema).max(6),
})
export type TitlePage = z.infer<typeof titlePageSchema>

/** Of one title, as a visitor wants to know it. `due` when all that may be borrowed is out and the day is known. */
export const titleStatusSchema = z.object({
  id: z.string(),
  state: z.enum(['in', 'out', 'reading-room', 'unknown']),
  copiesIn: z.number().int().nonnegative().nullable(),
  due: z.iso.date().nullable(),
  /** By copy. */
  items: z.array(z.object({ item: z.string(), out: z.boolean(), due: z.iso.date().nullable() })),
})
export type TitleStatus = z.infer<typeof titleStatusSchema>

/** `asOfMs`: when the library's system said so; null: nobody can say now, and every state is `unknown`. */
export const libraryStatusSchema = z.object({ asOfMs: z.number().int().nullable(), titles: z.array(titleStatusSchema) })
export type LibraryStatus = z.infer<typeof libraryStatusSchema>
