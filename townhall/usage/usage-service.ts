import type { Logger } from 'pino'
import type { UsageAnswer, UsageBatch } from '../../contract/usage-event.ts'
import type { HubClock } from '../context.ts'
import type { Batch, BatchResult, UsageRepository } from './usage-repository.ts'

export type UsageService = {
  /** Resolves after commit. @returns null when the batch contradicts what is held (nothing of it was taken) */
  take(kioskNo: number, batch: UsageBatch): Promise<UsageAnswer | { conflict: number }>
}

type Waiting = { batch: Batch; resolve: (result: BatchResult) => void; reject: (error: unknown) => void }

/** Requests that arrive while a transaction commits share the next one: an fsync costs more than the rows. */
export function createUsageService(repository: UsageRepository, clock: HubClock, log: Logger): UsageService {
  const waiting: Waiting[] = []
  let running = false

  async function drain(): Promise<void> {
    running = true
    while (waiting.length > 0) {
      const group = waiting.splice(0, 64)
      try {
        const results = await repository.takeBatches(
          group.map((one) => one.batch),
          clock.nowMs(),
        )
        group.forEach((one, index) => {
          const result = results[index]
          if (result) one.resolve(result)
        })
      } catch (error) {
        log.error({ err: error }, 'usage could not be committed; the kiosks keep it')
        for (const one of group) one.reject(error)
      }
    }
    running = false
  }

  return {
    async take(kioskNo, batch) {
      const result = await new Promise<BatchResult>((resolve, reject) => {
        waiting.push({ batch: { kioskNo, events: batch.events }, resolve, reject })
        // After the requests of this turn of the loop have joined.
        if (!running) {
          running = true
          setImmediate(() => void drain())
        }
      })
      if (result.kind === 'conflict') return { conflict: result.sequence }
      return { acknowledgedThrough: result.acknowledgedThrough, accepted: result.accepted, repeated: result.repeated }
    },
  }
}
