import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { healthEntrySchema, internetTurnMarkSchema, kioskStatusSchema } from './health.ts'
import { kioskIdSchema } from './kiosk-id.ts'
import { libraryStatusSchema } from './menus/library.ts'
import { usageAnswerSchema, usageBatchSchema } from './usage-event.ts'

/** Every answer to a kiosk also carries the hub's time in the header `x-hub-time` (UTC milliseconds), errors included. */
export const hubTimeHeader = 'x-hub-time'

const problem = (status: number, message: string) => ({ status, message })

/**
 * Enrolment. The one-time code itself is never sent: K = scrypt(code), see contract/enrolment.ts; `proof` = HMAC-SHA256(K, "kiosk-enrol|" + publicKeyX + "|" + certificateFingerprint),
 * so that a machine in the middle, whose certificate has another fingerprint, can neither use nor learn it.
 * `hubProof` = HMAC-SHA256(K, "hub-enrol|" + publicKeyX + "|" + kioskId + "|" + sha256(tufRoot)) shows that the answer comes from the hub that made the code.
 */
export const enrolInputSchema = z.object({
  /** First four characters of the code: which code is meant. */
  codeId: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{4}$/),
  /** Ed25519 public key, base64url (JWK `x`). */
  publicKeyX: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  /** SHA-256 of the DER of the hub certificate that the kiosk saw, hex; empty string on plain loopback. */
  certificateFingerprint: z.string().regex(/^(?:[0-9a-f]{64})?$/),
  proof: z.string().regex(/^[0-9a-f]{64}$/),
})
export const enrolOutputSchema = z.object({
  kioskId: kioskIdSchema,
  facilityId: kioskIdSchema,
  /** Audience of the kiosk's tokens. */
  hubId: z.string(),
  /** The trusted first `root.json` of The Update Framework, as text. */
  tufRoot: z.string(),
  hubProof: z.string().regex(/^[0-9a-f]{64}$/),
})

/** Pushed to a kiosk over one long answer; `hello` comes first, `ping` every 20 s. */
export const hubPushSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('hello'), releaseNumber: z.number().int().nonnegative(), hubTimeMs: z.number().int() }),
  z.object({ kind: z.literal('ping'), hubTimeMs: z.number().int() }),
  z.object({ kind: z.literal('release-published'), releaseNumber: z.number().int().positive() }),
  /** Staff want this turn of 体験インターネット to end; when another one runs meanwhile, or none, nothing happens. */
  z.object({ kind: z.literal('end-internet'), turn: internetTurnMarkSchema }),
])
export type HubPush = z.infer<typeof hubPushSchema>

export const kioskErrors = {
  TOKEN_REFUSED: problem(401, 'token refused'),
  KIOSK_REVOKED: problem(403, 'kiosk revoked'),
  TOO_MANY: problem(429, 'too many requests'),
} as const

const kiosk = oc.errors(kioskErrors)

/** What a kiosk asks of the hub, with its `KioskToken` in the header `authorization`: a JWT signed with the kiosk's key (EdDSA), see townhall/kiosks/token.ts. */
export const kioskHubContract = {
  time: oc.route({ method: 'GET', path: '/kiosk/time' }).output(z.object({ hubTimeMs: z.number().int() })),
  enrol: oc
    .route({ method: 'POST', path: '/kiosk/enrol' })
    .errors({ CODE_REFUSED: problem(403, 'enrolment code refused') })
    .input(enrolInputSchema)
    .output(enrolOutputSchema),
  pushUsage: kiosk
    .route({ method: 'POST', path: '/kiosk/usage' })
    .errors({
      SEQUENCE_CONFLICT: {
        ...problem(409, 'a count contradicts one that is held'),
        data: z.object({ sequence: z.number().int() }),
      },
    })
    .input(usageBatchSchema)
    .output(usageAnswerSchema),
  pushHealth: kiosk
    .route({ method: 'POST', path: '/kiosk/health' })
    .input(z.object({ entries: z.array(healthEntrySchema).min(1).max(200) }))
    .output(z.object({ acknowledgedThrough: z.number().int().nonnegative() })),
  heartbeat: kiosk
    .route({ method: 'POST', path: '/kiosk/heartbeat' })
    .input(kioskStatusSchema)
    .output(z.object({ hubTimeMs: z.number().int() })),
  watch: kiosk.route({ method: 'GET', path: '/kiosk/watch' }).output(eventIterator(hubPushSchema)),
  /** Loan status of these titles, from the library's own system or the hub's memory of it. */
  libraryStatus: kiosk
    .route({ method: 'POST', path: '/kiosk/library/status' })
    .input(z.object({ ids: z.array(z.string().max(100)).min(1).max(60) }))
    .output(libraryStatusSchema),
  /**
   * Every title of which no copy can be borrowed now. `asOfMs` null: this town's library does not tell all its loans. `mark`: that of the
   * answer that the kiosk has; nothing new since, in the loans or the catalogue, answers `unchanged`. `part`, from 0: as much at once as an
   * answer holds, `next` names the one after it while the mark stays. A program of before asks with `since`, and gets all in one.
   */
  libraryLoans: kiosk
    .route({ method: 'GET', path: '/kiosk/library/loans' })
    .input(
      z.object({
        since: z.coerce.number().int().optional(),
        mark: z.string().max(60).optional(),
        part: z.coerce.number().int().min(0).optional(),
      }),
    )
    .output(
      z.object({
        asOfMs: z.number().int().nullable(),
        unchanged: z.boolean(),
        out: z.array(z.string().max(100)),
        mark: z.string().max(60).optional(),
        next: z.number().int().optional(),
      }),
    ),
  /** Certificates the hub may present now and next (PEM); fetched daily over the pinned line, so that a change can be rolled over. */
  certificates: kiosk
    .route({ method: 'GET', path: '/kiosk/certificates' })
    .output(z.object({ pem: z.array(z.string()) })),
}
