import type { Clock } from '../clock.ts'
import type { Identity } from '../identity/identity-store.ts'
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
  let shown: string | null = null
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
    return createPinnedFetch((seen) => {
      const pinned = identity()?.pins.some((pin) => pin.fingerprint === seen.fingerprint) === true
      if (pinned) shown = seen.fingerprint
      return pinned
    }, timing.requestTimeoutMs)
  }

  async function client(): Promise<(HubClient & { fetch: typeof fetch }) | null> {
    const known = identity()
    if (known === null) return null
    opened ??= open(known)
    return opened
  }

  return {
    client,

    /** Fingerprint of the certificate that the hub shows at present; null on plain loopback. */
    shownFingerprint: (): string | null => shown,

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
