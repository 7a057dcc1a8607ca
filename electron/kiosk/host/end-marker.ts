import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { HealthCode, HealthEntry } from '../../../contract/health.ts'

type Options = {
  dataDir: string
  report: (code: HealthCode, level: HealthEntry['level'], detail: Record<string, string | number>) => void
}

/** A file that lies there while a host runs: one that finds it began after a kill, a crash or a power cut. */
export function createEndMarker({ dataDir, report }: Options) {
  const file = join(dataDir, 'host-runs')
  let unclean = false
  return {
    begin(): void {
      unclean = existsSync(file)
      try {
        mkdirSync(dataDir, { recursive: true, mode: 0o700 })
        writeFileSync(file, '')
      } catch {
        // A disk that takes nothing is told by the kiosk process; the next end is then taken for an orderly one.
      }
    },
    /** A visitor can use the screen: measured from the birth of this process. */
    usable(): void {
      if (!unclean) return
      unclean = false
      report('recovered', 'warning', { part: 'host', ms: Math.round(process.uptime() * 1_000), reason: 'unclean end' })
    },
    end(): void {
      try {
        rmSync(file, { force: true })
      } catch {
        // As above: at worst an orderly end is taken for another.
      }
    },
  }
}
