import { readFileSync } from 'node:fs'
import type { Report } from '../health/health-log.ts'
import { decidePanel, type PanelMemory, touchPanels } from './decide-touch-panel.ts'

type Options = {
  /** As Linux writes it; where there is no such file nothing is known, and nothing is said. */
  devicesFile: string
  report: Report
  uptimeMs: () => number
  keep: { read: () => string | null; write: (text: string) => void }
}

/** Looks whether the touch panel is still plugged in. */
export function createTouchPanel({ devicesFile, report, uptimeMs, keep }: Options) {
  let memory: PanelMemory = { known: keep.read(), lost: false }
  let lostMs = 0
  return {
    look(): void {
      const text = read(devicesFile)
      if (text === null) return
      const { known } = memory
      const decided = decidePanel(memory, touchPanels(text))
      memory = decided.memory
      if (memory.known !== null && memory.known !== known) keep.write(memory.known)
      if (decided.change === null) return
      const { told, panel } = decided.change
      if (told === 'input-back') report(told, 'info', { panel, ms: Math.round(uptimeMs() - lostMs) })
      else {
        lostMs = uptimeMs()
        report(told, 'error', { panel })
      }
    },
  }
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
