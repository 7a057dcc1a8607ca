import { z } from 'zod'

/**
 * A search file of the library: written once by the hub, read in place by the kiosk. Numbers are little-endian, as on every machine that
 * we run on; each section begins at a multiple of eight bytes.
 *
 *     "MKLIBSEG" · format u32 · header length u32 · header offset f64 · file size f64 · sections … · header (JSON)
 *
 * Titles are numbered by loans, most first, then by id: a smaller number is a more popular title. A *unit* is what owns fields: the titles
 * first (unit = title number), then the shared texts, each with its titles (`postingStart`, `postings`). The text is all fields one after
 * the other, each with its mark before it and `fieldEnd` behind it. `suffixes` are the places in the text from which something can be
 * found, sorted by what stands there up to the field's end, then by place; `suffixUnits` says of each whose it is. So whatever contains a word is
 * one run of it. Each lies there as two numbers: the place, then how many characters it has in common with the one before it (low half) and
 * the first character that it has not (high half), so that a word is found among the suffixes of a block by one look at the text (Ferguson 1992).
 */
export const segmentMagic = 'MKLIBSEG'
export const segmentFormat = 3
/** In the second format no title has a guessed reading; all else is the same. */
export const readableFormats: readonly number[] = [2, segmentFormat]
export const preambleBytes = 32
export const fieldEnd = '\u0000'

/** Every so many suffixes one is kept with its first characters (`samples`), to search among without touching the file. */
export const suffixesPerSample = 64
export const bytesPerSuffix = 8
export const unitsPerSample = 8
/** So many keys of a sorted table stand together. */
export const keysPerBlock = 64

const countSchema = z.number().int().nonnegative()
const sectionSchema = z.object({ at: countSchema, bytes: countSchema, crc32: countSchema.nullable() })

/** Loaded whole when the file is opened, and checked by their sum; the others are read where they are needed. */
export const loadedSections = [
  'samples',
  'postingStart',
  'postings',
  'kinds',
  'years',
  'ndc',
  'agesFrom',
  'agesTo',
  'flags',
  'arrived',
  'loans',
  'shelfStart',
  'shelves',
  'recordStart',
  'idsIndex',
  'spinesIndex',
] as const
export const readSections = [
  'text',
  'suffixes',
  'suffixUnits',
  'records',
  'ids',
  'idRanks',
  'spines',
  'frequent',
] as const
export const sectionNames = [...loadedSections, ...readSections] as const
export type SectionName = (typeof sectionNames)[number]

export const segmentHeaderSchema = z.object({
  titles: countSchema,
  units: countSchema,
  suffixes: countSchema,
  /** The ids that `shelves` counts. */
  shelfIds: z.array(z.string()).max(65_535),
  /** Forms that so many titles contain that what they find is kept ready, in `frequent`: see `readyBytes`. */
  frequentForms: z.array(z.string()),
  /** Titles of earlier files that are no more. */
  gone: z.array(z.string()),
  sections: z.record(z.enum(sectionNames), sectionSchema),
})
export type SegmentHeader = z.infer<typeof segmentHeaderSchema>

/** A block of a sorted table: keys in the order of their code units, each with a title's number. */
export const keyBlockSchema = z.array(z.tuple([z.string(), countSchema]))
/** The first key of every block, with the byte at which the block begins. */
export const keyIndexSchema = z.array(z.tuple([z.string(), countSchema]))

/**
 * Of each frequent form three sets, one bit for each title (the first in the lowest bit) in whole words of 32: the titles whose title or reading
 * begins with it; these and those of whom an author or the guessed reading does; these and all that contain it.
 */
export const readyBytes = (titles: number): number => 3 * Math.ceil(titles / 32) * 4

export const titleFlags = { aboutTown: 1, lendable: 2 } as const
/** In `agesFrom`: for no age in particular. */
export const noAge = 255
/** In `arrived`, which counts days from 1970-01-01: the day is not known. */
export const noDay = -0x80000000
