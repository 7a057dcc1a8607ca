import { z } from 'zod'
import { localizedTextSchema } from '../localized-text.ts'
import { pointSchema } from '../place.ts'
import { sha256Schema } from '../release.ts'

/** Categories of sights, in the order of the screen. */
export const sightCategories = ['nature', 'park', 'culture', 'play', 'food', 'stay'] as const
export const sightCategorySchema = z.enum(sightCategories)
export type SightCategory = z.infer<typeof sightCategorySchema>

const isoDate = z.iso.date()
/** `HH:MM`, 00:00–24:00 (24:00 is the end of the day in the official formats). */
const clockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/)

/** A picture as the screen loads it: `blob` is the SHA-256 of a WebP file in the release. */
export const pictureSchema = z.object({
  blob: sha256Schema,
  /** The same picture 640 pixels wide, for cards. */
  thumbnail: sha256Schema,
  widthPx: z.number().int().positive(),
  heightPx: z.number().int().positive(),
  alt: localizedTextSchema,
  credit: z.string().optional(),
})
export type Picture = z.infer<typeof pictureSchema>

const contactSchema = z.object({ name: localizedTextSchema.optional(), phone: z.string().optional() })

export const sightSchema = z.object({
  id: z.string().min(1),
  category: sightCategorySchema,
  name: localizedTextSchema,
  /** Hiragana, for ruby and speech. */
  reading: z.string().optional(),
  description: localizedTextSchema,
  address: localizedTextSchema.optional(),
  point: pointSchema.nullable(),
  hours: localizedTextSchema.optional(),
  price: localizedTextSchema.optional(),
  access: localizedTextSchema.optional(),
  parking: localizedTextSchema.optional(),
  barrierFree: localizedTextSchema.optional(),
  contact: contactSchema.optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
  notes: localizedTextSchema.optional(),
  pictures: z.array(pictureSchema),
})
export type Sight = z.infer<typeof sightSchema>

export const eventStatusSchema = z.enum(['scheduled', 'cancelled', 'postponed'])

const eventFields = {
  name: localizedTextSchema,
  reading: z.string().optional(),
  description: localizedTextSchema,
  startTime: clockTime.nullable(),
  endTime: clockTime.nullable(),
  timeNote: localizedTextSchema.optional(),
  status: eventStatusSchema,
  price: localizedTextSchema.optional(),
  free: z.boolean(),
  forChildren: z.boolean(),
  venue: localizedTextSchema.optional(),
  address: localizedTextSchema.optional(),
  point: pointSchema.nullable(),
  access: localizedTextSchema.optional(),
  barrierFree: localizedTextSchema.optional(),
  capacity: z.string().optional(),
  application: localizedTextSchema.optional(),
  organizer: localizedTextSchema.optional(),
  contact: contactSchema.optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
  notes: localizedTextSchema.optional(),
  pictures: z.array(pictureSchema),
}

/** An event as released: it may repeat (`recurrence` is an RFC 5545 RRULE value without `RRULE:`; `startDate` is its first day). */
export const eventSchema = z.object({
  id: z.string().min(1),
  ...eventFields,
  startDate: isoDate,
  endDate: isoDate,
  recurrence: z.string().nullable(),
  exceptDates: z.array(isoDate),
})
export type TownEvent = z.infer<typeof eventSchema>

/** The menu's part of a release: `menus/tourism/content.json`. */
export const tourismContentSchema = z.object({
  sights: z.array(sightSchema),
  events: z.array(eventSchema),
})
export type TourismContent = z.infer<typeof tourismContentSchema>

/** One day or span of days of one event, expanded by the kiosk: `id` is unique and stable (`eventId@startDate`). */
export const occurrenceSchema = z.object({
  id: z.string(),
  eventId: z.string(),
  ...eventFields,
  startDate: isoDate,
  endDate: isoDate,
})
export type Occurrence = z.infer<typeof occurrenceSchema>

/** What the screen gets: occurrences from `today` (Asia/Tokyo) for 13 months, in order of time; past ones are not in it. */
export const tourismViewSchema = z.object({
  releaseNumber: z.number().int().nonnegative(),
  today: isoDate,
  sights: z.array(sightSchema),
  occurrences: z.array(occurrenceSchema),
})
export type TourismView = z.infer<typeof tourismViewSchema>
