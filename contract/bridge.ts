import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { facilityConfigSchema } from './facility-config.ts'
import { menuIdSchema } from './menu-ids.ts'
import { attractViewSchema } from './menus/attract.ts'
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
  /** Set when the visitor may be asked to leave at the next idle (planned restart). */
  restartWanted: z.boolean(),
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
    /** Every 2 s while the screen paints. `visitId` is null on the attract screen. */
    alive: oc.input(z.object({ visiting: z.boolean() })).output(z.object({})),
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
}
export type BridgeContract = typeof bridgeContract
