import { z } from 'zod'
import type { HealthEntry } from '../../contract/health.ts'
import { type InternetRefusal, internetRefusals } from '../../contract/internet-policy.ts'

const timesSchema = z.number().int().min(1).max(1_000_000_000)
const lastedSchema = z.number().int().min(0).max(86_400_000)
const whySchema = z.enum(['visitor', 'idle', 'time', 'staff', 'failed'])

export type EndedTurn = {
  refused: ReadonlyMap<InternetRefusal, number>
  /** What may be kept of the entry. */
  detail: HealthEntry['detail']
}

/** What a kiosk tells of a turn that ended. Whatever else stands there is dropped: were it an address, it would be kept for years. */
export function readTurn(told: HealthEntry['detail']): EndedTurn {
  const refused = new Map<InternetRefusal, number>()
  for (const reason of internetRefusals) {
    const times = timesSchema.safeParse(told[reason])
    if (times.success) refused.set(reason, times.data)
  }
  const lasted = lastedSchema.safeParse(told.lastedMs)
  const why = whySchema.safeParse(told.why)
  return {
    refused,
    detail: {
      ...(lasted.success ? { lastedMs: lasted.data } : {}),
      ...(why.success ? { why: why.data } : {}),
      ...Object.fromEntries(refused),
    },
  }
}
