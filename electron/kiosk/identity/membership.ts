import { KioskError } from '../../../contract/error-codes.ts'
import type { Clock } from '../clock.ts'
import { diskTrouble } from '../database/disk-trouble.ts'
import type { KioskLogEntry, Report } from '../health/health-log.ts'
import { decidePins } from '../hub/decide-pins.ts'
import { readHubUrl } from '../hub/hub-address.ts'
import { createHubConnection, type HubConnection } from '../hub/hub-connection.ts'
import { judgeFailure } from '../hub/hub-failure.ts'
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

/** `not-our-hub`: whoever answers there has another certificate, or refuses the token that only our hub takes. */
export type HubMove = 'same' | 'moved' | 'unreachable' | 'not-our-hub'

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

    /**
     * The hub may have moved to another address or port; it must still be the hub of the enrolment. Over https the pinned certificate shows it.
     * On plain loopback it is the answer to a token made out to that hub's id alone; a kiosk that has a pin never goes back to plain http.
     */
    async moveHub(typed: string): Promise<HubMove> {
      const hubUrl = readHubUrl(typed)
      const known = identity()
      if (known === null) throw new KioskError('bad-arguments', 'a kiosk that is not enrolled has no hub to move')
      if (hubUrl === known.hubUrl) return 'same'
      if (known.pins.length > 0 && hubUrl.startsWith('http:')) return 'not-our-hub'
      const moved = { ...known, hubUrl }
      const there = createHubConnection({ identity: () => moved, fetchImpl, time, clock, timing })
      try {
        const hub = await there.client()
        await hub?.api.time()
        await hub?.api.certificates()
      } catch (error) {
        const { kind } = judgeFailure(error)
        return kind === 'offline' || kind === 'busy' ? 'unreachable' : 'not-our-hub'
      } finally {
        await there.reset()
      }
      identities.change({ hubUrl })
      storage.setIdentity({ ...moved, pins: identity()?.pins ?? known.pins })
      await connection.reset()
      return 'moved'
    },

    rollPins(pem: readonly string[]): void {
      const known = identity()
      const pins = known === null ? null : decidePins(known.pins, pem, connection.shownFingerprint())
      if (known === null || pins === null) return
      identities.change({ pins: [...pins] })
      storage.setIdentity({ ...known, pins })
      log({ atMs: time.nowMs(), level: 'info', code: 'hub-certificates-rolled', detail: { pins: pins.length } })
    },
  }
}
