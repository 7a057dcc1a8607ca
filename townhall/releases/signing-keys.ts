import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Key, Signature } from '@tufjs/models'

export type SigningKey = { tuf: Key; sign(bytes: Buffer): Signature }
const names = ['root', 'release', 'timestamp'] as const
export type SigningKeys = Record<(typeof names)[number], SigningKey | null>

/**
 * Ed25519 keys of The Update Framework's roles, made at first use, each a file of its own that only this user can read:
 * `root` signs who may sign (needed at first and at a change of keys; take `root.key.pem` away to a safe afterwards),
 * `release` signs targets and snapshot, `timestamp` says each day which release is the newest.
 */
export function signingKeys(dataDir: string): SigningKeys {
  const dir = join(dataDir, 'keys')
  const first = !existsSync(dir)
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const load = (name: (typeof names)[number]): SigningKey | null => {
    const file = join(dir, `${name}.key.pem`)
    if (!existsSync(file)) {
      // A key that is gone later was taken offline; a new one would sign nothing anybody trusts.
      if (!first) return null
      const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })
      writeFileSync(file, pem, { mode: 0o600, flag: 'wx' })
    }
    return signingKey(createPrivateKey(readFileSync(file)))
  }
  return { root: load('root'), release: load('release'), timestamp: load('timestamp') }
}

export function signingKey(privateKey: KeyObject): SigningKey {
  const { x = '' } = privateKey.export({ format: 'jwk' })
  const keyVal = { public: Buffer.from(x, 'base64url').toString('hex') }
  const keyID = createHash('sha256')
    .update(JSON.stringify({ keytype: 'ed25519', keyval: keyVal, scheme: 'ed25519' }))
    .digest('hex')
  return {
    tuf: new Key({ keyID, keyType: 'ed25519', scheme: 'ed25519', keyVal }),
    sign: (bytes) => new Signature({ keyID, sig: sign(null, bytes, privateKey).toString('hex') }),
  }
}
