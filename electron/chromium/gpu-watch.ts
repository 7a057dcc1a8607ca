import type { Recoveries } from '../kiosk/host/recoveries.ts'
import type { Drawn } from '../kiosk/host/screen-care.ts'
import type { BrowserProcesses } from './browser-processes.ts'

type Options = {
  processes: BrowserProcesses
  look: (limitMs: number) => Promise<Drawn>
  recoveries: Recoveries
}

const everyMs = 500
const refreshMs = 10_000
const lookLimitMs = 4_000

/** The browser begins its GPU process again by itself; this measures how long nothing was drawn. Returns how to end it. */
export function watchGpu({ processes, look, recoveries }: Options): () => void {
  let busy = false

  async function followLoss(): Promise<void> {
    recoveries.lost('gpu', 'the GPU process ended')
    await processes.refresh()
    const drawn = await look(lookLimitMs)
    if (drawn === 'changing') recoveries.back('gpu')
  }

  function tick(): void {
    const pid = processes.gpu()
    if (busy || pid === null || isThere(pid)) return
    busy = true
    followLoss()
      .catch(() => undefined)
      .finally(() => {
        busy = false
      })
  }

  const ticks = setInterval(tick, everyMs)
  const refreshes = setInterval(() => void processes.refresh().catch(() => undefined), refreshMs)
  void processes.refresh().catch(() => undefined)
  return () => {
    clearInterval(ticks)
    clearInterval(refreshes)
  }
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
