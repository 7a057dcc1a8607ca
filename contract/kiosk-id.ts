import { z } from 'zod'

/** Of a kiosk, and of the facility where it stands. */
export const kioskIdSchema = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/)
