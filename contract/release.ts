import { z } from 'zod'

export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/)

/**
 * The one target that The Update Framework signs: `release.json`. Everything else of a release hangs on its hashes.
 * A menu's files are spread over `buckets` by the first bits of SHA-256(path), so that one changed file costs one bucket manifest, not the whole list.
 */
export const releaseManifestSchema = z.object({
  format: z.literal(1),
  /** 0 is the release that the program carries; published ones count from 1. */
  number: z.number().int().nonnegative(),
  publishedAtMs: z.number().int().nonnegative(),
  /** Lowest kiosk contract version that can show this content. */
  minimumContract: z.number().int().positive(),
  /** SHA-256 of each menu manifest, by menu id. */
  menus: z.record(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/), sha256Schema),
})
export type ReleaseManifest = z.infer<typeof releaseManifestSchema>

/** Spread of one menu's files: `buckets[n]` is the SHA-256 of the manifest of the files whose SHA-256(path) begins with the bits of n. */
export const menuManifestSchema = z
  .object({
    format: z.literal(1),
    menu: z.string(),
    /** 2^bits buckets. */
    bits: z.number().int().min(0).max(16),
    /** Empty string: no file there. */
    buckets: z.array(z.union([sha256Schema, z.literal('')])).min(1),
  })
  .refine((manifest) => manifest.buckets.length === 2 ** manifest.bits, 'not 2^bits buckets')
export type MenuManifest = z.infer<typeof menuManifestSchema>

/** Path within the menu, size in bytes, SHA-256: a tuple, for there are thousands of them on the wire. */
export const releaseEntrySchema = z.tuple([
  z
    .string()
    .max(200)
    .regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]*(?:\/[a-zA-Z0-9][a-zA-Z0-9._-]*)*$/),
  z.number().int().nonnegative(),
  sha256Schema,
])
export type ReleaseEntry = z.infer<typeof releaseEntrySchema>

/** A release as its reader keeps it: all files by menu. Release 0 lies in the program as this (`release.json`) beside its `blobs/`. */
export const releaseListingSchema = z.object({
  release: releaseManifestSchema,
  menus: z.record(z.string(), z.object({ bits: z.number().int().min(0).max(16), files: z.array(releaseEntrySchema) })),
})
export type ReleaseListing = z.infer<typeof releaseListingSchema>

/** Sorted by path. */
export const bucketManifestSchema = z.object({ format: z.literal(1), files: z.array(releaseEntrySchema) })
export type BucketManifest = z.infer<typeof bucketManifestSchema>

/**
 * A shortcut from one release to the next. It is not signed and need not be: what it leads to is put into manifests again,
 * and those must have the hashes that were signed. Where it is missing or wrong, the manifests are fetched instead.
 */
export const releaseStepSchema = z.object({
  format: z.literal(1),
  from: z.number().int().nonnegative(),
  to: z.number().int().positive(),
  /** Every menu of the later release; one that is not named here is gone. */
  menus: z.record(
    z.string(),
    z.object({
      bits: z.number().int().min(0).max(16),
      put: z.array(releaseEntrySchema),
      drop: z.array(z.string()),
      /** Places in `put` of the files that have much in common with their former version: a list of pieces is there for them. */
      pieced: z.array(z.number().int().nonnegative()),
    }),
  ),
})
export type ReleaseStep = z.infer<typeof releaseStepSchema>

/**
 * Where to cut a large file that has a predecessor, so that only its new pieces travel, as ranges of the blob: 40 bits of each piece's
 * SHA-256 and its length. Not signed either: the whole must have the file's own hash in the end.
 */
export const pieceListSchema = z.object({
  format: z.literal(1),
  averageBytes: z.number().int().min(256).max(1_048_576),
  pieces: z.array(z.tuple([z.string().regex(/^[0-9a-f]{10}$/), z.number().int().positive()])),
})
export type PieceList = z.infer<typeof pieceListSchema>

/** A piece's name in such a list, from its SHA-256. */
export const pieceName = (sha256: string) => sha256.slice(0, 10)

export type ReleaseSha256 = (data: Uint8Array | string) => string
export type BuiltManifest = { sha256: string; text: string }

/** Manifests of one menu from its entries. Both sides make them, so the same entries always give the same text. */
export function buildMenuManifests(
  menu: string,
  bits: number,
  entries: readonly ReleaseEntry[],
  sha256: ReleaseSha256,
): { manifest: BuiltManifest; buckets: BuiltManifest[] } {
  const built = (json: MenuManifest | BucketManifest): BuiltManifest => {
    const text = JSON.stringify(json)
    return { sha256: sha256(text), text }
  }
  const spread: ReleaseEntry[][] = Array.from({ length: 2 ** bits }, () => [])
  for (const entry of entries) spread[bucketOf(entry[0], bits, sha256)]?.push(entry)
  const buckets = spread.map((files) =>
    files.length === 0 ? null : built({ format: 1, files: files.sort((a, b) => (a[0] < b[0] ? -1 : 1)) }),
  )
  const manifest = built({ format: 1, menu, bits, buckets: buckets.map((bucket) => bucket?.sha256 ?? '') })
  return { manifest, buckets: buckets.filter((bucket) => bucket !== null) }
}

export function bucketOf(path: string, bits: number, sha256: ReleaseSha256): number {
  return bits === 0 ? 0 : Number.parseInt(sha256(path).slice(0, 8), 16) >>> (32 - bits)
}

/** Texts shrink to a quarter: the hub keeps them compressed too, and they travel by themselves rather than in a pack. */
export const shrinkingPath = /\.(?:json|geojson|csv|svg|txt|md|ics|vtt)$/

/** Addresses below the hub's `/releases/`; on its disk the same, so that any web server can serve the folder. */
export const releasePaths = {
  metadata: (name: string) => `metadata/${name}`,
  target: (sha256: string) => `targets/${sha256}.release.json`,
  manifest: (sha256: string) => `manifests/${sha256}`,
  step: (from: number, to: number) => `steps/${from}-${to}.json`,
  blob: (sha256: string) => `blobs/${sha256}`,
  /** Pieces of the blob of that hash. */
  pieces: (sha256: string) => `pieces/${sha256}`,
  /** All blobs of a bucket one behind the other, in the order of its manifest. Made on request by the hub; a plain file host has none. */
  pack: (bucketSha256: string) => `packs/${bucketSha256}`,
  /** All blobs that a step puts, in its order. Made on request too. */
  stepPack: (from: number, to: number) => `packs/${from}-${to}`,
}
