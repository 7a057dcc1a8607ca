import { oc } from '@orpc/contract'
import { z } from 'zod'
import { healthEntrySchema, internetTurnMarkSchema, kioskStatusSchema } from './health.ts'
import { internetRefusalSchema } from './internet-policy.ts'
import { kioskHubContract } from './kiosk-hub-api.ts'
import { kioskIdSchema } from './kiosk-id.ts'
import { libraryOfHubSchema } from './library/hub-view.ts'
import { columnChoiceSchema, listColumnsSchema } from './library/list-columns.ts'
import { readShelvesSchema, shelfChangeSchema, shelfCodesSchema, shelfDeskSchema } from './library/shelf-desk.ts'
import { reportFormatSchema, reportLayoutSchema, reportQuerySchema, reportSchema } from './report.ts'

const problem = (status: number, message: string) => ({ status, message })

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

/** Of 体験インターネット: how many turns ended, and how often what was refused. Where anybody went is kept nowhere. */
const internetCountsSchema = z.object({
  turns: z.number().int().nonnegative(),
  /** Most first. */
  refused: z.array(z.object({ reason: internetRefusalSchema, times: z.number().int().positive() })),
})
export type InternetCounts = z.infer<typeof internetCountsSchema>

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
  kiosk: kioskHubContract,
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
  internet: {
    view: staff
      .route({ method: 'GET', path: '/kiosks/{kioskId}/internet' })
      .input(z.object({ kioskId: kioskIdSchema }))
      .output(
        z.object({
          /** null: not known, because the kiosk is not connected or of an older program. */
          state: z.enum(['closed', 'open', 'resting']).nullable(),
          /** The turn that runs now; null: none, or not known. */
          turn: internetTurnMarkSchema.nullable(),
          /** Whether a word of the hub reaches the kiosk now. */
          connected: z.boolean(),
          today: internetCountsSchema,
          month: internetCountsSchema,
        }),
      ),
    /** Ends the turn that staff saw, never the next visitor's. Answers when the word was given to the line; that the turn is over shows in `view`. */
    endTurn: staff
      .route({ method: 'POST', path: '/kiosks/{kioskId}/internet/end' })
      .errors({ NOT_CONNECTED: problem(409, '端末とつながっていないため、伝えられません。') })
      .input(z.object({ kioskId: kioskIdSchema, turn: internetTurnMarkSchema }))
      .output(z.object({})),
  },
  library: {
    /** What the hub has of the library: its catalogue, the last that was handed in, where loan status comes from. */
    view: staff.route({ method: 'GET', path: '/library' }).output(libraryOfHubSchema),
    /** Ends the import that staff saw, never the next one. Answers when the word was given; what became of it shows in `view`. */
    cancelImport: staff
      .route({ method: 'POST', path: '/library/import/cancel' })
      .errors({ OVER: problem(409, 'この一覧を読む作業は、もう終わっています。') })
      .input(z.object({ id: z.string().max(60) }))
      .output(z.object({})),
    /** What the beginning of a list says of its columns; nothing is kept. */
    readColumns: staff
      .route({ method: 'POST', path: '/library/columns/read' })
      .errors({ NOT_TAKEN: problem(422, 'このファイルは読めません。') })
      .input(z.object({ file: z.file().max(300_000) }))
      .output(listColumnsSchema),
    /** Lists with these headings are read so from now on. */
    keepColumns: staff
      .route({ method: 'POST', path: '/library/columns' })
      .errors({ NOT_TAKEN: problem(422, '列の選び方が足りません。') })
      .input(columnChoiceSchema)
      .output(z.object({})),
    /** The shelves of the town's folder, and the plans to draw them on. */
    shelves: staff.route({ method: 'GET', path: '/library/shelves' }).output(shelfDeskSchema),
    shelfCodes: staff.route({ method: 'GET', path: '/library/shelf-codes' }).output(shelfCodesSchema),
    /** Writes into shelves.csv what was changed, and nothing else. */
    saveShelves: staff
      .route({ method: 'POST', path: '/library/shelves' })
      .errors({
        CHANGED_MEANWHILE: problem(409, 'ほかの人が先に棚を変えました。'),
        NOT_TAKEN: problem(422, 'この棚は保存できません。'),
        NOT_WRITTEN: problem(507, 'shelves.csv に書きこめません。'),
      })
      .input(shelfChangeSchema)
      .output(z.object({ revision: z.string() })),
    exportShelves: staff.route({ method: 'GET', path: '/library/shelves/export' }).output(z.file()),
    /** Reads a shelves.csv from elsewhere; nothing is saved. */
    readShelves: staff
      .route({ method: 'POST', path: '/library/shelves/read' })
      .errors({ NOT_TAKEN: problem(422, 'このファイルは読めません。') })
      .input(z.object({ file: z.file().max(1_000_000) }))
      .output(readShelvesSchema),
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
