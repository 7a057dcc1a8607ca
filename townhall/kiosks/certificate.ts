import { createHash, createPrivateKey, randomBytes, webcrypto, X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { KioskError } from '../../contract/error-codes.ts'

export type Certificate = { certPem: string; keyPem: string }

const yearMs = 365.25 * 86_400_000
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

/** The hub's own certificate: made at first start, kept in `tls/`; `next` is prepared before it takes over, so that kiosks can learn to trust it first. */
export function certificateStore(dataDir: string) {
  const dir = join(dataDir, 'tls')
  const fileOf = (which: 'current' | 'next', kind: 'cert' | 'key') => join(dir, `${which}.${kind}.pem`)
  const read = (which: 'current' | 'next'): Certificate | null =>
    existsSync(fileOf(which, 'cert')) && existsSync(fileOf(which, 'key'))
      ? { certPem: readFileSync(fileOf(which, 'cert'), 'utf8'), keyPem: readFileSync(fileOf(which, 'key'), 'utf8') }
      : null

  async function make(which: 'current' | 'next', names: readonly string[], nowMs: number): Promise<Certificate> {
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    const made = await selfSigned(names, nowMs)
    writeFileSync(fileOf(which, 'key'), made.keyPem, { mode: 0o600 })
    writeFileSync(fileOf(which, 'cert'), made.certPem, { mode: 0o600 })
    return made
  }

  return {
    current: () => read('current'),
    next: () => read('next'),
    ensure: async (names: readonly string[], nowMs: number) => read('current') ?? make('current', names, nowMs),
    prepare: (names: readonly string[], nowMs: number) => make('next', names, nowMs),
    /** @returns false when nothing was prepared */
    activate(): boolean {
      if (read('next') === null) return false
      for (const kind of ['key', 'cert'] as const) renameSync(fileOf('next', kind), fileOf('current', kind))
      rmSync(fileOf('next', 'cert'), { force: true })
      return true
    },
  }
}

/** The certificate that the town gives. @throws KioskError `bad-config` when the two files are no certificate and its key */
export function readCertificate(certFile: string, keyFile: string): Certificate {
  const [certPem, keyPem] = [readFileSync(certFile, 'utf8'), readFileSync(keyFile, 'utf8')]
  const refuse = (file: string, why: string, cause?: unknown) =>
    new KioskError('bad-config', `${file} ${why}`, { file }, { cause })
  let certificate: X509Certificate
  try {
    certificate = new X509Certificate(certPem)
  } catch (error) {
    throw refuse(certFile, 'is no certificate in PEM form (-----BEGIN CERTIFICATE-----).', error)
  }
  let belongs: boolean
  try {
    belongs = certificate.checkPrivateKey(createPrivateKey(keyPem))
  } catch (error) {
    throw refuse(keyFile, 'is no private key in PEM form without a passphrase (-----BEGIN PRIVATE KEY-----).', error)
  }
  if (!belongs) throw refuse(keyFile, `is not the key of the certificate ${certFile}.`)
  return { certPem, keyPem }
}

async function selfSigned(names: readonly string[], nowMs: number): Promise<Certificate> {
  // Needed once in ten years; its loader wants the polyfill before it.
  await import('reflect-metadata')
  const x509 = await import('@peculiar/x509')
  x509.cryptoProvider.set('node', webcrypto)
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: randomBytes(16).toString('hex'),
    name: 'CN=memuro-kiosk-hub',
    notBefore: new Date(nowMs - 86_400_000),
    notAfter: new Date(nowMs + 10 * yearMs),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.SubjectAlternativeNameExtension(
        names.map((name) => ({ type: isIP(name) ? ('ip' as const) : ('dns' as const), value: name })),
      ),
      new x509.BasicConstraintsExtension(true, undefined, true),
    ],
  })
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64')
  return {
    certPem: certificate.toString('pem'),
    keyPem: `-----BEGIN PRIVATE KEY-----\n${pkcs8.match(/.{1,64}/g)?.join('\n')}\n-----END PRIVATE KEY-----\n`,
  }
}

/** SHA-256 of the DER, hex: what a kiosk pins. */
export function fingerprintOf(certPem: string): string {
  return createHash('sha256').update(new X509Certificate(certPem).raw).digest('hex')
}
