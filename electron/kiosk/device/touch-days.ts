import { z } from 'zod'
import type { Report } from '../health/health-log.ts'
import { dayInTown } from '../opening/decide-opening.ts'
import { decideDay, type TouchDays } from './decide-silent-touch.ts'

type Options = {
  nowMs: () => number
  uptimeMs: () => number
  isOpen: () => boolean
  report: Report
  keep: { read: () => string | null; write: (text: string) => void }
}

const daysSchema = z.object({
  today: z.object({ day: z.string(), visits: z.number(), openMs: z.number() }).nullable(),
  usual: z.array(z.number()),
})

/** Numbers of days only: who touched, when in the day and what, is not in them. */
export function createTouchDays({ nowMs, uptimeMs, isOpen, report, keep }: Options) {
  let days: TouchDays = load()
  let visiting = false
  let written = days
  let lookedMs = uptimeMs()

  function load(): TouchDays {
    try {
      return daysSchema.parse(JSON.parse(keep.read() ?? ''))
    } catch {
      return { today: null, usual: [] }
    }
  }

  function turn(): void {
    const { days: next, silent } = decideDay(days, dayInTown(nowMs()))
    days = next
    if (silent !== null) report('touch-silent', 'warning', silent)
  }

  function add(more: { visits: number; openMs: number }): void {
    const { today } = days
    if (today === null) return
    const sum = { ...today, visits: today.visits + more.visits, openMs: today.openMs + more.openMs }
    days = { ...days, today: sum }
  }

  return {
    /** The screen says whether somebody is there. */
    said(someone: boolean): void {
      if (someone && !visiting) {
        turn()
        add({ visits: 1, openMs: 0 })
      }
      visiting = someone
    },
    look(): void {
      const passedMs = Math.max(0, uptimeMs() - lookedMs)
      lookedMs = uptimeMs()
      turn()
      if (passedMs > 0 && isOpen()) add({ visits: 0, openMs: passedMs })
      if (days === written) return
      keep.write(JSON.stringify(days))
      written = days
    },
  }
}
