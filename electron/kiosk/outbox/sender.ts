import { decideRetryMs } from '../hub/decide-retry.ts'
import type { HubClient } from '../hub/hub-client.ts'
import { type HubFailure, judgeFailure } from '../hub/hub-failure.ts'
import type { KioskTiming } from '../timing.ts'
import type { SendQueue } from './send-queue.ts'

type SenderOptions = {
  queue: SendQueue
  /** null: not enrolled. */
  client: () => Promise<HubClient | null>
  random: () => number
  timing: KioskTiming
  onFailure: (failure: HubFailure, error: unknown) => void
  signal: AbortSignal
}
export type Sender = ReturnType<typeof createSender>

/** When to send. One talk at a time; after a failure it waits, longer each time; nobody waits for it. */
export function createSender({ queue, client, random, timing, onFailure, signal }: SenderOptions) {
  let running: Promise<void> | null = null
  let again = false
  let failures = 0
  let timer: NodeJS.Timeout | null = null
  let started = false
  let revoked = false
  let askedToWait = false
  let paused = false

  function run(): Promise<void> {
    if (running !== null) {
      again = true
      return running
    }
    if (timer !== null) clearTimeout(timer)
    timer = null
    askedToWait = false
    running = attempt().finally(() => {
      running = null
    })
    return running
  }

  async function attempt(): Promise<void> {
    let tokenTries = 0
    do {
      again = false
      if (revoked || paused || signal.aborted) return
      try {
        const hub = await client()
        if (hub === null) return
        const result = await queue.sendAll(hub)
        if (result !== 'all-sent') {
          retryLater(null)
          return
        }
        failures = 0
        tokenTries = 0
      } catch (error) {
        if (signal.aborted) return
        const failure = judgeFailure(error)
        queue.noteFailure(error)
        // The refusal itself told the hub's time; with a token of that time the next try may pass. A smaller batch may too.
        const worthATry = (failure.kind === 'token-refused' && tokenTries === 0) || failure.kind === 'too-large'
        tokenTries += 1
        if (worthATry && tokenTries < 12) {
          again = true
          continue
        }
        onFailure(failure, error)
        if (failure.kind === 'revoked') revoked = true
        else retryLater(failure.kind === 'busy' ? failure.retryAfterMs : null)
        return
      }
    } while (again)
  }

  function retryLater(askedMs: number | null): void {
    failures += 1
    if (!started || signal.aborted) return
    askedToWait = askedMs !== null
    const limits = { firstMs: timing.retryFirstMs, maxMs: timing.retryMaxMs }
    runIn(decideRetryMs(failures, random(), limits, askedMs))
  }

  function runIn(ms: number): void {
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(() => void run(), ms)
    timer.unref()
  }

  return {
    start(): void {
      started = true
      void run()
    },
    /** Something new is in the queue; what comes within a moment goes with it. While a retry is due, it waits with the rest. */
    wake(): void {
      if (started && timer === null) runIn(timing.gatherMs)
    },
    /** The hub was just heard: no need to wait longer, unless it asked for it. */
    hubHeard(): void {
      if (started && !askedToWait && (failures > 0 || queue.hasMore())) void run()
    },
    /** Sends now, whatever was due; resolves when all is sent or this try failed. */
    async flush(): Promise<void> {
      await run()
      if (running === null && !revoked && failures === 0 && queue.hasMore()) await run()
    },
    /** Enrolled anew: nothing is under way while the queue changes its name, for an answer to the old numbers would delete the new ones. */
    async switchName(change: () => Promise<void>): Promise<void> {
      paused = true
      try {
        await running
        await change()
      } finally {
        paused = false
      }
      revoked = false
      failures = 0
      if (started) void run()
    },
    revoked: (): boolean => revoked,
    /** Told elsewhere that the hub takes nothing more from this kiosk. */
    noteRevoked(): void {
      revoked = true
    },
    async stop(): Promise<void> {
      if (timer !== null) clearTimeout(timer)
      timer = null
      started = false
      await running
    },
  }
}
