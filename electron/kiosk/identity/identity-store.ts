import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { chmodSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { KioskError } from '../../../contract/error-codes.ts'
import { readIfThere, writeDurably } from './durable-file.ts'

const pinSchema = z.object({ fingerprint: z.string().regex(/^[0-9a-f]{64}$/), pem: z.string() })
const hubFileSchema = z.object({
  hubUrl: z.url({ protocol: /^https?$/ }),
  hubId: z.string(),
  kioskId: z.string(),
  facilityId: z.string(),
  keyFile: z.string().regex(/^key-[A-Za-z0-9_-]{8,43}\.pem$/),
  /** Empty on plain loopback. */
  pins: z.array(pinSchema),
  enrolledAtMs: z.number(),
})
export type Pin = z.infer<typeof pinSchema>
type HubFile = z.infer<typeof hubFileSchema>
export type Identity = Omit<HubFile, 'keyFile'> & { privateKey: KeyObject; tufRoot: string }
export type KeyPair = { privateKey: KeyObject; publicKeyX: string }

/** Who this kiosk is, in `identity/` (0700): `hub.json` is written last and names its key, so that a half enrolment is none. */
export function createIdentityStore(folder: string) {
  const hubPath = join(folder, 'hub.json')
  const rootPath = join(folder, 'root.json')

  return {
    /** null: not enrolled. Throws `bad-config` when the files are there and cannot be used. */
    load(): Identity | null {
      const text = readIfThere(hubPath)
      if (text === null) return null
      try {
        const { keyFile, ...hub } = hubFileSchema.parse(JSON.parse(text))
        const keyPath = join(folder, keyFile)
        const key = readIfThere(keyPath)
        const tufRoot = readIfThere(rootPath)
        if (key === null || tufRoot === null) throw new Error(`${key === null ? keyFile : 'root.json'} is missing`)
        chmodSync(folder, 0o700)
        chmodSync(keyPath, 0o600)
        return { ...hub, privateKey: createPrivateKey(key), tufRoot }
      } catch (error) {
        const reason = error instanceof Error ? error.message : 'unreadable'
        throw new KioskError(
          'bad-config',
          `identity cannot be used: ${reason}`,
          { file: hubPath, reason },
          { cause: error },
        )
      }
    },

    /** A new Ed25519 pair. The private half is written by `save` and goes nowhere else. */
    makeKeyPair(): KeyPair {
      const { privateKey, publicKey } = generateKeyPairSync('ed25519')
      const { x } = publicKey.export({ format: 'jwk' })
      if (x === undefined) throw new KioskError('internal', 'an Ed25519 key without x')
      return { privateKey, publicKeyX: x }
    },

    save(keys: KeyPair, hub: Omit<HubFile, 'keyFile'>, tufRoot: string): Identity {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      chmodSync(folder, 0o700)
      const keyFile = `key-${keys.publicKeyX.slice(0, 16)}.pem`
      writeDurably(join(folder, keyFile), keys.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(), 0o600)
      writeDurably(rootPath, tufRoot, 0o600)
      writeDurably(hubPath, JSON.stringify({ ...hub, keyFile } satisfies HubFile, null, 2), 0o600)
      for (const name of readdirSync(folder)) {
        if (name.startsWith('key-') && name !== keyFile) rmSync(join(folder, name), { force: true })
      }
      return { ...hub, privateKey: keys.privateKey, tufRoot }
    },

    /** What may change while the kiosk stays who it is. */
    change(changed: Partial<Pick<HubFile, 'hubUrl' | 'pins'>>): void {
      const hub = hubFileSchema.parse(JSON.parse(readIfThere(hubPath) ?? 'null'))
      writeDurably(hubPath, JSON.stringify({ ...hub, ...changed } satisfies HubFile, null, 2), 0o600)
    },
  }
}
export type IdentityStore = ReturnType<typeof createIdentityStore>
