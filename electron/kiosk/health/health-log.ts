import type { HealthCode, HealthEntry } from '../../../contract/health.ts'
import { diskTrouble } from '../database/disk-trouble.ts'
import type { Moment, Outbox } from '../outbox/outbox.ts'
import { decideReport, type ReportMemory } from './decide-report.ts'

export type Report = (code: HealthCode, level: HealthEntry['level'], detail: HealthEntry['detail']) => void
export type KioskLogEntry = { atMs: number; level: HealthEntry['level']; code: string; detail: HealthEntry['detail'] }

type HealthLogOptions = {
  now: () => Moment
  use: <T>(work: (outbox: Outbox) => T) => T
  log: (entry: KioskLogEntry) => void
  onWritten: () => void
  /** For whoever stands before the machine. */
  note: (entry: Omit<HealthEntry, 'sequence'>) => void
}

/** While the disk refuses, or the town hall is away for long, so many are kept and no more. */
const mostWaiting = 200
const mostQueued = 10_000

/** What the kiosk says about itself: to the log on the spot, to the hub through the outbox. Never throws: it is called where something failed. */
export function createHealthLog({ now, use, log, onWritten, note }: HealthLogOptions) {
  let memory: ReportMemory = new Map()
  const waiting: (Omit<HealthEntry, 'sequence' | 'atMs'> & { moment: Moment })[] = []

  /** false: they still wait. */
  function write(): boolean {
    if (waiting.length === 0) return true
    try {
      use((outbox) => {
        if (outbox.state().healthDepth < mostQueued) outbox.appendHealth(waiting)
      })
    } catch (error) {
      if (diskTrouble(error) === null) {
        log({
          atMs: now().atMs,
          level: 'error',
          code: 'internal',
          detail: { at: 'health-log', error: messageOf(error) },
        })
      }
      waiting.splice(0, waiting.length - mostWaiting)
      return false
    }
    waiting.length = 0
    onWritten()
    return true
  }

  const report: Report = (code, level, detail) => {
    const moment = now()
    const { told, suppressedBefore, memory: next } = decideReport(memory, code, moment.uptimeMs)
    memory = next
    if (!told) return
    const said = suppressedBefore > 0 ? { ...detail, suppressedBefore } : detail
    log({ atMs: moment.atMs, level, code, detail: said })
    waiting.push({ moment, level, code, detail: shortened(said) })
    note({ atMs: moment.atMs, level, code, detail: shortened(said) })
    write()
  }

  return { report, write }
}

function shortened(detail: HealthEntry['detail']): HealthEntry['detail'] {
  return Object.fromEntries(
    Object.entries(detail).map(([key, value]) => [key, typeof value === 'string' ? value.slice(0, 500) : value]),
  )
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error)).slice(0, 300)
