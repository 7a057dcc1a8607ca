import { X509Certificate } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { Identity, Pin } from '../identity/identity-store.ts'
import type { KioskTime } from '../time/kiosk-time.ts'
import type { KioskTiming } from '../timing.ts'
import type { HubClient } from './hub-client.ts'

type HubConnectionOptions = {
  identity: () => Identity | null
  /** For plain loopback. */
  fetchImpl: typeof fetch
  time: KioskTime
  clock: Clock
  timing: KioskTiming
}
export type HubConnection = ReturnType<typeof createHubConnection>

/** How to reach the hub under the present identity. What is heavy to load is loaded at the first use: a kiosk counts before it talks. */
export function createHubConnection({ identity, fetchImpl, time, clock, timing }: HubConnectionOptions) {
  let opened: Promise<HubClient & { fetch: typeof fetch }> | null = null

  async function open(known: Identity): Promise<HubClient & { fetch: typeof fetch }> {
    const [{ createHubClient }, { kioskToken }] = await Promise.all([
      import('./hub-client.ts'),
      import('../identity/token.ts'),
    ])
    const line = known.hubUrl.startsWith('https:') ? await openPinned() : { fetch: fetchImpl, close: async () => {} }
    const client = createHubClient({
      hubUrl: known.hubUrl,
      ...line,
      authorize: async ({ method, path }) =>
        path.endsWith('/kiosk/time') ? null : kioskToken({ ...known, method, path, nowMs: time.nowMs() }),
      uptimeMs: clock.uptimeMs,
      onHubTime: time.learn,
      requestTimeoutMs: timing.requestTimeoutMs,
    })
    return { ...client, fetch: line.fetch }
  }

  async function openPinned() {
    const { createPinnedFetch } = await import('./pinned-fetch.ts')
    return createPinnedFetch(
      (seen) => identity()?.pins.some((pin) => pin.fingerprint === seen.fingerprint) === true,
      timing.requestTimeoutMs,
    )
  }

  async function client(): Promise<(HubClient & { fetch: typeof fetch }) | null> {
    const known = identity()
    if (known === null) return null
    opened ??= open(known)
    return opened
  }

  return {
    client,

    /** For the release service: the pinned fetch without tokens; releases are signed and public. */
    source(): { baseUrl: string; fetch: typeof fetch; tufRoot: string } | null {
      const known = identity()
      if (known === null) return null
      const pinned: typeof fetch = async (input, init) => {
        const line = await client()
        if (line === null) throw new TypeError('fetch failed: not enrolled')
        return line.fetch(input, init)
      }
      return { baseUrl: known.hubUrl, fetch: pinned, tufRoot: known.tufRoot }
    },

    /** Ends all talk under the old identity. */
    async reset(): Promise<void> {
      const old = opened
      opened = null
      await (await old)?.close()
    },
  }
}

/**
 * The certificates that the hub may show now and next, as it says itself over the pinned line. An empty or unreadable list changes nothing:
 * a kiosk that pins nothing would be a kiosk that nobody can reach.
 */
export function decidePins(pinned: readonly Pin[], told: readonly string[]): Pin[] | null {
  if (told.length === 0 || told.length > 10 || pinned.length === 0) return null
  const next: Pin[] = []
  for (const pem of told) {
    try {
      const certificate = new X509Certificate(pem)
      const fingerprint = certificate.fingerprint256.replaceAll(':', '').toLowerCase()
      if (!next.some((pin) => pin.fingerprint === fingerprint)) next.push({ fingerprint, pem: certificate.toString() })
    } catch {
      return null
    }
  }
  const same = next.length === pinned.length && next.every((pin, at) => pin.fingerprint === pinned[at]?.fingerprint)
  return same ? null : next
}
