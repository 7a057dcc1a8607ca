import { z } from 'zod'
import { kioskIdSchema } from './kiosk-id.ts'
import { languageSchema, localizedTextSchema } from './localized-text.ts'
import { menuIdSchema } from './menu-ids.ts'
import { openingSchema } from './opening.ts'
import { pointSchema } from './place.ts'

/** One kiosk's place and screen: `kiosk-config/FILE.json`. Unknown keys are refused, so that a typing mistake is told, not ignored. */
export const facilityConfigSchema = z.strictObject({
  facility: z.strictObject({
    /** Stable, lower-case Latin; the same in the hub's `kiosks` table. */
    id: kioskIdSchema,
    name: localizedTextSchema,
    /** Where in the building: ロビー. */
    spot: localizedTextSchema,
    address: localizedTextSchema,
    point: pointSchema,
  }),
  screen: z.strictObject({
    widthPx: z.number().int().min(640).max(7680),
    heightPx: z.number().int().min(640).max(7680),
    /** Width of one pixel of the panel; letters and targets are sized by it (ACCESSIBILITY 1, 8). */
    millimetresPerPixel: z.number().min(0.05).max(1.5),
    viewingDistanceMm: z.number().int().min(300).max(2000),
  }),
  /** Menus offered here; a tile appears only if the menu is also built. Order on the home screen is the table's, not this list's. */
  menus: z.array(menuIdSchema).min(1),
  languages: z.array(languageSchema).min(1),
  idle: z.strictObject({
    /** Without a touch for so long: the warning. */
    warnAfterMs: z.number().int().min(15_000).max(600_000),
    /** How long the warning stands before the reset (ACCESSIBILITY 24: 20 s at least). */
    warningMs: z.number().int().min(20_000).max(120_000),
  }),
  /** Outside of these hours the screen is dark until somebody touches it. Left out: open at all times. */
  opening: openingSchema.optional(),
})
export type FacilityConfig = z.infer<typeof facilityConfigSchema>
