import type { Worker } from 'node:worker_threads'
import type { z } from 'zod'
import { KioskError } from '../../../contract/error-codes.ts'
import type { KnownLoans } from './decide-loans.ts'
import { decideOpening } from './thread/decide-opening.ts'
import { decideTrouble, servesWell, type Trouble } from './thread/decide-trouble.ts'
import { reasonOfDeath } from './thread/reason-of-death.ts'
import type { SearchQuestion } from './thread/search-messages.ts'
import { openSearchThread, type SearchThread } from './thread/search-thread.ts'

/** The search files of a release. */
type Wanted = {
  /** What tells them from others. */
  of: string
  covers: Record<string, string>
  /** Where they lie; null while one is not there. */
  files: () => readonly string[] | null
}

type Options = {
  /** null: the release on screen has none. */
  wanted: () => Wanted | null
  usableLoans: () => KnownLoans | null
  uptimeMs: () => number
  startWorker: () => Worker
  /** Another set answers from now on. */
  onReady: () => void
  /** Each is told once, until it has served well again. */
  onDamage: (reason: string) => void
  onDeath: (reason: string) => void
  /** Good for a while after so long without. */
  onWell: (lostMs: number) => void
}

/** `loans`: what the thread was handed; `told`: by what it answers. */
type Serving = {
  of: string
  thread: SearchThread
  titles: number
  sinceMs: number
  loans: KnownLoans | null
  told: KnownLoans | null
}

/** What one look counts at most: when the kiosk itself was held up, no thread is to blame. */
const mostPerLookMs = 1_000

/** Keeps a thread that searches the files of the release on screen: opens the next one beside it, and begins again where one is lost. */
export function createCatalogueKeeper(options: Options) {
  const { uptimeMs, usableLoans } = options
  let serving: Serving | null = null
  let opening: { of: string; thread: SearchThread } | null = null
  const retired = new Set<SearchThread>()
  let trouble: { of: string; known: Trouble } | null = null
  let lookedMs = uptimeMs()
  let closed = false

  const threads = () =>
    [serving?.thread, opening?.thread, ...retired].filter((thread) => thread !== undefined && thread !== null)

  function look(): void {
    if (closed) return
    const nowMs = uptimeMs()
    const passedMs = Math.min(mostPerLookMs, Math.max(0, nowMs - lookedMs))
    lookedMs = nowMs
    for (const thread of threads()) thread.tick(passedMs)
    const wanted = options.wanted()
    const next = decideOpening({
      wanted: wanted?.of ?? null,
      serving: serving?.of ?? null,
      opening: opening?.of ?? null,
      untilMs: troubleOf(wanted?.of ?? null)?.untilMs ?? Number.NEGATIVE_INFINITY,
      nowMs,
    })
    if (next.endOpening) {
      void opening?.thread.close()
      opening = null
    }
    if (next.endServing) retire()
    if (next.open && wanted !== null) open(wanted)
    tellLoans()
    settle(nowMs)
  }

  const troubleOf = (of: string | null) => (trouble !== null && trouble.of === of ? trouble.known : null)

  function retire(): void {
    const leaving = serving?.thread
    serving = null
    if (leaving === undefined) return
    retired.add(leaving)
    leaving.retire()
  }

  function open({ of, covers, files }: Wanted): void {
    const there = files()
    if (there === null) return
    const loans = usableLoans()
    try {
      const thread: SearchThread = openSearchThread({
        startWorker: options.startWorker,
        files: there,
        covers,
        out: loans?.out ?? null,
        onOpen(titles) {
          opening = null
          retire()
          serving = { of, thread, titles, sinceMs: uptimeMs(), loans, told: loans }
          tellLoans()
          options.onReady()
        },
        onRefused: (reason) => lost(of, thread, 'damage', reason),
        onDeath: (reason) => lost(of, thread, 'death', reason),
        onRetired: () => void retired.delete(thread),
      })
      opening = { of, thread }
    } catch (error) {
      lost(of, null, 'death', reasonOfDeath(error))
    }
  }

  function lost(of: string, thread: SearchThread | null, kind: 'damage' | 'death', reason: string): void {
    // One that has been taken over is missed by nobody but those who still waited, and they know.
    if (thread !== null && retired.delete(thread)) return
    if (serving?.thread === thread) serving = null
    if (opening?.thread === thread) opening = null
    const { trouble: known, tell } = decideTrouble(troubleOf(of), kind, uptimeMs())
    trouble = { of, known }
    if (!tell) return
    if (kind === 'damage') options.onDamage(reason)
    else options.onDeath(reason)
  }

  function tellLoans(): void {
    if (serving === null) return
    const telling = serving
    const loans = usableLoans()
    if (loans === telling.loans) return
    telling.loans = loans
    telling.thread.setOut(loans?.out ?? null, () => {
      telling.told = loans
    })
  }

  function settle(nowMs: number): void {
    if (trouble === null || serving?.of !== trouble.of || !servesWell(serving.sinceMs, nowMs)) return
    const { told, sinceMs } = trouble.known
    trouble = null
    if (told.includes('death')) options.onWell(serving.sinceMs - sinceMs)
  }

  return {
    /** Called again and again: time passes by it. */
    look,
    /** null: nothing is ready. */
    titles(): number | null {
      look()
      return serving?.titles ?? null
    },
    /** When the loans were told that searches go by. */
    loansAtMs: (): number | null => serving?.told?.asOfMs ?? null,
    /** @throws KioskError `not-ready` while nothing is, or when the thread is lost; `content-refused`; `rate-limited` when it gave way to newer ones */
    async ask<T>(question: SearchQuestion, schema: z.ZodType<T>, signal?: AbortSignal): Promise<T> {
      look()
      if (serving === null) throw new KioskError('not-ready', 'the catalogue is not there yet')
      return serving.thread.ask(question, schema, signal)
    },
    async close(): Promise<void> {
      closed = true
      await Promise.all(threads().map((thread) => thread.close()))
      serving = null
      opening = null
    },
  }
}
