import { z } from 'zod'
import { localizedTextSchema } from '../localized-text.ts'
import { pictureSchema } from './tourism.ts'

/** One picture of the attract screen with its line; shown in the months named (1–12), all year when none is. */
export const slideSchema = z.object({
  id: z.string().min(1),
  picture: pictureSchema,
  line: localizedTextSchema,
  months: z.array(z.number().int().min(1).max(12)),
})
export type Slide = z.infer<typeof slideSchema>

/** `attract/content.json` of a release. */
export const attractContentSchema = z.object({ slides: z.array(slideSchema) })
export type AttractContent = z.infer<typeof attractContentSchema>

export const attractViewSchema = z.object({
  releaseNumber: z.number().int().nonnegative(),
  slides: z.array(slideSchema),
})
export type AttractView = z.infer<typeof attractViewSchema>
