import { z } from 'zod'

/** What a kiosk tells the hub about itself. Codes are stable; `detail` never holds anything a visitor typed or touched. */
export const healthCodes = [
  'kiosk-started',
  'release-activated',
  'release-refused',
  'release-rolled-back',
  'release-fetch-failed',
  'cache-rebuilt',
  'outbox-salvaged',
  'sequence-gap',
  'usage-refused',
  'disk-full',
  'disk-recovered',
  'clock-jumped',
  'clock-corrected',
  /** One of the machine's clocks does not move any more: `clock`. */
  'clock-stopped',
  'hub-certificate-refused',
  'bridge-refused',
  'screen-lost',
  'kiosk-process-lost',
  /** Usable again, after so many ms: `part`, `ms`, `reason`. */
  'recovered',
  /** More memory than it ever should have; a restart is planned, or done where nothing is left. */
  'memory-high',
  /** Restarted on purpose, between two visitors: `part`, `reason`. */
  'planned-restart',
  /** Nobody touched it in all the hours it was open, while on other days many do. */
  'touch-silent',
  'input-lost',
  'input-back',
  'screen-failed',
  'breakout-attempt',
  'maintenance-opened',
  'maintenance-closed',
  'maintenance-refused',
  'maintenance-locked-out',
  'config-refused',
  'internet-turn-ended',
  'internet-failed',
  /** The library's search ended by itself or did not answer; it is opened again: `reason`. */
  'library-failed',
] as const
export const healthCodeSchema = z.enum(healthCodes)
export type HealthCode = z.infer<typeof healthCodeSchema>

export const healthEntrySchema = z.object({
  sequence: z.number().int().positive(),
  atMs: z.number().int().nonnegative().max(8.64e15),
  level: z.enum(['info', 'warning', 'error']),
  code: healthCodeSchema,
  detail: z.record(z.string(), z.union([z.string().max(500), z.number(), z.boolean()])),
})
export type HealthEntry = z.infer<typeof healthEntrySchema>

export const internetTurnMarkSchema = z.string().regex(/^[0-9a-f]{16}$/)

/** Sent with every heartbeat (each minute, and at once after an activation). */
export const kioskStatusSchema = z.object({
  softwareVersion: z.string().max(40),
  contractVersion: z.number().int().positive(),
  host: z.enum(['electron', 'chromium', 'headless']),
  releaseNumber: z.number().int().nonnegative(),
  lastSequence: z.number().int().nonnegative(),
  outboxDepth: z.number().int().nonnegative(),
  oldestUnsentAtMs: z.number().int().nonnegative().nullable(),
  clockOffsetMs: z.number().int().nullable(),
  freeDiskBytes: z.number().int().nonnegative().nullable(),
  uptimeMs: z.number().int().nonnegative(),
  screenAlive: z.boolean(),
  /** Whether somebody is in the web; missing from a kiosk of an older program. */
  internet: z.enum(['closed', 'open', 'resting']).optional(),
  /** While it is `open`: which turn it is. Made for this and said nowhere else. */
  internetTurn: internetTurnMarkSchema.optional(),
})
export type KioskStatus = z.infer<typeof kioskStatusSchema>
