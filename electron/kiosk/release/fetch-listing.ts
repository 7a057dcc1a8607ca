import { KioskError } from '../../../contract/error-codes.ts'
import {
  bucketManifestSchema,
  buildMenuManifests,
  menuManifestSchema,
  type ReleaseEntry,
  type ReleaseListing,
  type ReleaseManifest,
  type ReleaseStep,
  releasePaths,
  releaseStepSchema,
} from '../../../contract/release.ts'
import { atMostAtOnce } from './at-most-at-once.ts'
import { type HubFiles, sha256 } from './hub-files.ts'

const stepMaxBytes = 4_000_000
const manifestMaxBytes = 8_000_000
/** Beyond so many releases missed, the manifests are asked for at once. */
const stepsAtOnce = 8

/**
 * All files of a signed release. From a release already here by the lists of what changed since; without them by its manifests, of which
 * only those that changed are fetched. Either way every hash up to the signed one is right.
 */
export async function fetchListing(
  hub: HubFiles,
  release: ReleaseManifest,
  base: ReleaseListing | null,
): Promise<FetchedListing> {
  const stepped = base === null ? null : await bySteps(hub, release, base)
  return stepped ?? { listing: await byManifests(hub, release, base), steps: [] }
}

/** `steps` led there; none when it came by its manifests. */
export type FetchedListing = { listing: ReleaseListing; steps: ReleaseStep[] }

async function bySteps(hub: HubFiles, release: ReleaseManifest, base: ReleaseListing): Promise<FetchedListing | null> {
  const { number } = base.release
  if (number === 0 || number >= release.number || release.number - number > stepsAtOnce) return null
  const steps: ReleaseStep[] = []
  let menus = base.menus
  for (let from = number; from < release.number; from += 1) {
    const bytes = await hub.get(releasePaths.step(from, from + 1), stepMaxBytes)
    const step = releaseStepSchema.safeParse(bytes === null ? null : parseJson(bytes))
    if (!step.success || step.data.from !== from || step.data.to !== from + 1) return null
    steps.push(step.data)
    const next: ReleaseListing['menus'] = {}
    for (const [menu, { bits, put, drop }] of Object.entries(step.data.menus)) {
      const files = new Map(menus[menu]?.files.map((entry) => [entry[0], entry]))
      for (const path of drop) files.delete(path)
      for (const entry of put) files.set(entry[0], entry)
      next[menu] = { bits, files: [...files.values()] }
    }
    menus = next
  }
  return isSigned(release, menus) ? { listing: { release, menus }, steps } : null
}

function isSigned(release: ReleaseManifest, menus: ReleaseListing['menus']): boolean {
  const names = Object.keys(release.menus)
  return (
    names.length === Object.keys(menus).length &&
    names.every((menu) => {
      const built = menus[menu]
      if (built === undefined) return false
      return buildMenuManifests(menu, built.bits, built.files, sha256).manifest.sha256 === release.menus[menu]
    })
  )
}

async function byManifests(
  hub: HubFiles,
  release: ReleaseManifest,
  base: ReleaseListing | null,
): Promise<ReleaseListing> {
  const menus: ReleaseListing['menus'] = {}
  for (const [menu, hash] of Object.entries(release.menus)) {
    const old = base?.menus[menu]
    if (old !== undefined && base?.release.menus[menu] === hash) {
      menus[menu] = old
      continue
    }
    const manifest = menuManifestSchema.safeParse(parseJson(await needManifest(hub, hash)))
    if (!manifest.success) throw new KioskError('release-unreadable', `the manifest of ${menu} cannot be read`)
    if (manifest.data.menu !== menu) {
      throw new KioskError('release-mixed', `the manifest of ${manifest.data.menu} stands for ${menu}`)
    }
    const { bits, buckets } = manifest.data
    const known = new Map<string, ReleaseEntry[]>()
    for (const { sha256: bucket, text } of old ? buildMenuManifests(menu, bits, old.files, sha256).buckets : []) {
      known.set(bucket, bucketManifestSchema.parse(JSON.parse(text)).files)
    }
    const files: ReleaseEntry[][] = buckets.map((bucket) => known.get(bucket) ?? [])
    const missing = [...buckets.entries()].filter(([, bucket]) => bucket !== '' && !known.has(bucket))
    await atMostAtOnce(6, missing, async ([index, bucket]) => {
      const read = bucketManifestSchema.safeParse(parseJson(await needManifest(hub, bucket)))
      if (!read.success) throw new KioskError('release-unreadable', `a manifest of ${menu} cannot be read`)
      files[index] = read.data.files
    })
    menus[menu] = { bits, files: files.flat() }
  }
  return { release, menus }
}

async function needManifest(hub: HubFiles, hash: string): Promise<Buffer> {
  const bytes = await hub.need(releasePaths.manifest(hash), manifestMaxBytes)
  if (sha256(bytes) !== hash) throw new KioskError('release-mixed', `manifest ${hash} has another content`)
  return bytes
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return null
  }
}
