import type { HealthCode, HealthEntry } from '../../../contract/health.ts'
import { decideMemory } from './decide-memory.ts'
import type { ScreenSigns } from './host-messages.ts'
import type { KioskHandle } from './kiosk-handle.ts'
import { machineMemory, usedMb } from './memory-use.ts'
import { createPanel } from './panel.ts'
import { createPlannedRestarts } from './planned-restarts.ts'
import type { Part } from './recoveries.ts'

type Options = {
  uptimeMs: () => number
  environment: NodeJS.ProcessEnv
  report: (code: HealthCode, level: HealthEntry['level'], detail: Record<string, string | number>) => void
  kiosk: () => KioskHandle | null
  /** All processes of the browser. */
  browserPids: () => readonly number[]
  restartScreen: (reason: string) => void
  /** What a panel without light draws is not judged. */
  onPanel: (on: boolean) => void
}

const memoryEveryMs = 30_000

/** What is done for the kiosk's health between visitors: restarts on purpose, and the panel's light by the facility's hours. */
export function createUpkeep(options: Options) {
  const { uptimeMs, report, kiosk } = options
  const panel = createPanel({
    environment: options.environment,
    log: (detail) => report('config-refused', 'warning', detail),
    onChange: options.onPanel,
  })
  const restarts = createPlannedRestarts({
    uptimeMs,
    want: (wanted) => kiosk()?.send({ ask: 'restart', wanted }),
    restart(part, reason) {
      report('planned-restart', 'info', { part, reason })
      restart(part, reason)
    },
  })
  const taken = new Set<Part>()
  let weighedMs = uptimeMs()

  function weigh(): void {
    const pid = kiosk()?.pid
    const kioskMb = pid === undefined ? 0 : usedMb([pid])
    const verdict = decideMemory({ kioskMb, browserMb: usedMb(options.browserPids()), ...machineMemory() })
    if (verdict === null) return
    report('memory-high', verdict.when === 'now' ? 'error' : 'warning', { part: verdict.part, usedMb: verdict.usedMb })
    if (verdict.when === 'between-visitors') restarts.plan(verdict.part, 'memory')
    else restart(verdict.part, 'memory')
  }

  function restart(part: 'screen' | 'kiosk-process', reason: string): void {
    taken.add(part)
    if (part === 'screen') options.restartScreen(reason)
    else void kiosk()?.end()
  }

  /** Staff at the service screen want both anew. */
  function restartByStaff(): void {
    for (const part of ['kiosk-process', 'screen'] as const) {
      report('planned-restart', 'info', { part, reason: 'staff' })
      restart(part, 'staff')
    }
  }

  return {
    plan: restarts.plan,
    restartByStaff,
    /** Whether this part ended because we ended it: no fault to be told. Asked once for each end. */
    tookDown: (part: Part): boolean => taken.delete(part),
    heard(signs: ScreenSigns): void {
      panel.heard(uptimeMs(), signs.open || signs.visiting)
      restarts.heard(signs)
      if (uptimeMs() - weighedMs < memoryEveryMs) return
      weighedMs = uptimeMs()
      weigh()
    },
    end: panel.leaveOn,
  }
}
