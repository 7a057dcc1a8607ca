import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { facilityConfigSchema } from './facility-config.ts'
import { languageSchema } from './localized-text.ts'
import {
  enrolAgainSchema,
  lineTestSchema,
  pinAnswerSchema,
  pinSchema,
  serviceCallSchema,
  serviceDoorSchema,
  serviceViewSchema,
} from './maintenance.ts'
import { menuIdSchema } from './menu-ids.ts'
import { attractViewSchema } from './menus/attract.ts'
import {
  internetActSchema,
  internetPlaceSchema,
  internetStateSchema,
  internetTargetSchema,
  internetViewSchema,
} from './menus/internet.ts'
import {
  libraryAnswerSchema,
  libraryCountsSchema,
  libraryQuerySchema,
  libraryStatusSchema,
  libraryViewSchema,
  titlePageSchema,
} from './menus/library.ts'
import { tourismViewSchema } from './menus/tourism.ts'

/** What the screen may know of its kiosk; sent whole at connection and again whenever a part changes. */
export const deviceStateSchema = z.object({
  config: facilityConfigSchema,
  softwareVersion: z.string(),
  /** The release on screen now. A change means: load content again, keep the visitor's place. */
  releaseNumber: z.number().int().nonnegative(),
  line: z.enum(['connected', 'cut', 'not-enrolled']),
  /** Best knowledge of UTC now, for the clock and "today"; the screen goes on counting from it by `performance.now()`. */
  nowMs: z.number().int(),
  /** A restart is planned: as soon as nobody is there, nobody begins until it is done. */
  restartWanted: z.boolean(),
  /** The facility is open. If not, the screen is dark until somebody touches it. */
  open: z.boolean(),
})
export type DeviceState = z.infer<typeof deviceStateSchema>

/**
 * `recorded` committed with fsync; `repeated` the same access as one already recorded (same accessId, or same visit and menu within one second);
 * `held` the disk refuses writes now: kept in memory and committed as soon as it takes them again.
 */
export const recordAnswerSchema = z.object({ state: z.enum(['recorded', 'repeated', 'held']) })
export type RecordAnswer = z.infer<typeof recordAnswerSchema>

export const bridgeContract = {
  device: {
    watch: oc.output(eventIterator(deviceStateSchema)),
  },
  usage: {
    /** One access. `accessId` is made by the screen per touch, so that asking again after a lost answer counts once. `visitId` never leaves the kiosk. */
    record: oc
      .input(z.object({ accessId: z.uuid(), visitId: z.uuid(), menu: menuIdSchema }))
      .output(recordAnswerSchema),
  },
  release: {
    /** The screen says that it shows this release; without it in time, the kiosk goes back to the one before. */
    cameUp: oc.input(z.object({ releaseNumber: z.number().int().nonnegative() })).output(z.object({})),
  },
  screen: {
    /** Every 2 s while the screen paints, and when a visit begins or ends. `resting`: nobody is there, and nobody can begin until the planned restart. */
    alive: oc.input(z.object({ visiting: z.boolean(), resting: z.boolean().default(false) })).output(z.object({})),
    /** An error the screen caught; it has already gone back to home by itself. */
    failed: oc.input(z.object({ message: z.string().max(500) })).output(z.object({})),
  },
  attract: {
    /** The slides of this month. */
    view: oc.output(attractViewSchema),
  },
  tourism: {
    view: oc.output(tourismViewSchema),
  },
  internet: {
    view: oc.output(internetViewSchema),
    /** The state now, and again whenever it changes. */
    watch: oc.output(eventIterator(internetStateSchema)),
    /** A turn of the guarded browser for this visit. Answers when the state says so; `not-found` when there is nothing that may be opened. */
    begin: oc
      .input(
        z.object({
          visitId: z.uuid(),
          to: internetTargetSchema,
          place: internetPlaceSchema,
          language: languageSchema,
        }),
      )
      .output(z.object({})),
    act: oc.input(internetActSchema).output(z.object({})),
    /** おわる, the idle reset, or the way home: everything of the turn is destroyed. */
    end: oc.output(z.object({})),
  },
  /** Everything but `view`: `not-ready` while no catalogue is opened, or when the search was lost on the way; ask again. */
  library: {
    view: oc.output(libraryViewSchema),
    /** `from` counts titles from 0; at most 60 at a time. */
    search: oc
      .input(
        libraryQuerySchema.extend({
          from: z.number().int().min(0).max(10_000_000),
          most: z.number().int().min(1).max(60),
        }),
      )
      .output(libraryAnswerSchema),
    counts: oc.input(libraryQuerySchema).output(libraryCountsSchema),
    /** For a search that found little: what may have been meant, best first; each finds something. */
    suggest: oc.input(z.object({ text: z.string().max(100) })).output(z.object({ texts: z.array(z.string()).max(5) })),
    /** `not-found` when the release on screen has no such title. */
    title: oc.input(z.object({ id: z.string().max(100) })).output(titlePageSchema),
    /** Of what is on screen. Answers within two seconds, whatever the library's system does. */
    status: oc.input(z.object({ ids: z.array(z.string().max(100)).min(1).max(60) })).output(libraryStatusSchema),
  },
  /** The service screen. Each call but the first two needs the token of an open session, else `not-permitted`. */
  maintenance: {
    door: oc.output(serviceDoorSchema),
    open: oc.input(z.object({ pin: pinSchema })).output(pinAnswerSchema),
    /** Asked again and again by the screen, so it does not keep the session open; every other call does. */
    view: oc.input(serviceCallSchema).output(serviceViewSchema),
    /** Somebody touches the service screen. */
    touched: oc.input(serviceCallSchema).output(z.object({})),
    testLine: oc.input(serviceCallSchema).output(lineTestSchema),
    sendNow: oc.input(serviceCallSchema).output(z.object({ outboxDepth: z.number().int().nonnegative() })),
    /** `bad-arguments`, `enrolment-code-refused`, `hub-unreachable`, `rate-limited`. The PIN stays. */
    enrolAgain: oc.input(enrolAgainSchema).output(z.object({ kioskId: z.string() })),
    /** Kiosk process and browser begin anew. */
    restart: oc.input(serviceCallSchema).output(z.object({})),
    /** The kiosk ends, and whoever started it does not start it again. */
    leave: oc.input(serviceCallSchema).output(z.object({})),
    lock: oc.input(serviceCallSchema).output(z.object({})),
  },
}
export type BridgeContract = typeof bridgeContract
