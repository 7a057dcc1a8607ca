import type { KioskStatus } from '../../../contract/health.ts'
import type { HubPush } from '../../../contract/kiosk-hub-api.ts'
import type { KioskTiming } from '../timing.ts'
import { decideRetryMs } from './decide-retry.ts'
import type { HubClient } from './hub-client.ts'
import { type HubFailure, judgeFailure } from './hub-failure.ts'

type HubLinkOptions = {
  client: () => Promise<HubClient | null>
  status: () => KioskStatus
  random: () => number
  timing: KioskTiming
  /** The push stream is open, or no longer. */
  onLine: (connected: boolean) => void
  onPush: (push: HubPush) => void
  onFailure: (failure: HubFailure, error: unknown) => void
  onCertificates: (pem: readonly string[]) => void
  signal: AbortSignal
}

/** The standing line to the hub: its pushes, and the kiosk's heartbeat. The queue has its own sender. */
export function createHubLink(options: HubLinkOptions) {
  const { client, status, random, timing, signal } = options
  const timers = new Set<NodeJS.Timeout>()
  const tasks = new Set<Promise<void>>()
  let endStream: AbortController | null = null
  let wakeUp: (() => void) | null = null
  let beating = false
  let beatAgain = false

  async function listen(): Promise<void> {
    let failures = 0
    while (!signal.aborted) {
      const heard = await listenOnce()
      if (signal.aborted) return
      failures = heard ? 1 : failures + 1
      const limits = { firstMs: timing.retryFirstMs, maxMs: timing.streamRetryMaxMs }
      await pause(decideRetryMs(failures, random(), limits))
    }
  }

  /** true: the stream was open for a while. */
  async function listenOnce(): Promise<boolean> {
    let heard = false
    const ending = new AbortController()
    endStream = ending
    let silence: NodeJS.Timeout | undefined
    const watchSilence = () => {
      clearTimeout(silence)
      silence = setTimeout(
        () => ending.abort(new DOMException('push stream is silent', 'TimeoutError')),
        timing.streamSilenceMs,
      )
      silence.unref()
    }
    try {
      const hub = await client()
      if (hub === null) return false
      const stream = await hub.api.watch(undefined, { signal: AbortSignal.any([signal, ending.signal]) })
      watchSilence()
      for await (const push of stream) {
        watchSilence()
        if (!heard) options.onLine(true)
        heard = true
        options.onPush(push)
        if (push.kind === 'hello') void once(beat)
      }
    } catch (error) {
      if (!signal.aborted) options.onFailure(judgeFailure(error), error)
    } finally {
      clearTimeout(silence)
      endStream = null
      options.onLine(false)
    }
    return heard
  }

  async function beat(): Promise<void> {
    // What changed while one is on its way is told by the next, not a minute later.
    beatAgain = true
    if (beating) return
    beating = true
    try {
      while (beatAgain && !signal.aborted) {
        beatAgain = false
        const hub = await client()
        await hub?.api.heartbeat(status(), { signal })
      }
    } finally {
      beating = false
    }
  }

  async function fetchCertificates(): Promise<void> {
    const hub = await client()
    if (hub === null) return
    options.onCertificates((await hub.api.certificates(undefined, { signal })).pem)
  }

  function once(act: () => Promise<void>): Promise<void> {
    const task = act()
      .catch((error: unknown) => {
        if (!signal.aborted) options.onFailure(judgeFailure(error), error)
      })
      .finally(() => tasks.delete(task))
    tasks.add(task)
    return task
  }

  function every(intervalMs: number, act: () => Promise<void>): void {
    const timer = setInterval(() => void once(act), intervalMs)
    timer.unref()
    timers.add(timer)
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        wakeUp = null
        resolve()
      }
      const timer = setTimeout(done, ms)
      timer.unref()
      wakeUp = done
    })
  }

  return {
    start(): void {
      void once(listen)
      every(timing.heartbeatMs, beat)
      every(timing.certificatesMs, fetchCertificates)
      void once(fetchCertificates)
    },
    beatNow: (): Promise<void> => once(beat),
    /** Drops the stream and tries again at once: there is a new identity. */
    reconnect(): void {
      endStream?.abort(new DOMException('new identity', 'AbortError'))
      wakeUp?.()
    },
    async stop(): Promise<void> {
      for (const timer of timers) clearInterval(timer)
      wakeUp?.()
      await Promise.allSettled([...tasks])
    },
  }
}
