import type { RecordAnswer } from '../../../contract/bridge.ts'
import { KioskError } from '../../../contract/error-codes.ts'
import type { FacilityConfig } from '../../../contract/facility-config.ts'
import type { MenuId } from '../../../contract/menu-ids.ts'
import { diskTrouble } from '../database/disk-trouble.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { Reading } from '../time/decide-time.ts'
import type { KioskTime } from '../time/kiosk-time.ts'
import { type Access, isSecondTouch, type LastOpening, sameAccessMs } from './decide-access.ts'

type UsageOptions = {
  config: FacilityConfig
  time: KioskTime
  use: <T>(work: (outbox: Outbox) => T) => T
  /** After a commit: there is something to send. */
  onCommitted: (lastSequence: number) => void
  onDiskRefused: (reason: string) => void
  onDiskTakesAgain: (heldAccesses: number) => void
}

type Held = { accessIds: string[]; menu: MenuId; reading: Reading }
const mostHeld = 10_000
const committedTogether = 500

/** Counts accesses. An answer `recorded` is on the disk; nothing here waits for the town hall. */
export function createUsageService(options: UsageOptions) {
  const { config, time, use, onCommitted, onDiskRefused, onDiskTakesAgain } = options
  const enabled = new Set(config.menus)
  const held: Held[] = []
  /** Alone in memory: a visit's id is never written down. */
  let openings: LastOpening[] = []
  let diskRefuses = false

  function record(access: Access): RecordAnswer {
    if (!enabled.has(access.menu)) {
      throw new KioskError('request-malformed', `menu ${access.menu} is not offered here`, { menu: access.menu })
    }
    if (held.some((waiting) => waiting.accessIds.includes(access.accessId))) {
      return { state: commitHeld() ? 'recorded' : 'held' }
    }
    if (use((outbox) => outbox.knowsAccess(access.accessId))) return { state: 'repeated' }
    const reading = time.read()
    if (isSecondTouch(access, reading.uptimeMs, openings)) return second(access)
    if (held.length >= mostHeld && !commitHeld()) {
      throw new KioskError('disk-full', 'no more accesses can be held in memory', { held: mostHeld })
    }
    const before = openings
    openings = openings.filter((opening) => reading.uptimeMs - opening.uptimeMs < sameAccessMs)
    openings.push({ visitId: access.visitId, menu: access.menu, uptimeMs: reading.uptimeMs })
    held.push({ accessIds: [access.accessId], menu: access.menu, reading })
    try {
      return { state: commitHeld() ? 'recorded' : 'held' }
    } catch (error) {
      // Not the disk's doing, and answered as a failure: asked again, it is a new access.
      held.pop()
      openings = before
      throw error
    }
  }

  /** The touch itself counts no more, but its id is kept: asked again later, it is still the same access. */
  function second(access: Access): RecordAnswer {
    const waiting = held.findLast((one) => one.menu === access.menu)
    if (waiting !== undefined) {
      waiting.accessIds.push(access.accessId)
      return { state: commitHeld() ? 'recorded' : 'held' }
    }
    try {
      use((outbox) => outbox.noteAccess(access.accessId))
    } catch (error) {
      if (diskTrouble(error) === null) throw error
    }
    return { state: 'repeated' }
  }

  /** Commits what waits, oldest first. false: the disk refuses and all that was not committed still waits. */
  function commitHeld(): boolean {
    let committed = 0
    while (held.length > 0) {
      const part = held.slice(0, committedTogether)
      const lastSequence = append(part)
      if (lastSequence === null) return false
      held.splice(0, part.length)
      committed += part.length
      onCommitted(lastSequence)
    }
    if (diskRefuses) onDiskTakesAgain(committed)
    diskRefuses = false
    return true
  }

  function append(part: readonly Held[]): number | null {
    const stamped = part.map(({ accessIds, menu, reading }) => ({ accessIds, menu, moment: time.momentOf(reading) }))
    const reading = part.at(-1)?.reading
    const moment = stamped.at(-1)?.moment
    try {
      const known = reading && moment ? time.stateAfter(reading, moment) : null
      return use((outbox) => outbox.appendUsage(stamped, known))
    } catch (error) {
      if (diskTrouble(error) === null) throw error
      if (!diskRefuses) onDiskRefused(error instanceof Error ? error.message : 'unknown')
      diskRefuses = true
      return null
    }
  }

  return { record, commitHeld, heldCount: (): number => held.length }
}
