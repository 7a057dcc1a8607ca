import { z } from 'zod'

/** WGS 84 decimal degrees. */
export const pointSchema = z.object({
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
})
export type Point = z.infer<typeof pointSchema>
