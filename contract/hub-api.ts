import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { healthEntrySchema, kioskStatusSchema } from './health.ts'
import { reportFormatSchema, reportLayoutSchema, reportQuerySchema, reportSchema } from './report.ts'
import { usageAnswerSchema, usageBatchSchema } from './usage-event.ts'

/** Every answer to a kiosk also carries the hub's time in the header `x-hub-time` (UTC milliseconds), errors included. */
export const hubTimeHeader = 'x-hub-time'

const kioskIdSchema = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/)
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
])
export type HubPush = z.infer<typeof hubPushSchema>

export const kioskErrors = {
  TOKEN_REFUSED: problem(401, 'token refused'),
  KIOSK_REVOKED: problem(403, 'kiosk revoked'),
  TOO_MANY: problem(429, 'too many requests'),
} as const

const kiosk = oc.errors(kioskErrors)

export const sequenceStateSchema = z.object({
  /** Highest gap-free sequence held. */
  acknowledgedThrough: z.number().int().nonnegative(),
  /** Highest sequence the hub has heard of (held, or told in a heartbeat). */
  highestKnown: z.number().int().nonnegative(),
  /** Inclusive ranges that are missing; empty: unbroken. */
  missing: z.array(z.object({ from: z.number().int(), to: z.number().int() })),
})

export const kioskSummarySchema = z.object({
  id: kioskIdSchema,
  name: z.string(),
  state: z.enum(['active', 'revoked']),
  enrolledAtMs: z.number().int(),
  lastHeardAtMs: z.number().int().nullable(),
  /** Silent for more than ten minutes. */
  silent: z.boolean(),
  status: kioskStatusSchema.nullable(),
  sequence: sequenceStateSchema,
  refusedRequests: z.number().int().nonnegative(),
})
export type KioskSummary = z.infer<typeof kioskSummarySchema>

export const roles = ['editor', 'approver', 'desk', 'administrator'] as const
export const roleSchema = z.enum(roles)
export type Role = z.infer<typeof roleSchema>
/** As staff read them. */
export const roleNamesJa: Record<Role, string> = {
  editor: '編集',
  approver: '承認',
  desk: '窓口',
  administrator: '管理',
}

const staffErrors = {
  NOT_SIGNED_IN: problem(401, 'サインインしてください。'),
  NOT_PERMITTED: problem(403, 'この操作の権限がありません。'),
} as const
const staff = oc.errors(staffErrors)

export const hubContract = {
  /** `KioskToken` in the header `authorization`: a JWT signed with the kiosk's key (EdDSA), see townhall/kiosks/token.ts. */
  kiosk: {
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
    /** Certificates the hub may present now and next (PEM); fetched daily over the pinned line, so that a change can be rolled over. */
    certificates: kiosk
      .route({ method: 'GET', path: '/kiosk/certificates' })
      .output(z.object({ pem: z.array(z.string()) })),
  },
  reports: {
    view: staff.route({ method: 'GET', path: '/reports' }).input(reportQuerySchema).output(reportSchema),
    export: staff
      .route({ method: 'GET', path: '/reports/export' })
      .input(
        z.intersection(
          reportQuerySchema,
          z.object({ format: reportFormatSchema, layout: reportLayoutSchema.default('table') }),
        ),
      )
      .output(z.file()),
    /** Fiscal years for which the hub holds anything, ascending. */
    years: staff
      .route({ method: 'GET', path: '/reports/years' })
      .output(z.object({ fiscalYears: z.array(z.number().int()), currentFiscalYear: z.number().int() })),
  },
  kiosks: {
    list: staff
      .route({ method: 'GET', path: '/kiosks' })
      .output(z.object({ kiosks: z.array(kioskSummarySchema), nowMs: z.number().int() })),
    facilities: staff
      .route({ method: 'GET', path: '/facilities' })
      .output(
        z.object({ facilities: z.array(z.object({ id: kioskIdSchema, name: z.string(), enrolled: z.boolean() })) }),
      ),
    createCode: staff
      .route({ method: 'POST', path: '/kiosks/codes' })
      .input(z.object({ facilityId: kioskIdSchema }))
      .output(z.object({ code: z.string(), facilityId: kioskIdSchema, expiresAtMs: z.number().int() })),
    revoke: staff
      .route({ method: 'POST', path: '/kiosks/{kioskId}/revoke' })
      .input(z.object({ kioskId: kioskIdSchema }))
      .output(z.object({})),
    health: staff
      .route({ method: 'GET', path: '/kiosks/{kioskId}/health' })
      .input(z.object({ kioskId: kioskIdSchema, limit: z.coerce.number().int().min(1).max(500).default(100) }))
      .output(z.object({ entries: z.array(healthEntrySchema) })),
  },
  releases: {
    list: staff.route({ method: 'GET', path: '/releases' }).output(
      z.object({
        releases: z.array(
          z.object({
            number: z.number().int(),
            publishedAtMs: z.number().int(),
            publishedBy: z.string(),
            sizeBytes: z.number().int(),
            changedFiles: z.number().int(),
            kiosksShowing: z.number().int(),
          }),
        ),
      }),
    ),
  },
  staff: {
    me: staff
      .route({ method: 'GET', path: '/staff/me' })
      .output(
        z.object({ id: z.string(), name: z.string(), email: z.string(), role: roleSchema, twoFactor: z.boolean() }),
      ),
    list: staff.route({ method: 'GET', path: '/staff' }).output(
      z.object({
        staff: z.array(
          z.object({
            id: z.string(),
            name: z.string(),
            email: z.string(),
            role: roleSchema,
            disabled: z.boolean(),
            twoFactor: z.boolean(),
            lastSignInAtMs: z.number().int().nullable(),
          }),
        ),
      }),
    ),
    /** Makes a one-time link (24 h) by which the invited person chooses a password. */
    invite: staff
      .route({ method: 'POST', path: '/staff/invitations' })
      .input(z.object({ name: z.string().min(1).max(80), email: z.email().max(200), role: roleSchema }))
      .output(z.object({ link: z.string(), expiresAtMs: z.number().int() })),
    /** What an open one-time link is for; also the first administrator's. */
    invitation: oc
      .route({ method: 'GET', path: '/staff/invitations/{token}' })
      .errors({ LINK_REFUSED: problem(404, 'このリンクは使えません。期限が切れたか、すでに使われています。') })
      .input(z.object({ token: z.string().min(20).max(100) }))
      .output(z.object({ name: z.string(), email: z.string(), role: roleSchema, first: z.boolean() })),
    accept: oc
      .route({ method: 'POST', path: '/staff/invitations/{token}' })
      .errors({ LINK_REFUSED: problem(404, 'このリンクは使えません。期限が切れたか、すでに使われています。') })
      .input(
        z.object({
          token: z.string().min(20).max(100),
          name: z.string().min(1).max(80),
          email: z.email().max(200),
          password: z.string().min(12).max(128),
        }),
      )
      .output(z.object({})),
    setRole: staff
      .route({ method: 'POST', path: '/staff/{id}/role' })
      .input(z.object({ id: z.string(), role: roleSchema }))
      .output(z.object({})),
    setDisabled: staff
      .route({ method: 'POST', path: '/staff/{id}/disabled' })
      .input(z.object({ id: z.string(), disabled: z.boolean() }))
      .output(z.object({})),
  },
  audit: {
    list: staff
      .route({ method: 'GET', path: '/audit' })
      .input(
        z.object({
          before: z.coerce.number().int().optional(),
          limit: z.coerce.number().int().min(1).max(200).default(50),
        }),
      )
      .output(
        z.object({
          entries: z.array(
            z.object({
              id: z.number().int(),
              atMs: z.number().int(),
              actor: z.string(),
              act: z.string(),
              subject: z.string(),
              detail: z.string(),
            }),
          ),
          more: z.boolean(),
        }),
      ),
  },
}
export type HubContract = typeof hubContract
