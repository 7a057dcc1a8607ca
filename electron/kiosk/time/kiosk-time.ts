import type { HealthCode, HealthEntry } from '../../../contract/health.ts'
import type { Clock } from '../clock.ts'
import { diskTrouble } from '../database/disk-trouble.ts'
import type { Moment, Outbox } from '../outbox/outbox.ts'
import { type ClockWatch, decideStandstill } from './decide-standstill.ts'
import { decideAnchor, decideJump, decideStamp, type Reading, type TimeState } from './decide-time.ts'

export type KioskTime = ReturnType<typeof createKioskTime>

type KioskTimeOptions = {
  clock: Clock
  /** Where the anchor is kept, beside the rows whose times hang on it. */
  use: <T>(work: (outbox: Outbox) => T) => T
  report: (code: HealthCode, level: HealthEntry['level'], detail: HealthEntry['detail']) => void
  onChange: () => void
  /** The uptime does not move: nothing in this process that waits by it will ever come. */
  onUptimeStopped: () => void
}

/** An answer slower than this says too little about the time. */
const usableRoundTripMs = 20_000

/** True time as well as it can be known; see decide-time.ts for the rules. */
export function createKioskTime({ clock, use, report, onChange, onUptimeStopped }: KioskTimeOptions) {
  let state: TimeState = use((outbox) => sameBootOnly(outbox.time(), clock))
  let unsaved = false
  let watched = read()
  const watches: Record<'uptime' | 'wall', ClockWatch | null> = { uptime: null, wall: null }

  function read(): Reading {
    return { bootId: clock.bootId, uptimeMs: Math.round(clock.uptimeMs()), wallMs: Math.round(clock.wallMs()) }
  }

  function momentOf(reading: Reading): Moment {
    const { stamp, base } = decideStamp(state, reading)
    if (base !== state.base) {
      state = { ...state, base }
      unsaved = true
    }
    return { ...stamp, bootId: reading.bootId, uptimeMs: reading.uptimeMs }
  }

  function anchored(): boolean {
    return state.anchor?.bootId === clock.bootId
  }

  /** Whether this clock has moved since the last look. One that stands for long is told, once. */
  function moves(which: 'uptime' | 'wall', ms: number): boolean {
    const { watch, standing, told } = decideStandstill(watches[which], ms, clock.timerMs())
    watches[which] = watch
    if (told) {
      report('clock-stopped', 'error', { clock: which })
      if (which === 'uptime') onUptimeStopped()
    }
    return !standing
  }

  /** Writes what is known; false while the disk refuses. The rows of this boot that were unsure are set right by the same commit. */
  function save(): boolean {
    if (!unsaved) return true
    try {
      const corrected = use((outbox) => outbox.saveTime(state))
      unsaved = false
      if (corrected > 0) report('clock-corrected', 'info', { events: corrected })
      return true
    } catch (error) {
      if (diskTrouble(error) === null) throw error
      return false
    }
  }

  return {
    read,
    momentOf,
    now: (): Moment => momentOf(read()),
    nowMs: (): number => momentOf(read()).atMs,

    /** What to keep with the next committed event, so that a guess after the next boot starts from here. */
    stateAfter(reading: Reading, moment: Moment): TimeState {
      if (moment.clock === 'synced') state = { ...state, last: { trueMs: moment.atMs, wallMs: reading.wallMs } }
      return state
    },

    /** The kiosk knows the hub's time in this boot, and every event of it says so. */
    anchored,
    settled: (): boolean => anchored() && save(),

    /** True time minus the machine's; null while the hub was never heard. */
    offsetMs(): number | null {
      if (state.last === null) return null
      const reading = read()
      return momentOf(reading).atMs - reading.wallMs
    },

    learn(answer: { hubTimeMs: number; roundTripMs: number }): void {
      const sample = { ...read(), ...answer }
      if (answer.roundTripMs > usableRoundTripMs || answer.roundTripMs < 0) return
      const { state: next, outcome, shiftMs } = decideAnchor(state, sample)
      if (outcome === 'kept') return
      state = next
      unsaved = true
      const noticeable = Math.abs(shiftMs) > 2_000
      if (noticeable) report('clock-corrected', outcome === 'moved' ? 'warning' : 'info', { shiftMs, outcome })
      save()
      if (noticeable || outcome === 'first') onChange()
    },

    /** Looks whether the machine's clocks go, and whether one was moved; to be called every few seconds. */
    check(): void {
      const reading = read()
      const running = [moves('uptime', reading.uptimeMs), moves('wall', reading.wallMs)]
      // What stands still has not jumped; when it moves again, the whole way is seen.
      if (running.includes(false)) {
        save()
        return
      }
      const jumpMs = decideJump(watched, reading)
      watched = reading
      if (jumpMs === 0) {
        save()
        return
      }
      if (anchored()) {
        state = { ...state, last: { trueMs: momentOf(reading).atMs, wallMs: reading.wallMs } }
        unsaved = true
      }
      report('clock-jumped', 'warning', { jumpMs })
      save()
      onChange()
    },
  }
}

/** An uptime that went back is another boot under the same id (a container, a restored machine): what was known of it holds no more. */
function sameBootOnly(known: TimeState, clock: Clock): TimeState {
  const wentBack = (since: { bootId: string; uptimeMs: number } | null) =>
    since !== null && since.bootId === clock.bootId && clock.uptimeMs() + 1_000 < since.uptimeMs
  return wentBack(known.anchor) || wentBack(known.base) ? { ...known, anchor: null, base: null } : known
}
