import { readFile, stat } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import type { LibraryOfHub } from '../../contract/library/hub-view.ts'
import type { Holding } from '../../contract/library/record.ts'
import type { LibraryStatus } from '../../contract/menus/library.ts'
import type { HubContext } from '../context.ts'
import { createSettings } from '../settings-repository.ts'
import type { Outside } from './ask-safely.ts'
import { createCatalogueRepository } from './catalogue-repository.ts'
import { decideStatus, unknownStatus } from './decide-status.ts'
import { inParts } from './in-parts.ts'
import { type Loans, readLoans } from './read-loans.ts'
import { askSource } from './status/ask-source.ts'
import { createLiveStatus, type LiveStatus } from './status/live-status.ts'
import { type LoanSource, readLoanSource } from './status/loan-source.ts'

/** A file written so lately may still be growing. */
const settledMs = 2_000
/** What is older says nothing of now. */
const usefulMs = 24 * 3_600_000
/** A kiosk takes no answer above 8 MiB. */
const mostPartBytes = 2_097_152

type LoansAsked = { since?: number | undefined; mark?: string | undefined; part?: number | undefined }
type LoansTold = { asOfMs: number | null; unchanged: boolean; out: string[]; mark?: string; next?: number }
type Known = { file: string; loans: Loans; asOfMs: number }
type Calls = Pick<Outside, 'fetch' | 'wait'>
const realCalls: Calls = { fetch, wait: (ms) => setTimeout(ms, undefined, { ref: false }) }

/**
 * What is out: from the list that the library's system drops, read when asked for and only where it is another than before; or from a
 * system that is asked for the titles on screen.
 */
export function createLoanService(
  context: Pick<HubContext, 'db' | 'clock' | 'log' | 'dataDir'>,
  calls: Calls = realCalls,
) {
  const catalogue = createCatalogueRepository(context.db)
  const settings = createSettings(context.db)
  let known: Known | null = null
  let refusedMs: number | null = null
  let fileGoneAtMs: number | null = null
  let titles: { revision: number; holdings: ReadonlyMap<string, readonly Holding[]> } | null = null
  let out: { mark: string; ids: string[]; parts: string[][] } | null = null
  let live: { of: string; status: LiveStatus } | null = null
  const closing = new AbortController()

  /** The same as before while the setting is. */
  function asked(source: Exclude<LoanSource, { kind: 'file' }>): LiveStatus {
    const of = JSON.stringify(source)
    if (live?.of !== of) {
      const { nowMs } = context.clock
      const outside = { ...calls, signal: closing.signal }
      const system = askSource(source, { outside, dataDir: context.dataDir, nowMs })
      live = { of, status: createLiveStatus({ source: system, nowMs, wait: calls.wait, log: context.log }) }
    }
    return live.status
  }

  async function current(source: LoanSource | null): Promise<Known | null> {
    if (source?.kind !== 'file') return null
    const { file } = source
    if (known?.file !== file) known = null
    const nowMs = context.clock.nowMs()
    try {
      const writtenMs = Math.trunc((await stat(file)).mtimeMs)
      fileGoneAtMs = null
      if (writtenMs !== known?.asOfMs && writtenMs !== refusedMs && nowMs - writtenMs >= settledMs) {
        const loans = readLoans(await readFile(file))
        if (loans !== null) known = { file, loans, asOfMs: writtenMs }
        else {
          refusedMs = writtenMs
          context.log.warn({ file }, 'the list of loans has no columns 資料番号 and 状態')
        }
      }
    } catch {
      // The library's system puts it there anew, or its line is cut: what was known keeps its age.
      fileGoneAtMs ??= nowMs
    }
    return known !== null && nowMs - known.asOfMs <= usefulMs ? known : null
  }

  async function allHoldings() {
    const revision = await catalogue.revision()
    if (titles?.revision === revision) return titles
    const holdings = new Map<string, readonly Holding[]>()
    for await (const { id, record } of catalogue.all(revision)) holdings.set(id, record.holdings)
    titles = { revision, holdings }
    return titles
  }

  return {
    async status(ids: readonly string[]): Promise<LibraryStatus> {
      const source = await readLoanSource(settings)
      if (source !== null && source.kind !== 'file')
        return asked(source).status([...(await catalogue.byIds(ids)).values()])
      const now = await current(source)
      if (now === null) return { asOfMs: null, titles: ids.map(unknownStatus) }
      const records = await catalogue.byIds(ids)
      return {
        asOfMs: now.asOfMs,
        titles: ids.map((id) => decideStatus(id, records.get(id)?.holdings ?? [], now.loans)),
      }
    },
    async loans({ since, mark: had, part }: LoansAsked): Promise<LoansTold> {
      const now = await current(await readLoanSource(settings))
      if (now === null) return { asOfMs: null, unchanged: false, out: [] }
      const { asOfMs } = now
      // The same loans of another catalogue are others.
      const mark = `${asOfMs} ${await catalogue.revision()}`
      if (had === undefined ? since === asOfMs : had === mark) return { asOfMs, unchanged: true, out: [], mark }
      if (out?.mark !== mark) {
        const { revision, holdings } = await allHoldings()
        const ids = [...holdings]
          .filter(([id, held]) => ['out', 'reading-room'].includes(decideStatus(id, held, now.loans).state))
          .map(([id]) => id)
          // A kiosk looks each up in a table of this order: neighbours lie together there.
          .sort()
        out = { mark: `${asOfMs} ${revision}`, ids, parts: inParts(ids, mostPartBytes) }
      }
      if (part === undefined) return { asOfMs, unchanged: false, out: out.ids, mark: out.mark }
      const next = part + 1 < out.parts.length ? { next: part + 1 } : {}
      return { asOfMs, unchanged: false, out: out.parts[part] ?? [], mark: out.mark, ...next }
    },
    /** Where it comes from, when that last told something, and what is wrong with it. */
    async state(): Promise<LibraryOfHub['loans']> {
      const source = await readLoanSource(settings)
      if (source === null) return { kind: 'none', toldAtMs: null, failure: null }
      if (source.kind !== 'file') return { kind: source.kind, ...asked(source).state() }
      const toldAtMs = (await current(source))?.asOfMs ?? null
      const refused = refusedMs !== null && refusedMs > (known?.asOfMs ?? 0)
      const failure =
        fileGoneAtMs !== null
          ? { reason: '貸出の一覧のファイルが開けません。', atMs: fileGoneAtMs }
          : refused && refusedMs !== null
            ? { reason: '貸出の一覧に「資料番号」と「状態」の列がありません。', atMs: refusedMs }
            : null
      return { kind: 'file', toldAtMs, failure }
    },
    /** Questions under way end. */
    close: (): void => closing.abort(),
  }
}
export type LoanService = ReturnType<typeof createLoanService>
