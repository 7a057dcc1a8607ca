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
  'hub-certificate-refused',
  'bridge-refused',
  'screen-lost',
  'screen-failed',
  'breakout-attempt',
  'config-refused',
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
})
export type KioskStatus = z.infer<typeof kioskStatusSchema>
