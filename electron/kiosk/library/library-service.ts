import type { Worker } from 'node:worker_threads'
import { z } from 'zod'
import { KioskError } from '../../../contract/error-codes.ts'
import type { InternetPolicy } from '../../../contract/internet-policy.ts'
import { type LibraryRecord, libraryRecordSchema } from '../../../contract/library/record.ts'
import {
  type LibraryAnswer,
  type LibraryContent,
  type LibraryCounts,
  type LibraryQuery,
  type LibraryStatus,
  type LibraryView,
  libraryAnswerSchema,
  libraryCountsSchema,
  type TitlePage,
  titlePageSchema,
} from '../../../contract/menus/library.ts'
import type { Report } from '../health/health-log.ts'
import type { HubClient } from '../hub/hub-client.ts'
import { askLoans } from './ask-loans.ts'
import { createCatalogueKeeper } from './catalogue-keeper.ts'
import { decideLoans, type KnownLoans } from './decide-loans.ts'
import { decideReserve } from './decide-reserve.ts'
import { createLoanMemory } from './loan-memory.ts'
import { startSearchWorker } from './thread/search-worker.ts'

type Options = {
  /** null: the release on screen has no such menu. */
  content: () => LibraryContent | null
  releaseNumber: () => number
  /** Where a file of the release lies; null while it is not there or not whole. */
  file: (hash: string) => string | null
  /** How often it was damaged there and taken away: what comes after it is opened anew, for whoever reads a file keeps the old one. */
  timesDamaged?: ((hash: string) => number) | undefined
  /** The search cannot use one of these. */
  onDamage?: ((hashes: readonly string[]) => void) | undefined
  /** null: not enrolled. */
  hub: () => Promise<{ api: Pick<HubClient['api'], 'libraryStatus' | 'libraryLoans'> } | null>
  connected: () => boolean
  nowMs: () => number
  uptimeMs: () => number
  report: Report
  /** The rules of the guarded browser; null: there is none here. */
  guardedPolicy?: (() => InternetPolicy | null) | undefined
  /** Another catalogue answers from now on. */
  onReady?: (() => void) | undefined
  /** In place of the kiosk's own, for a thread that fails as it is told. */
  startWorker?: (() => Worker) | undefined
}

/** Whoever stands there waits no longer for what is told beside. */
const statusPatienceMs = 2_000
const pageSchema = titlePageSchema.omit({ reserve: true }).nullable()
const textsSchema = z.array(z.string())
const recordsSchema = z.array(libraryRecordSchema)

/**
 * 図書検索: the search over the files of the release on screen, and what is known of loans. The search runs in a thread of its own: nothing
 * that is counted waits for it. While none is ready, every question is answered with `not-ready`.
 */
export function createLibraryService(options: Options) {
  const { content, releaseNumber, report } = options
  const memory = createLoanMemory()
  let loans: KnownLoans | null = null
  let loansMark: string | undefined
  let told: { content: LibraryContent; of: string } | null = null

  const keeper = createCatalogueKeeper({
    wanted() {
      const shown = content()
      if (shown === null) return null
      const { segments, covers } = shown
      if (told?.content !== shown)
        told = { content: shown, of: JSON.stringify([segments.map(({ blob }) => blob), covers]) }
      const damaged = segments.map(({ blob }) => options.timesDamaged?.(blob) ?? 0)
      return { of: `${told.of} ${damaged.join(' ')}`, covers, files: () => filesOf(shown) }
    },
    usableLoans: () => decideLoans(loans, options.nowMs()),
    uptimeMs: options.uptimeMs,
    startWorker: options.startWorker ?? startSearchWorker,
    onReady: () => options.onReady?.(),
    onDamage(reason) {
      report('release-refused', 'error', { release: releaseNumber(), menu: 'library', reason })
      options.onDamage?.(content()?.segments.map(({ blob }) => blob) ?? [])
    },
    onDeath: (reason) => report('library-failed', 'error', { release: releaseNumber(), reason }),
    onWell: (ms) => report('recovered', 'warning', { part: 'library', ms: Math.round(ms), reason: 'library-failed' }),
  })

  function filesOf({ segments }: LibraryContent): string[] | null {
    const there = segments.map(({ blob }) => options.file(blob)).filter((file) => file !== null)
    return there.length < segments.length ? null : there
  }

  async function status(ids: readonly string[], signal?: AbortSignal): Promise<LibraryStatus> {
    const records = await keeper.ask({ about: 'records', ids: [...ids] }, recordsSchema, signal)
    if (options.connected()) {
      const late = AbortSignal.timeout(statusPatienceMs)
      try {
        const hub = await options.hub()
        const told = await hub?.api.libraryStatus({ ids: [...ids] }, { signal: late })
        if (told !== undefined) memory.keep(told)
      } catch {
        // A library's system that is slow or away is no trouble of the kiosk's: what was last told stands, with its age.
      }
    }
    return memory.recall(records)
  }

  const reserveOf = (record: LibraryRecord) =>
    decideReserve(content()?.reserve ?? null, record, options.guardedPolicy?.() ?? null)

  return {
    view(): LibraryView {
      const shown = content()
      const titles = keeper.titles()
      return {
        releaseNumber: releaseNumber(),
        ready: titles !== null,
        titles: titles ?? 0,
        name: shown?.name ?? null,
        branches: shown?.branches ?? [],
        shelves: shown?.shelves ?? [],
        plans: shown?.plans ?? [],
        asOf: shown?.asOf ?? null,
        loansAtMs: keeper.loansAtMs(),
      }
    },
    search: (query: LibraryQuery, from: number, most: number, signal?: AbortSignal): Promise<LibraryAnswer> =>
      keeper.ask({ about: 'search', query, from, most }, libraryAnswerSchema, signal),
    counts: (query: LibraryQuery, signal?: AbortSignal): Promise<LibraryCounts> =>
      keeper.ask({ about: 'counts', query }, libraryCountsSchema, signal),
    suggest: (text: string, signal?: AbortSignal): Promise<string[]> =>
      keeper.ask({ about: 'suggest', text }, textsSchema, signal),
    /** @throws KioskError `not-found` too */
    async title(id: string, signal?: AbortSignal): Promise<TitlePage> {
      const page = await keeper.ask({ about: 'title', id }, pageSchema, signal)
      if (page === null) throw new KioskError('not-found', 'no such title')
      return { ...page, reserve: reserveOf(page.record) }
    },
    /** The library's page for reserving a title, when it may be opened in the guarded browser; else null. */
    async reservePage(id: string): Promise<string | null> {
      const [record] = await keeper.ask({ about: 'records', ids: [id] }, recordsSchema)
      const reserve = record ? reserveOf(record) : null
      return reserve?.here ? reserve.address : null
    },
    status,
    /** Opens what the release on screen has, and what was lost; called again and again. */
    look: keeper.look,
    /** Asks the hub for all loans; without it what was told last stands until it is too old. */
    async lookForLoans(): Promise<void> {
      if (content() === null || !options.connected()) return
      try {
        const hub = await options.hub()
        const told = hub ? await askLoans(hub.api, loansMark) : null
        if (told === null) return
        loans = told.loans
        loansMark = told.mark
      } catch {
        // The line is looked after elsewhere.
      }
    },
    close: keeper.close,
  }
}
export type LibraryService = ReturnType<typeof createLibraryService>
