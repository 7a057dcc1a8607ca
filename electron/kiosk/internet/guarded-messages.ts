import { z } from 'zod'
import { internetPolicySchema, internetRefusalSchema } from '../../../contract/internet-policy.ts'
import {
  internetPlaceSchema,
  internetProblemSchema,
  internetQuestionSchema,
  internetZooms,
} from '../../../contract/menus/internet.ts'

/** Sessions are numbered by the kiosk process; a number is never used again in its life. */
const session = z.number().int().positive()

/** What the kiosk process asks of a host that shows strange pages by a view of its own. */
export const guardedAskSchema = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('open'),
    session,
    options: z.object({
      policy: internetPolicySchema,
      proxyPort: z.number().int().min(1).max(65_535),
      place: internetPlaceSchema,
      language: z.string().max(35),
    }),
  }),
  z.object({ do: z.literal('go'), session, url: z.url({ protocol: /^https?$/ }).max(8_000) }),
  z.object({ do: z.enum(['back', 'forward', 'reload', 'stop', 'end']), session }),
  z.object({
    do: z.literal('zoom'),
    session,
    factor: z.number().refine((factor) => internetZooms.some((one) => one === factor)),
  }),
  z.object({ do: z.literal('type'), session, text: z.string().min(1).max(200) }),
  z.object({ do: z.literal('key'), session, key: z.string().max(20) }),
  z.object({ do: z.literal('answer'), session, yes: z.boolean() }),
  z.object({ do: z.literal('choose'), session, index: z.number().int().min(0).max(299) }),
  z.object({ do: z.literal('place'), session, place: internetPlaceSchema }),
  z.object({ do: z.literal('cover'), session, covered: z.boolean() }),
])
export type GuardedAsk = z.infer<typeof guardedAskSchema>

/** What the host tells of such a session. Never an address, but for the name of the site on show. */
export const guardedToldSchema = z.discriminatedUnion('is', [
  z.object({ is: z.literal('opened'), session }),
  z.object({
    is: z.literal('page'),
    session,
    page: z.object({
      site: z.string().max(253),
      title: z.string().max(200),
      loading: z.boolean(),
      canBack: z.boolean(),
      canForward: z.boolean(),
      typing: z.enum(['no', 'text', 'secret']),
    }),
  }),
  z.object({
    is: z.literal('problem'),
    session,
    problem: internetProblemSchema.nullable(),
    left: z.boolean().optional(),
  }),
  z.object({ is: z.literal('refused'), session, reason: internetRefusalSchema, leaves: z.boolean() }),
  z.object({ is: z.literal('question'), session, question: internetQuestionSchema.nullable() }),
  z.object({ is: z.literal('touched'), session }),
  /** It could not be opened, or is gone. */
  z.object({ is: z.literal('failed'), session, reason: z.string().max(300) }),
  /** Every trace is destroyed. */
  z.object({ is: z.literal('ended'), session }),
])
export type GuardedTold = z.infer<typeof guardedToldSchema>
