import { decideFailures, decideRestartMs } from './decide-restart.ts'

/** One life of a part that a host keeps alive. */
export type Life = {
  /** Settles with the reason, in words, when this life is over. */
  ended: Promise<string>
  /** Ends it in order; resolves when nothing of it is left. */
  end(): Promise<void>
}

type Options<T extends Life> = {
  begin: (signal: AbortSignal) => Promise<T>
  /** It ended, or a try to begin again failed. */
  onLost: (reason: string, failuresInARow: number) => void
  /** A later life has begun. */
  onBack: (life: T) => void
  uptimeMs: () => number
}

/** Begins a part again whenever it ends, until `stop`. */
export function keepRunning<T extends Life>({ begin, onLost, onBack, uptimeMs }: Options<T>) {
  const stopping = new AbortController()
  let life: T | null = null
  let keeping: Promise<void> = Promise.resolve()

  async function keep(first: T): Promise<void> {
    let failures = 0
    let current: T | null = first
    while (current !== null) {
      const beganMs = uptimeMs()
      const reason = await current.ended
      life = null
      if (stopping.signal.aborted) return
      failures = decideFailures(failures, uptimeMs() - beganMs)
      onLost(reason, failures)
      current = await beginAgain(failures)
      if (current !== null) onBack(current)
    }
  }

  async function beginAgain(failuresBefore: number): Promise<T | null> {
    for (let failures = failuresBefore; ; failures += 1) {
      await pause(decideRestartMs(failures), stopping.signal)
      if (stopping.signal.aborted) return null
      try {
        return await beginUnlessStopped()
      } catch (error) {
        if (stopping.signal.aborted) return null
        onLost(error instanceof Error ? error.message : String(error), failures + 1)
      }
    }
  }

  async function beginUnlessStopped(): Promise<T> {
    const begun = await begin(stopping.signal)
    if (stopping.signal.aborted) {
      await begun.end()
      throw new Error('stopped while beginning')
    }
    life = begun
    return begun
  }

  return {
    current: (): T | null => life,
    /** The first life. Rejects when it cannot begin: then nothing is kept. */
    async start(): Promise<T> {
      const first = await beginUnlessStopped()
      keeping = keep(first)
      return first
    },
    async stop(): Promise<void> {
      stopping.abort()
      await life?.end()
      await keeping
    },
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
    if (signal.aborted) done()
  })
}
