import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Metadata, MetadataKind, MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp } from '@tufjs/models'
import { KioskError } from '../../contract/error-codes.ts'
import { releasePaths } from '../../contract/release.ts'
import type { ReleaseSteps } from './release-steps.ts'
import type { SigningKey, SigningKeys } from './signing-keys.ts'

const dayMs = 86_400_000
const yearMs = 365 * dayMs
/** A hub that is silent for longer is no longer believed to know the newest release. */
const timestampValidMs = 14 * dayMs
const targetsValidMs = yearMs
const rootValidMs = yearMs
/** What lasts a year is signed anew when less than this is left. */
const renewYearlyMs = 90 * dayMs
const specVersion = '1.0.31'

/** TUF wants times without milliseconds. */
const expiryAfter = (nowMs: number, validMs: number) => new Date(nowMs + validMs).toISOString().replace(/\.\d+Z$/, 'Z')
const bytesOf = (metadata: { toJSON(): unknown }) => Buffer.from(JSON.stringify(metadata.toJSON()))
const lengthAndHash = (version: number, bytes: Buffer) =>
  new MetaFile({ version, length: bytes.length, hashes: { sha256: createHash('sha256').update(bytes).digest('hex') } })
const leftMs = (signed: { expires: string }, nowMs: number) => Date.parse(signed.expires) - nowMs

/**
 * The signed metadata under `releases/metadata` (The Update Framework 1.0, consistent snapshots). Whoever writes holds the publish lock.
 * `timestamp.json` is the only file that is ever replaced: what it names is the newest release, everything else lies still.
 */
export function tufRepository(dir: string, keys: () => SigningKeys, steps: ReleaseSteps) {
  const at = (address: string) => join(dir, address)
  const metadataFile = (name: string) => at(releasePaths.metadata(name))
  const read = (name: string): unknown => JSON.parse(readFileSync(metadataFile(name), 'utf8'))
  const need = (name: keyof SigningKeys): SigningKey => {
    const key = keys()[name]
    if (key === null) {
      const message = `The key keys/${name}.key.pem is not on this machine. Put it back to sign, then take it away again.`
      throw new KioskError('not-found', message, { key: name })
    }
    return key
  }

  function newestRootVersion(): number {
    const names = existsSync(at('metadata')) ? readdirSync(at('metadata')) : []
    return Math.max(0, ...names.map((name) => Number(/^(\d+)\.root\.json$/.exec(name)?.[1] ?? 0)))
  }

  function writeRoot(signed: Root): void {
    const metadata = new Metadata(signed)
    const root = need('root')
    metadata.sign((bytes) => root.sign(bytes))
    steps.writeFile(metadataFile(`${signed.version}.root.json`), bytesOf(metadata))
    steps.commitAndSync()
  }

  /** The first root, which kiosks receive at enrolment. */
  function ensureRoot(nowMs: number): void {
    if (newestRootVersion() > 0) return
    const signed = new Root({
      version: 1,
      specVersion,
      expires: expiryAfter(nowMs, rootValidMs),
      consistentSnapshot: true,
    })
    signed.addKey(need('root').tuf, MetadataKind.Root)
    signed.addKey(need('release').tuf, MetadataKind.Targets)
    signed.addKey(need('release').tuf, MetadataKind.Snapshot)
    signed.addKey(need('timestamp').tuf, MetadataKind.Timestamp)
    writeRoot(signed)
  }

  /** What the timestamp names now, null before the first release. */
  function current() {
    if (!existsSync(metadataFile('timestamp.json'))) return null
    const timestamp = Metadata.fromJSON(MetadataKind.Timestamp, read('timestamp.json') as never).signed
    const snapshotFile = timestamp.snapshotMeta
    const snapshot = Metadata.fromJSON(
      MetadataKind.Snapshot,
      read(`${snapshotFile.version}.snapshot.json`) as never,
    ).signed
    const targetsVersion = snapshot.meta['targets.json']?.version ?? 0
    const targets = Metadata.fromJSON(MetadataKind.Targets, read(`${targetsVersion}.targets.json`) as never).signed
    const target = targets.targets['release.json']
    if (target === undefined) throw new KioskError('release-unreadable', 'the signed targets name no release.json')
    return { timestamp, snapshotFile, snapshot, targets, target }
  }

  function sign(signed: Targets | Snapshot | Timestamp, key: SigningKey): Buffer {
    const metadata = new Metadata(signed)
    metadata.sign((bytes) => key.sign(bytes))
    return bytesOf(metadata)
  }

  function writeTimestamp(version: number, snapshotMeta: MetaFile, nowMs: number): void {
    const expires = expiryAfter(nowMs, timestampValidMs)
    const bytes = sign(new Timestamp({ version, specVersion, expires, snapshotMeta }), need('timestamp'))
    // All that it names must be safe on the disk before it is.
    steps.commitAndSync()
    steps.writeFile(metadataFile('timestamp.json'), bytes)
    steps.commitAndSync()
  }

  function writeFrom(target: TargetFile, before: ReturnType<typeof current>, nowMs: number): void {
    const release = need('release')
    need('timestamp')
    const expires = expiryAfter(nowMs, targetsValidMs)
    const targetsVersion = (before?.targets.version ?? 0) + 1
    const targets = sign(
      new Targets({ version: targetsVersion, specVersion, expires, targets: { 'release.json': target } }),
      release,
    )
    steps.writeFile(metadataFile(`${targetsVersion}.targets.json`), targets)
    const version = (before?.snapshot.version ?? 0) + 1
    const meta = { 'targets.json': lengthAndHash(targetsVersion, targets) }
    const snapshot = sign(new Snapshot({ version, specVersion, expires, meta }), release)
    steps.writeFile(metadataFile(`${version}.snapshot.json`), snapshot)
    writeTimestamp((before?.timestamp.version ?? 0) + 1, lengthAndHash(version, snapshot), nowMs)
  }

  return {
    ensureRoot,
    rootText: () => readFileSync(metadataFile(`${newestRootVersion()}.root.json`), 'utf8'),

    /** The newest `release.json`, null before the first. */
    releaseJson(): Uint8Array | null {
      const now = current()
      return now === null ? null : readFileSync(at(releasePaths.target(now.target.hashes.sha256 ?? '')))
    },

    /** Signs `release.json` and then says that it is the newest. */
    publish(releaseJson: Uint8Array, nowMs: number): void {
      const hash = createHash('sha256').update(releaseJson).digest('hex')
      steps.writeFile(at(releasePaths.target(hash)), releaseJson)
      const target = new TargetFile({ path: 'release.json', length: releaseJson.length, hashes: { sha256: hash } })
      writeFrom(target, current(), nowMs)
    },

    /**
     * Signs anew what would run out: the timestamp daily, targets and snapshot in their last months, the root as well where its key is here.
     * @returns what was signed, and how long the root is still good
     */
    keepFresh(nowMs: number): { renewed: string[]; rootLeftMs: number } {
      const renewed: string[] = []
      const rootVersion = newestRootVersion()
      if (rootVersion === 0) return { renewed, rootLeftMs: rootValidMs }
      const root = Metadata.fromJSON(MetadataKind.Root, read(`${rootVersion}.root.json`) as never).signed
      if (leftMs(root, nowMs) < renewYearlyMs && keys().root !== null) {
        const { keys: trusted, roles, consistentSnapshot } = root
        const expires = expiryAfter(nowMs, rootValidMs)
        writeRoot(
          new Root({ version: rootVersion + 1, specVersion, expires, keys: trusted, roles, consistentSnapshot }),
        )
        renewed.push('root')
      }
      const now = current()
      if (now !== null) {
        const yearly = Math.min(leftMs(now.targets, nowMs), leftMs(now.snapshot, nowMs))
        if (yearly < renewYearlyMs && keys().release !== null) {
          writeFrom(now.target, now, nowMs)
          renewed.push('targets', 'snapshot', 'timestamp')
        } else if (leftMs(now.timestamp, nowMs) < timestampValidMs - dayMs || renewed.includes('root')) {
          writeTimestamp(now.timestamp.version + 1, now.snapshotFile, nowMs)
          renewed.push('timestamp')
        }
      }
      return { renewed, rootLeftMs: renewed.includes('root') ? rootValidMs : leftMs(root, nowMs) }
    },
  }
}
export type TufRepository = ReturnType<typeof tufRepository>
