import { join } from 'node:path'
import { KioskError } from '../../../contract/error-codes.ts'
import { type ReleaseListing, releaseListingSchema } from '../../../contract/release.ts'
import { contractVersion } from '../../../contract/version.ts'
import { sha256 } from './hub-files.ts'
import { readIfThere } from './release-disk.ts'

export const contentFile = 'content.json'

/** Throws when this menu cannot show that content. */
export type CheckMenu = (menu: string, contentJson: unknown) => void

/**
 * What the menus of a release show, proved by hash and looked through by the menus themselves.
 * @throws KioskError `release-incomplete`, `content-refused`, `contract-mismatch`
 */
export function loadContents(
  listing: ReleaseListing,
  blobPath: (hash: string) => string,
  checkMenu: CheckMenu,
): Map<string, unknown> {
  const { minimumContract } = listing.release
  if (minimumContract > contractVersion) {
    throw new KioskError(
      'contract-mismatch',
      `the release wants contract ${minimumContract}, this program knows ${contractVersion}`,
    )
  }
  const contents = new Map<string, unknown>()
  for (const [menu, { files }] of Object.entries(listing.menus)) {
    const entry = files.find(([path]) => path === contentFile)
    const bytes = entry === undefined ? null : readIfThere(blobPath(entry[2]))
    if (bytes === null || sha256(bytes) !== entry?.[2]) {
      throw new KioskError('release-incomplete', `${contentFile} of ${menu} is missing or damaged`, { menu })
    }
    try {
      const json: unknown = JSON.parse(bytes.toString('utf8'))
      checkMenu(menu, json)
      contents.set(menu, json)
    } catch (error) {
      const reason = error instanceof Error ? error.message.slice(0, 200) : 'unreadable'
      throw new KioskError('content-refused', `${menu} cannot be shown: ${reason}`, { menu }, { cause: error })
    }
  }
  return contents
}

/** Blobs of contents that are there and are not what they should be. */
export function damagedContents(listing: ReleaseListing, blobPath: (hash: string) => string): string[] {
  return Object.values(listing.menus).flatMap(({ files }) => {
    const hash = files.find(([path]) => path === contentFile)?.[2]
    const bytes = hash === undefined ? null : readIfThere(blobPath(hash))
    return hash !== undefined && bytes !== null && sha256(bytes) !== hash ? [hash] : []
  })
}

export type Carried = { listing: ReleaseListing; contents: Map<string, unknown>; trouble: string | null }

const nothing: ReleaseListing = {
  release: { format: 1, number: 0, publishedAtMs: 0, minimumContract: 1, menus: {} },
  menus: {},
}

/** Release 0, which came with the program. Damaged or missing it is an empty one: no menu has content, nothing else fails. */
export function loadCarried(folder: string, checkMenu: CheckMenu): Carried {
  try {
    const bytes = readIfThere(join(folder, 'release.json'))
    if (bytes === null) throw new KioskError('not-found', 'the program carries no release')
    const listing = releaseListingSchema.parse(JSON.parse(bytes.toString('utf8')))
    return { listing, contents: loadContents(listing, (hash) => carriedBlob(folder, hash), checkMenu), trouble: null }
  } catch (error) {
    const trouble = error instanceof Error ? error.message.slice(0, 300) : 'unreadable'
    return { listing: nothing, contents: new Map(), trouble }
  }
}

export const carriedBlob = (folder: string, hash: string) => join(folder, 'blobs', hash)
