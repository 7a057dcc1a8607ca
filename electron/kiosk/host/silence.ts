import { decideHang } from './decide-hang.ts'
import { type ProcessState, readProcessState } from './process-state.ts'

export const silenceTickMs = 500
/** What one tick counts at most: when we ourselves were held up, or the machine slept, nobody else is to blame. */
const mostPerTickMs = 1_000

type Options = {
  uptimeMs: () => number
  /** Those that must run for an answer to come. */
  pids: () => readonly (number | undefined)[]
  read?: (pid: number) => ProcessState | null
}

/** How long something has said nothing, and whether it is to blame. `tick` is called every `silenceTickMs`. */
export function createSilence({ uptimeMs, pids, read = readProcessState }: Options) {
  let silentMs = 0
  let excusedMs: number | null = 0
  let lastMs = uptimeMs()
  let before = new Map<number, ProcessState>()

  function look(tickMs: number): void {
    const now = new Map<number, ProcessState>()
    let excuse: number | null = null
    for (const pid of pids()) {
      const state = pid === undefined ? null : read(pid)
      if (pid === undefined || state === null) continue
      now.set(pid, state)
      const waitedMs = state.waitedMs - (before.get(pid)?.waitedMs ?? state.waitedMs)
      excuse = Math.max(excuse ?? 0, state.waitsForDisk ? tickMs : Math.min(tickMs, waitedMs))
    }
    before = now
    excusedMs = excuse === null || excusedMs === null ? null : excusedMs + excuse
  }

  return {
    heard(): void {
      silentMs = 0
      excusedMs = 0
    },
    tick(): 'well' | 'hangs' {
      const tickMs = Math.min(mostPerTickMs, uptimeMs() - lastMs)
      lastMs = uptimeMs()
      silentMs += tickMs
      look(tickMs)
      return decideHang({ silentMs, excusedMs })
    },
  }
}
