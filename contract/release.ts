import { z } from 'zod'

export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/)

/**
 * The one target that The Update Framework signs: `release.json`. Everything else of a release hangs on its hashes.
 * A menu's files are spread over `buckets` by the first bits of SHA-256(path), so that one changed file costs one bucket manifest, not the whole list.
 */
export const releaseManifestSchema = z.object({
  format: z.literal(1),
  number: z.number().int().positive(),
  publishedAtMs: z.number().int().nonnegative(),
  /** Lowest kiosk contract version that can show this content. */
  minimumContract: z.number().int().positive(),
  /** SHA-256 of each menu manifest, by menu id. */
  menus: z.record(z.string(), sha256Schema),
})
export type ReleaseManifest = z.infer<typeof releaseManifestSchema>
