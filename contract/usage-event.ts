import { z } from 'zod'
import { menuIdSchema } from './menu-ids.ts'

/**
 * How sure the time of an event is:
 * `synced` the kiosk knew its offset from the hub when it stamped;
 * `corrected` stamped before the offset was known (or across a clock jump) and set right afterwards from the same boot's clock;
 * `unverified` the kiosk restarted without ever hearing the hub, so the stamp rests on the machine's own clock.
 */
export const clockTrustSchema = z.enum(['synced', 'corrected', 'unverified'])

/**
 * One access. Nothing in it is about a person (no visit id, no language, no text).
 * `sequence` counts from 1 without gaps per kiosk; `id` is a UUIDv7; `atMs` is UTC milliseconds.
 */
export const usageEventSchema = z.object({
  sequence: z.number().int().positive().max(Number.MAX_SAFE_INTEGER),
  id: z.uuid(),
  menu: menuIdSchema,
  atMs: z.number().int().nonnegative().max(8.64e15),
  clock: clockTrustSchema,
})
export type UsageEvent = z.infer<typeof usageEventSchema>

export const usageBatchMaxEvents = 500

export const usageBatchSchema = z.object({
  events: z.array(usageEventSchema).min(1).max(usageBatchMaxEvents),
})
export type UsageBatch = z.infer<typeof usageBatchSchema>

/**
 * `acknowledgedThrough`: the highest sequence up to which the hub holds every event, committed; 0 when it holds none.
 * The kiosk deletes its rows up to there and nothing else.
 */
export const usageAnswerSchema = z.object({
  acknowledgedThrough: z.number().int().nonnegative(),
  accepted: z.number().int().nonnegative(),
  repeated: z.number().int().nonnegative(),
})
export type UsageAnswer = z.infer<typeof usageAnswerSchema>
