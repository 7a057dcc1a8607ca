import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { uptime } from 'node:os'

/**
 * The kiosk's two clocks. `wallMs` is the machine's UTC, which may jump; `uptimeMs` counts since boot, never jumps, and goes on
 * across restarts of the process as long as `bootId` stays the same.
 */
export type Clock = {
  wallMs(): number
  uptimeMs(): number
  /** What timers go by, from any beginning: it tells whether the other two stand still. */
  timerMs(): number
  bootId: string
}

/** Linux gives a boot id and a clock that counts sleep too. Elsewhere each process is a boot of its own: less is known, nothing wrong is said. */
export function systemClock(): Clock {
  const bootId = linuxBootId()
  const timerMs = () => performance.now()
  if (bootId !== null) return { wallMs: Date.now, uptimeMs: () => Math.round(uptime() * 1000), timerMs, bootId }
  return { wallMs: Date.now, uptimeMs: () => Math.round(timerMs()), timerMs, bootId: `process-${randomUUID()}` }
}

function linuxBootId(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return null
  }
}
