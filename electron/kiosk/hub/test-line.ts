import type { LineTest } from '../../../contract/maintenance.ts'
import type { HubConnection } from './hub-connection.ts'

/** Asks the hub for its time now. */
export async function testLine(connection: HubConnection, uptimeMs: () => number): Promise<LineTest> {
  const hub = await connection.client()
  if (hub === null) return { outcome: 'not-enrolled', roundTripMs: null }
  const askedMs = uptimeMs()
  try {
    await hub.api.time()
    return { outcome: 'answers', roundTripMs: Math.max(0, Math.round(uptimeMs() - askedMs)) }
  } catch {
    return { outcome: 'unreachable', roundTripMs: null }
  }
}
