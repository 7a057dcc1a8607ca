import { randomBytes, timingSafeEqual } from 'node:crypto'
import { argon2idAsync } from '@noble/hashes/argon2.js'

/**
 * OWASP's least for argon2id. A PIN of a few digits gives way to whoever has the disk, whatever the cost; this holds off the reader of a backup.
 * Not Node's own: the OpenSSL of Electron (BoringSSL) has none, and one way for both hosts is tested wherever one of them runs.
 */
const cost = { memoryKib: 19_456, passes: 2, lanes: 1 }
const keyBytes = 32
const phc = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{22,64})\$([A-Za-z0-9+/]{43})$/

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/=+$/, '')

function derive(pin: string, salt: Uint8Array, of: typeof cost): Promise<Uint8Array> {
  return argon2idAsync(pin, salt, { m: of.memoryKib, t: of.passes, p: of.lanes, dkLen: keyBytes })
}

/** A PHC string with a salt of its own. */
export async function hashPin(pin: string): Promise<string> {
  const salt = randomBytes(16)
  const { memoryKib, passes, lanes } = cost
  return `$argon2id$v=19$m=${memoryKib},t=${passes},p=${lanes}$${text(salt)}$${text(await derive(pin, salt, cost))}`
}

export const isPinHash = (hash: string): boolean => phc.test(hash)

/** Half a second. false also for what is no hash. */
export async function pinFits(pin: string, hash: string): Promise<boolean> {
  const [, memory, passes, lanes, salt, key] = phc.exec(hash) ?? []
  if (salt === undefined || key === undefined) return false
  const of = { memoryKib: Number(memory), passes: Number(passes), lanes: Number(lanes) }
  return timingSafeEqual(await derive(pin, Buffer.from(salt, 'base64'), of), Buffer.from(key, 'base64'))
}
