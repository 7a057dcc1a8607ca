import { z } from 'zod'
import { healthEntrySchema, kioskStatusSchema } from './health.ts'

/** What stands before the service screen. Without a PIN set there is no door at all: the hidden corner does nothing. */
export const serviceDoorSchema = z.object({
  state: z.enum(['none', 'shut', 'locked-out']),
  /** No PIN is looked at before so long. */
  waitMs: z.number().int().nonnegative(),
})
export type ServiceDoor = z.infer<typeof serviceDoorSchema>

export const pinAnswerSchema = z.discriminatedUnion('state', [
  /** `token` goes with every call of the session, and is kept nowhere. */
  z.object({ state: z.literal('opened'), token: z.string(), locksInMs: z.number().int().nonnegative() }),
  /** Looked at and wrong. */
  z.object({
    state: z.literal('wrong'),
    waitMs: z.number().int().nonnegative(),
    triesLeft: z.number().int().nonnegative(),
  }),
  /** Not looked at: it came too early, or there is no door. */
  z.object({ state: z.literal('refused'), door: serviceDoorSchema }),
])
export type PinAnswer = z.infer<typeof pinAnswerSchema>

export const recentReportSchema = healthEntrySchema.omit({ sequence: true })
export type RecentReport = z.infer<typeof recentReportSchema>

/** What the service screen shows. */
export const serviceViewSchema = z.object({
  status: kioskStatusSchema,
  /** Of what the program is made of: Node, Electron, Chrome. */
  versions: z.record(z.string(), z.string()),
  hub: z.object({ url: z.string(), kioskId: z.string() }).nullable(),
  /** Warnings and errors, the newest first. */
  recent: z.array(recentReportSchema),
  /** By itself, whatever is touched. */
  locksInMs: z.number().int().nonnegative(),
})
export type ServiceView = z.infer<typeof serviceViewSchema>

export const lineTestSchema = z.object({
  outcome: z.enum(['answers', 'not-enrolled', 'unreachable']),
  roundTripMs: z.number().int().nonnegative().nullable(),
})
export type LineTest = z.infer<typeof lineTestSchema>

const token = z.string().max(200)
export const serviceCallSchema = z.object({ token })
export const enrolAgainSchema = z.object({ token, hubUrl: z.string().max(300), code: z.string().max(40) })
export const pinSchema = z.string().regex(/^\d{1,12}$/)
