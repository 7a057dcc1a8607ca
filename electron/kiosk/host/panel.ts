import { execFile } from 'node:child_process'

type Options = {
  environment: NodeJS.ProcessEnv
  log: (detail: Record<string, string | number>) => void
  onChange: (on: boolean) => void
}

const limitMs = 10_000
/** A visitor who has just gone may come back. */
const darkAfterMs = 120_000

/**
 * The panel's own light, by the commands that the machine names (`KIOSK_PANEL_OFF`, `KIOSK_PANEL_ON`); without them the screen is only dark.
 * On at once, off after a while.
 */
export function createPanel({ environment, log, onChange }: Options) {
  const { KIOSK_PANEL_OFF: off, KIOSK_PANEL_ON: on } = environment
  let isOn = true
  let quietSinceMs: number | null = null

  function turn(next: boolean, command: string): void {
    isOn = next
    if (next) onChange(true)
    execFile('/bin/sh', ['-c', command], { env: environment, timeout: limitMs }, (error) => {
      if (error) log({ command, reason: error.message.slice(0, 300) })
      else if (!next && !isOn) onChange(false)
    })
  }

  return {
    heard(uptimeMs: number, wanted: boolean): void {
      if (!off || !on) return
      if (wanted) {
        quietSinceMs = null
        if (!isOn) turn(true, on)
        return
      }
      quietSinceMs ??= uptimeMs
      if (isOn && uptimeMs - quietSinceMs >= darkAfterMs) turn(false, off)
    },
    /** The light is on again whatever comes after us. */
    leaveOn(): void {
      if (!isOn && on) turn(true, on)
    },
  }
}
