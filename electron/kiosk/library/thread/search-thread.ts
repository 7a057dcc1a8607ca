import type { Worker } from 'node:worker_threads'
import type { z } from 'zod'
import { KioskError } from '../../../../contract/error-codes.ts'
import { decideWaiting } from './decide-waiting.ts'
import { reasonOfDeath } from './reason-of-death.ts'
import { type FromSearch, fromSearchSchema, type SearchQuestion, type ToSearch } from './search-messages.ts'

/** A cold disk and a million titles take some seconds; a question takes a fifth of one, a part of the loans still less. */
const patienceMs = { open: 120_000, out: 20_000, answer: 5_000 }
/** A question waits for one part at most: some milliseconds. */
export const outAtOnce = 100

type Asker = {
  question: SearchQuestion
  signal: AbortSignal | undefined
  take: (answer: unknown) => void
  fail: (error: Error) => void
}
/** All that is out, and how many of it were handed over. */
type Out = { ids: readonly string[] | null; at: number; told: () => void }
type Job = { of: 'open' } | { of: 'out'; all: Out; ends: boolean } | { of: 'answer'; asker: Asker }

type Options = {
  startWorker: () => Worker
  files: readonly string[]
  covers: Record<string, string>
  out: readonly string[] | null
  onOpen: (titles: number) => void
  /** A file cannot be used; the thread is over. */
  onRefused: (reason: string) => void
  /** It ended by itself or was given up; the thread is over. */
  onDeath: (reason: string) => void
  /** It has given its last answer. */
  onRetired: () => void
}

/** One opening of a set of search files in a thread of its own. It is handed one thing at a time, so that what is no longer wanted never begins. */
export function openSearchThread(options: Options) {
  const { onOpen, onRefused, onDeath, onRetired } = options
  const worker = options.startWorker()
  let job: Job | null = null
  let jobMs = 0
  let waiting: readonly Asker[] = []
  let out: Out | null = null
  let outLast = false
  let retiring = false
  let over = false

  worker.on('message', (raw: unknown) => {
    const said = fromSearchSchema.safeParse(raw)
    if (over) return
    if (said.success) hear(said.data)
    else die('it said what it never says')
  })
  worker.on('messageerror', () => die('it said what cannot be read'))
  worker.on('error', (error: unknown) => die(reasonOfDeath(error)))
  worker.on('exit', (code) => die(`it ended (${code})`))
  hand({ of: 'open' }, { do: 'open', files: options.files, covers: options.covers })

  function hand(next: Job, asked: ToSearch): void {
    job = next
    jobMs = 0
    worker.postMessage(asked)
  }

  function hear(said: FromSearch): void {
    const done = job
    job = null
    if (said.is === 'refused') refuse(said.reason, done)
    else if (said.is === 'answer' && done?.of === 'answer') done.asker.take(said.answer)
    // Nobody asks it before it knows the loans: with a new release the choice of what is in does not go away for a while.
    else if (said.is === 'open') out = { ids: options.out, at: 0, told: () => onOpen(said.titles) }
    else if (said.is === 'out' && done?.of === 'out' && done.ends && done.all === out) {
      out = null
      done.all.told()
    }
    if (!over) handNext()
  }

  function handNext(): void {
    if (job !== null) return
    sift()
    // In turns with questions, so that neither keeps the other waiting for long.
    if (out !== null && !retiring && (waiting.length === 0 || !outLast)) {
      handOut(out)
      return
    }
    outLast = false
    const [next, ...others] = waiting
    waiting = others
    if (next !== undefined) hand({ of: 'answer', asker: next }, { do: 'answer', question: next.question })
    else if (retiring) {
      finish(() => notReady('it has been taken over'))
      onRetired()
    }
  }

  function handOut(all: Out): void {
    const { ids, at: from } = all
    all.at = from + outAtOnce
    const ends = all.at >= (ids?.length ?? 0)
    outLast = true
    const part = ids?.slice(from, all.at) ?? null
    hand({ of: 'out', all, ends }, { do: 'out', ids: part, begins: from === 0, ends })
  }

  function sift(): void {
    const { kept, dropped } = decideWaiting(waiting, ({ signal }) => signal?.aborted === true)
    waiting = kept
    for (const { fail } of dropped) fail(new KioskError('rate-limited', 'newer questions came in between'))
  }

  function refuse(reason: string, at: Job | null): void {
    const error = () => new KioskError('content-refused', reason)
    if (at?.of === 'answer') at.asker.fail(error())
    finish(error)
    onRefused(reason)
  }

  function die(reason: string): void {
    if (over) return
    finish(() => notReady(reason))
    onDeath(reason)
  }

  function finish(error: () => Error): Promise<unknown> {
    over = true
    const left = job?.of === 'answer' ? [job.asker, ...waiting] : waiting
    waiting = []
    job = null
    for (const asker of left) asker.fail(error())
    return worker.terminate()
  }

  return {
    /** @throws KioskError `content-refused`, `not-ready` when the thread dies of it or before, `rate-limited` when it gave way to newer ones */
    ask<T>(question: SearchQuestion, schema: z.ZodType<T>, signal?: AbortSignal): Promise<T> {
      return new Promise((resolve, reject) => {
        if (over) return reject(notReady('the search is over'))
        const take = (answer: unknown) => {
          const read = schema.safeParse(answer)
          if (read.success) return resolve(read.data)
          // What the search says comes from the files and nowhere else.
          refuse('a search file says what cannot be', { of: 'answer', asker })
        }
        const asker: Asker = { question, signal, take, fail: reject }
        waiting = [...waiting, asker]
        sift()
        handNext()
      })
    },
    /** The newest loans are enough. `told`: from now on answers go by these. */
    setOut(ids: readonly string[] | null, told: () => void): void {
      out = { ids, at: 0, told }
      if (!over) handNext()
    },
    /** What it was handed is waited for so long and no longer. */
    tick(passedMs: number): void {
      jobMs += passedMs
      if (job !== null && jobMs >= patienceMs[job.of]) die(`no answer for ${patienceMs[job.of] / 1_000} s`)
    },
    /** Ends after its last answer. */
    retire(): void {
      retiring = true
      if (!over) handNext()
    },
    close: () => finish(() => notReady('the kiosk ends')),
  }
}
export type SearchThread = ReturnType<typeof openSearchThread>

const notReady = (reason: string) => new KioskError('not-ready', `the catalogue is not there: ${reason}`)
