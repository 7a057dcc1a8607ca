import { z } from 'zod'

/** What a title is, as a visitor tells them apart. The order is that of the screen. */
export const titleKinds = ['book', 'picture-book', 'large-print', 'magazine', 'cd', 'dvd', 'other'] as const
export const titleKindSchema = z.enum(titleKinds)
export type TitleKind = z.infer<typeof titleKindSchema>

/** One copy, or all copies of one place. */
export const holdingSchema = z.object({
  /** The library system's own number of the copy (資料コード, Koha `itemnumber`): loan status is asked and told by it. */
  item: z.string().max(60).nullable(),
  branch: z.string().max(60),
  /** Where it stands, an id of the menu's `shelves`; null: not known. */
  shelf: z.string().max(60).nullable(),
  /** 請求記号 as on the spine, its lines parted by `/`: `913.6/ナ`. */
  callNumber: z.string().max(60).nullable(),
  /** 禁帯出: read in the library only. */
  readingRoomOnly: z.boolean(),
})
export type Holding = z.infer<typeof holdingSchema>

export const contributorSchema = z.object({
  name: z.string().max(200),
  reading: z.string().max(200).optional(),
})

/** Kana of a title as long as one may be. */
export const longestGuess = 3_000

/** One title of the library, from whatever format it came. Texts are as the library writes them, NFC, without control characters. */
export const libraryRecordSchema = z.object({
  /** Stable over imports: the source's own identifier. */
  id: z.string().min(1).max(100),
  kind: titleKindSchema,
  title: z.string().min(1).max(500),
  /** Kana, as the library writes it. */
  titleReading: z.string().max(500).optional(),
  /** How the hub guesses that it is read, where the library does not say: never shown as a fact. */
  titleGuess: z.string().min(1).max(longestGuess).optional(),
  subtitle: z.string().max(500).optional(),
  volume: z.string().max(60).optional(),
  authors: z.array(contributorSchema).max(20),
  series: z.array(contributorSchema).max(5),
  publisher: z.string().max(200).optional(),
  year: z.number().int().min(1000).max(2200).optional(),
  subjects: z.array(z.string().max(200)).max(30),
  /** 日本十進分類法, digits with an optional point: `913.6`. */
  ndc: z
    .string()
    .regex(/^\d{1,3}(?:\.\d{1,8})?$/)
    .optional(),
  /** ISBN-13, digits only; a 10-digit one is turned into it by the importer. */
  isbn: z
    .string()
    .regex(/^97[89]\d{10}$/)
    .optional(),
  /** 頁数や大きさ as the library writes it. */
  extent: z.string().max(100).optional(),
  summary: z.string().max(2_000).optional(),
  /** For whom a picture book is: years of age, inclusive. */
  ages: z.object({ from: z.number().int().min(0).max(18), to: z.number().int().min(0).max(18) }).optional(),
  /** 郷土資料: about the town. */
  aboutTown: z.boolean(),
  /** How often it was borrowed: what is borrowed most comes first among equals. */
  loans: z.number().int().min(0).max(4_000_000_000),
  /** When the library took it in. */
  arrived: z.iso.date().optional(),
  holdings: z.array(holdingSchema).max(200),
})
export type LibraryRecord = z.infer<typeof libraryRecordSchema>
