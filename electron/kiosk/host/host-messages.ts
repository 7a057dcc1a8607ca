import { z } from 'zod'
import { errorCodes } from '../../../contract/error-codes.ts'
import { healthCodeSchema, healthEntrySchema } from '../../../contract/health.ts'
import { guardedAskSchema, guardedToldSchema } from '../internet/guarded-messages.ts'

/** What a kiosk process tells the host that started it. */
export const toHostSchema = z.discriminatedUnion('is', [
  /** `url` opens the screen over loopback; empty where the host serves the screen itself. */
  z.object({ is: z.literal('ready'), url: z.string() }),
  z.object({ is: z.literal('failed'), code: z.enum(errorCodes), message: z.string() }),
  z.object({ is: z.literal('url'), url: z.string() }),
  /** A browser redeemed a start token: the digest of its session, never the session itself. */
  z.object({ is: z.literal('session'), digest: z.string() }),
  /** Four times a second; `silentMs` since the screen last said that it paints, null: never in this process. */
  z.object({
    is: z.literal('screen'),
    silentMs: z.number().nullable(),
    visiting: z.boolean(),
    /** Nobody is there, and nobody can begin until it is restarted. */
    resting: z.boolean(),
    open: z.boolean(),
    restartHour: z.boolean(),
  }),
  z.object({ is: z.literal('picture'), id: z.number(), path: z.string().nullable() }),
  z.object({ is: z.literal('guarded'), asked: guardedAskSchema }),
  /** Staff at the service screen: begin anew, or end for service. */
  z.object({ is: z.literal('departure'), how: z.enum(['restart', 'service']) }),
])
export type ToHost = z.infer<typeof toHostSchema>
export type ScreenSigns = Omit<Extract<ToHost, { is: 'screen' }>, 'is'>

/** What a host asks of its kiosk process. */
export const toKioskSchema = z.discriminatedUnion('ask', [
  z.object({ ask: z.literal('end') }),
  z.object({ ask: z.literal('url') }),
  z.object({ ask: z.literal('restart'), wanted: z.boolean() }),
  /** The session that the page on screen got from the process before this one: it may go on. */
  z.object({ ask: z.literal('session'), digest: z.string() }),
  z.object({ ask: z.literal('picture'), id: z.number(), sha256: z.string() }),
  /** Comes with a message port. */
  z.object({ ask: z.literal('port') }),
  z.object({
    ask: z.literal('report'),
    code: healthCodeSchema,
    level: healthEntrySchema.shape.level,
    detail: healthEntrySchema.shape.detail,
  }),
  z.object({ ask: z.literal('guarded'), told: guardedToldSchema }),
])
export type ToKiosk = z.infer<typeof toKioskSchema>
