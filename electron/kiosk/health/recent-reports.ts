import { z } from 'zod'
import { type RecentReport, recentReportSchema } from '../../../contract/maintenance.ts'

const most = 30

/** Warnings and errors of late, for whoever stands before the machine: the hub's copy leaves the queue as soon as it has arrived there. */
export function createRecentReports(keep: { read: () => string | null; write: (text: string) => void }) {
  let recent: RecentReport[] = load()

  function load(): RecentReport[] {
    try {
      return z.array(recentReportSchema).parse(JSON.parse(keep.read() ?? '[]'))
    } catch {
      return []
    }
  }

  return {
    /** The newest first. */
    list: (): RecentReport[] => recent,
    note(entry: RecentReport): void {
      if (entry.level === 'info') return
      recent = [entry, ...recent].slice(0, most)
      keep.write(JSON.stringify(recent))
    },
  }
}
