import { join } from 'node:path'
import { buildMenuManifests, type ReleaseListing } from '../../contract/release.ts'
import { contractVersion } from '../../contract/version.ts'
import { sha256 } from './file-contents.ts'
import type { ReleaseFile } from './release-file.ts'
import { releaseSteps } from './release-steps.ts'
import { storeBlobs } from './release-store.ts'

/**
 * The release that a kiosk carries: `release.json` (a listing of all files) and `blobs/`. Without signatures, for it came with the program itself.
 */
export async function writeRelease0(files: readonly ReleaseFile[], dir: string): Promise<void> {
  const steps = releaseSteps()
  const stored = await storeBlobs(files, dir, steps)
  const listing: ReleaseListing = {
    release: { format: 1, number: 0, publishedAtMs: 0, minimumContract: contractVersion, menus: {} },
    menus: {},
  }
  for (const [menu, entries] of stored.menus) {
    listing.menus[menu] = { bits: 0, files: entries }
    listing.release.menus[menu] = buildMenuManifests(menu, 0, entries, sha256).manifest.sha256
  }
  steps.commitAndSync()
  steps.writeFile(join(dir, 'release.json'), Buffer.from(JSON.stringify(listing)))
  steps.commitAndSync()
}
