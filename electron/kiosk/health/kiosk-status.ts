import type { KioskStatus } from '../../../contract/health.ts'
import { contractVersion, softwareVersion } from '../../../contract/version.ts'
import type { Clock } from '../clock.ts'
import { freeDiskBytes } from '../device/free-disk.ts'
import type { Outbox } from '../outbox/outbox.ts'

type Options = {
  host: KioskStatus['host']
  dataDir: string
  clock: Clock
  releaseNumber: () => number
  use: <T>(work: (outbox: Outbox) => T) => T
  heldAccesses: () => number
  clockOffsetMs: () => number | null
  screenAlive: () => boolean
  internet: () => Pick<KioskStatus, 'internet' | 'internetTurn'>
}

/** How the kiosk is, as it tells the hub; the uptime counts from now. */
export function createKioskStatus(options: Options): () => KioskStatus {
  const { host, dataDir, clock } = options
  const startedAtMs = clock.uptimeMs()
  return () => {
    const { lastSequence, depth, oldestAtMs } = options.use((outbox) => outbox.state())
    return {
      softwareVersion,
      contractVersion,
      host,
      releaseNumber: options.releaseNumber(),
      lastSequence,
      outboxDepth: depth + options.heldAccesses(),
      oldestUnsentAtMs: oldestAtMs,
      clockOffsetMs: options.clockOffsetMs(),
      freeDiskBytes: freeDiskBytes(dataDir),
      uptimeMs: Math.max(0, Math.round(clock.uptimeMs() - startedAtMs)),
      screenAlive: options.screenAlive(),
      ...options.internet(),
    }
  }
}
