import { readFileSync } from 'node:fs'
import { TrustedMetadataStore } from 'tuf-js/dist/store.js'
import { z } from 'zod'
import { KioskError } from '../../../contract/error-codes.ts'
import { type ReleaseManifest, releaseManifestSchema, releasePaths } from '../../../contract/release.ts'
import { type HubFiles, sha256 } from './hub-files.ts'

const savedSchema = z.object({
  /** SHA-256 of the root that came with the enrolment: another enrolment begins anew. */
  anchor: z.string(),
  root: z.string(),
  timestamp: z.string().nullable(),
  etag: z.string().nullable(),
  snapshot: z.string().nullable(),
  targets: z.string().nullable(),
  release: z.string().nullable(),
})
type Saved = z.infer<typeof savedSchema>

export type TrustedRelease = { manifest: ReleaseManifest; sha256: string; anchor: string }

const rootMaxBytes = 512_000
const metadataMaxBytes = 64_000
const releaseMaxBytes = 64_000
const rootsAtOnce = 32

/**
 * The client's part of The Update Framework 1.0.31 §5, judged by tuf-js's store, fetched by us: so that the time that counts is the kiosk's
 * best, each refusal keeps its kind, and what is trusted is written in one step (tuf-js's own updater takes the machine's clock, hides
 * refusals in text and writes over its files).
 * @param save makes the text the content of `file`, whole or not at all
 * @returns the newest release, null when the hub has published none
 * @throws as `decideFailure` understands
 */
export async function refreshTrusted(
  hub: HubFiles,
  tufRoot: string,
  file: string,
  nowMs: number,
  save: (text: string) => Promise<void>,
): Promise<TrustedRelease | null> {
  const anchor = sha256(tufRoot)
  const saved = load(file, anchor, tufRoot)
  const before = JSON.stringify(saved)
  const fresh = await hub.getIfChanged(releasePaths.metadata('timestamp.json'), saved.etag, metadataMaxBytes)
  if (fresh.kind === 'none') return null

  const store = openStore(saved.root, nowMs)
  // §5.3: one root after the other, each signed by the one before. A new root comes with a new timestamp.
  if (fresh.kind === 'new') {
    for (let count = 0; count < rootsAtOnce; count += 1) {
      const name = `${store.root.signed.version + 1}.root.json`
      const bytes = await hub.get(releasePaths.metadata(name), rootMaxBytes)
      if (bytes === null) break
      store.updateRoot(bytes)
      saved.root = bytes.toString('utf8')
      await save(JSON.stringify({ ...saved, etag: null }))
    }
  }

  // §5.4: the former timestamp first, so that an older one is noticed.
  const known = saved.timestamp === null ? null : attempt(() => store.updateTimestamp(text(saved.timestamp)))
  if (fresh.kind === 'same' && known instanceof Error) throw known
  if (fresh.kind === 'new') {
    const result = attempt(() => store.updateTimestamp(fresh.bytes))
    if (!(result instanceof Error)) saved.timestamp = fresh.bytes.toString('utf8')
    else if (result.constructor.name !== 'EqualVersionError') throw result
    // §5.4.5; without the tag, for the rest is still to come.
    if (JSON.stringify({ ...saved, etag: null }) !== before) await save(JSON.stringify({ ...saved, etag: null }))
  }

  // §5.5, §5.6
  const snapshotFile = store.timestamp?.signed.snapshotMeta
  if (saved.snapshot === null || attempt(() => store.updateSnapshot(text(saved.snapshot), true)) instanceof Error) {
    const address = releasePaths.metadata(`${snapshotFile?.version ?? 0}.snapshot.json`)
    const bytes = await hub.need(address, snapshotFile?.length ?? metadataMaxBytes)
    store.updateSnapshot(bytes)
    saved.snapshot = bytes.toString('utf8')
  }
  const judgeTargets = (bytes: Buffer) => store.updateDelegatedTargets(bytes, 'targets', 'root')
  if (saved.targets === null || attempt(() => judgeTargets(text(saved.targets))) instanceof Error) {
    const meta = store.snapshot?.signed.meta['targets.json']
    const address = releasePaths.metadata(`${meta?.version ?? 0}.targets.json`)
    const bytes = await hub.need(address, meta?.length ?? metadataMaxBytes)
    judgeTargets(bytes)
    saved.targets = bytes.toString('utf8')
  }

  const target = store.targets?.signed.targets['release.json']
  const hash = target?.hashes.sha256
  if (target === undefined || hash === undefined)
    throw new KioskError('release-unreadable', 'no release.json is signed')
  const formerNumber = saved.release === null ? 0 : parse(saved.release).number
  if (saved.release === null || sha256(saved.release) !== hash) {
    const bytes = await hub.need(releasePaths.target(hash), Math.min(target.length, releaseMaxBytes))
    if (bytes.length < target.length) throw new KioskError('release-incomplete', 'release.json is cut off')
    if (sha256(bytes) !== hash) throw new KioskError('release-mixed', 'release.json is not the one that was signed')
    saved.release = bytes.toString('utf8')
  }
  const manifest = parse(saved.release)
  if (manifest.number < formerNumber) {
    throw new KioskError('release-rolled-back', `release ${manifest.number} after ${formerNumber}`)
  }
  if (fresh.kind === 'new') saved.etag = fresh.etag
  if (JSON.stringify(saved) !== before) await save(JSON.stringify(saved))
  return { manifest, sha256: hash, anchor }
}

function openStore(root: string, nowMs: number): TrustedMetadataStore {
  const store = new TrustedMetadataStore(text(root))
  // §5.1 "fixed update start time": the store takes the machine's clock and has no door for another; a test watches that this one works.
  Reflect.set(store, 'referenceTime', new Date(nowMs))
  return store
}

function load(file: string, anchor: string, tufRoot: string): Saved {
  try {
    const saved = savedSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
    if (saved.anchor === anchor) return saved
  } catch {
    // None yet, or damaged: trust begins again at the root that came with the enrolment.
  }
  return { anchor, root: tufRoot, timestamp: null, etag: null, snapshot: null, targets: null, release: null }
}

function parse(release: string): ReleaseManifest {
  try {
    return releaseManifestSchema.parse(JSON.parse(release))
  } catch (error) {
    throw new KioskError('release-unreadable', 'release.json cannot be read', {}, { cause: error })
  }
}

const text = (saved: string | null) => Buffer.from(saved ?? '', 'utf8')

function attempt(judge: () => unknown): Error | null {
  try {
    judge()
    return null
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}
