import { X509Certificate } from 'node:crypto'
import type { Pin } from '../identity/identity-store.ts'

/**
 * The certificates that the hub may show now and next, as it says itself over the pinned line; null: nothing changes.
 * The one it shows at this moment is kept whatever it says, and an empty or unreadable list is not taken: a kiosk that pins the wrong thing
 * can be reached by nobody.
 */
export function decidePins(pinned: readonly Pin[], told: readonly string[], shown: string | null): Pin[] | null {
  if (pinned.length === 0 || told.length === 0 || told.length > 10) return null
  const next = pinned.filter((pin) => pin.fingerprint === shown)
  for (const pem of told) {
    const pin = readPin(pem)
    if (pin === null) return null
    if (!next.some((known) => known.fingerprint === pin.fingerprint)) next.push(pin)
  }
  const before = new Set(pinned.map((pin) => pin.fingerprint))
  const same = next.length === before.size && next.every((pin) => before.has(pin.fingerprint))
  return same ? null : next
}

function readPin(pem: string): Pin | null {
  try {
    const certificate = new X509Certificate(pem)
    return { fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(), pem: certificate.toString() }
  } catch {
    return null
  }
}
