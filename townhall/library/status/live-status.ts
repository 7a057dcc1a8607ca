import type { Logger } from 'pino'
import type { LibraryRecord } from '../../../contract/library/record.ts'
import type { LibraryStatus, TitleStatus } from '../../../contract/menus/library.ts'
import type { StatusSource } from './status-source.ts'

/** A kiosk waits two seconds, the way there and back included. */
const patienceMs = 1_700
const mostKnown = 20_000
/** Whoever asked for more has long walked on. */
const mostWaiting = 200
const firstRestMs = 15_000
const longestRestMs = 300_000

type Parts = { source: StatusSource; nowMs: () => number; wait(ms: number): Promise<void>; log: Pick<Logger, 'warn'> }
export type LiveState = { toldAtMs: number | null; failure: { reason: string; atMs: number } | null }

/**
 * Loan status of what is on screens, remembered for a short while. One question at a time goes to the library's system; whoever asks
 * waits a moment for it, and what is not told by then comes with the next asking. A system that fails is left alone for a while.
 */
export function createLiveStatus({ source, nowMs, wait, log }: Parts) {
  const known = new Map<string, { status: TitleStatus; asOfMs: number }>()
  const waiting = new Map<string, LibraryRecord>()
  let asking: ReadonlySet<string> = new Set()
  const watchers = new Set<() => void>()
  let failures = 0
  let restUntilMs = 0
  let state: LiveState = { toldAtMs: null, failure: null }

  const youngerThan = (ms: number, id: string) => {
    const told = known.get(id)
    return told !== undefined && Math.abs(nowMs() - told.asOfMs) <= ms
  }
  const noticeAll = () => {
    for (const look of watchers) look()
  }

  function tell(statuses: readonly TitleStatus[]): void {
    const asOfMs = nowMs()
    for (const status of statuses) {
      known.delete(status.id)
      known.set(status.id, { status, asOfMs })
    }
    for (const id of known.keys()) {
      if (known.size <= mostKnown) break
      known.delete(id)
    }
    if (statuses.length > 0) state = { ...state, toldAtMs: asOfMs }
    noticeAll()
  }

  async function askAll(): Promise<void> {
    while (waiting.size > 0) {
      const records = [...waiting.values()].slice(0, source.most)
      asking = new Set(records.map(({ id }) => id))
      for (const id of asking) waiting.delete(id)
      const failed = await source.ask(records, tell).catch((error: unknown) => {
        log.warn({ err: error }, 'loan status: an answer could not be read')
        return { reason: '相手の答えを読めません。', waitMs: null }
      })
      asking = new Set()
      if (failed === null) {
        failures = 0
        state = { ...state, failure: null }
      } else {
        failures += 1
        const restMs = failed.waitMs ?? Math.min(longestRestMs, firstRestMs * 2 ** (failures - 1))
        restUntilMs = nowMs() + restMs
        state = { ...state, failure: { reason: failed.reason, atMs: nowMs() } }
        log.warn({ reason: failed.reason, restMs }, 'loan status: the library does not tell')
        waiting.clear()
      }
      noticeAll()
    }
    // In the same breath as the last look: whoever comes a moment later starts anew.
    running = false
  }

  let running = false
  function want(records: readonly LibraryRecord[]): void {
    const now = nowMs()
    // Also when the clock was put back meanwhile.
    if (now < restUntilMs && restUntilMs - now <= 3_600_000) return
    for (const record of records) {
      if (asking.has(record.id) || youngerThan(source.freshMs, record.id)) continue
      waiting.delete(record.id)
      waiting.set(record.id, record)
    }
    for (const id of waiting.keys()) {
      if (waiting.size <= mostWaiting) break
      waiting.delete(id)
    }
    if (running || waiting.size === 0) return
    running = true
    void askAll()
  }

  /** Until nothing of it is asked for any more. */
  async function answered(ids: readonly string[]): Promise<void> {
    let look = () => {}
    const done = new Promise<void>((resolve) => {
      look = () => {
        if (!ids.some((id) => waiting.has(id) || (asking.has(id) && !youngerThan(source.freshMs, id)))) resolve()
      }
    })
    watchers.add(look)
    look()
    await Promise.race([done, wait(patienceMs)])
    watchers.delete(look)
  }

  return {
    async status(records: readonly LibraryRecord[]): Promise<LibraryStatus> {
      want(records)
      await answered(records.map(({ id }) => id))
      const told = records.flatMap(({ id }) => (youngerThan(source.usefulMs, id) ? (known.get(id) ?? []) : []))
      return {
        asOfMs: told.length === 0 ? null : Math.min(...told.map(({ asOfMs }) => asOfMs)),
        titles: told.map(({ status }) => status),
      }
    },
    state: (): LiveState => state,
  }
}
export type LiveStatus = ReturnType<typeof createLiveStatus>
