import type { Clock } from '../clock.ts'
import { diskTrouble } from '../database/disk-trouble.ts'
import type { KioskLogEntry, Report } from '../health/health-log.ts'
import { decidePins } from '../hub/decide-pins.ts'
import type { HubConnection } from '../hub/hub-connection.ts'
import type { Storage } from '../storage.ts'
import type { KioskTime } from '../time/kiosk-time.ts'
import type { KioskTiming } from '../timing.ts'

type MembershipOptions = {
  storage: Storage
  connection: HubConnection
  clock: Clock
  time: KioskTime
  timing: KioskTiming
  fetchImpl: typeof fetch
  report: Report
  log: (entry: KioskLogEntry) => void
}

/** The kiosk's place among the hub's: it gets a name, its queue takes it, and it follows the hub's certificates. */
export function createMembership(options: MembershipOptions) {
  const { storage, connection, clock, time, timing, fetchImpl, report, log } = options
  const { identity, identities, floor } = storage

  /** The queue takes the kiosk's name. Until it has (false), nothing of it may be sent: its numbers would be those of another name. */
  function adoptName(): boolean {
    const kioskId = identity()?.kioskId
    if (kioskId === undefined) return true
    try {
      const { renumbered, mayBeKnown } = storage.outbox.use((outbox) => outbox.adopt(kioskId, floor.ever()))
      if (renumbered > 0) report('sequence-gap', 'warning', { kind: 'renumbered', kioskId, renumbered, mayBeKnown })
      return true
    } catch (error) {
      if (diskTrouble(error) === null) throw error
      return false
    }
  }

  return {
    adoptName,

    /** `whileQuiet` runs its work with nothing under way to the hub. */
    async enrol(
      input: { hubUrl: string; code: string },
      whileQuiet: (work: () => Promise<void>) => Promise<void>,
    ): Promise<{ kioskId: string }> {
      const { enrolKiosk } = await import('./enrol.ts')
      const admitted = await enrolKiosk({
        ...input,
        store: identities,
        fetchImpl,
        uptimeMs: clock.uptimeMs,
        onHubTime: time.learn,
        nowMs: time.nowMs,
        requestTimeoutMs: timing.requestTimeoutMs,
      })
      await whileQuiet(async () => {
        storage.setIdentity(admitted)
        adoptName()
        await connection.reset()
      })
      return { kioskId: admitted.kioskId }
    },

    rollPins(pem: readonly string[]): void {
      const known = identity()
      const pins = known === null ? null : decidePins(known.pins, pem, connection.shownFingerprint())
      if (known === null || pins === null) return
      identities.savePins(pins)
      storage.setIdentity({ ...known, pins })
      log({ atMs: time.nowMs(), level: 'info', code: 'hub-certificates-rolled', detail: { pins: pins.length } })
    },
  }
}
