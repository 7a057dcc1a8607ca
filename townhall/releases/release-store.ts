import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { KioskError } from '../../contract/error-codes.ts'
import {
  bucketManifestSchema,
  menuManifestSchema,
  type PieceList,
  pieceName,
  type ReleaseEntry,
  type ReleaseListing,
  type ReleaseManifest,
  releaseEntrySchema,
  releaseManifestSchema,
  releasePaths,
  shrinkingPath,
} from '../../contract/release.ts'
import { averagePieceBytes, cutPoints } from '../../contract/release-pieces.ts'
import { copyLarge, readAhead, sha256 } from './file-contents.ts'
import type { ReleaseFile } from './release-file.ts'
import type { ReleaseSteps } from './release-steps.ts'

export const releasesDir = (dataDir: string) => join(dataDir, 'releases')

export type StoredFiles = { menus: Map<string, ReleaseEntry[]>; sizeBytes: number }

const worthBelow = 0.9

/** A file and, where that is much smaller, the same compressed beside it, as any web server can serve it. */
export function putText(steps: ReleaseSteps, path: string, bytes: Uint8Array): void {
  const small = gzipSync(bytes, { level: 9 })
  if (small.length < bytes.length * worthBelow) steps.writeFile(`${path}.gz`, small)
  steps.writeFile(path, bytes)
}

export function isStored(path: string, sizeBytes: number): boolean {
  return statSync(path, { throwIfNoEntry: false })?.size === sizeBytes
}

/**
 * Lays all files into a content-addressed store under their SHA-256. What is there already is not written again.
 * @throws KioskError `content-refused` for a path that cannot travel or that comes twice
 */
export async function storeBlobs(
  files: readonly ReleaseFile[],
  dir: string,
  steps: ReleaseSteps,
  progress: (done: number, of: number) => void = () => {},
): Promise<StoredFiles> {
  const menus = new Map<string, ReleaseEntry[]>()
  const seen = new Set<string>()
  let sizeBytes = 0
  const contents = readAhead(files)
  for (const [index, file] of files.entries()) {
    const content = await contents(index)
    const entry = releaseEntrySchema.safeParse([file.path, content.sizeBytes, content.sha256])
    const name = `${file.menu}/${file.path}`
    if (!entry.success || seen.has(name)) {
      const reason = seen.has(name) ? '同じ名前のファイルが二つあります' : '使えない文字のある名前です'
      throw new KioskError('content-refused', `${name}: ${reason}`, { file: name })
    }
    seen.add(name)
    const path = join(dir, releasePaths.blob(content.sha256))
    if (!steps.isStaged(path) && !isStored(path, content.sizeBytes)) {
      const isText = shrinkingPath.test(file.path)
      if (content.bytes === null) await copyLarge(content, path, steps, { name, isText })
      else if (isText) putText(steps, path, content.bytes)
      else steps.writeFile(path, content.bytes)
    }
    sizeBytes += content.sizeBytes
    const list = menus.get(file.menu)
    if (list) list.push(entry.data)
    else menus.set(file.menu, [entry.data])
    progress(index + 1, files.length)
  }
  steps.commit()
  return { menus: new Map([...menus].sort(([a], [b]) => (a < b ? -1 : 1))), sizeBytes }
}

/** The cuts of a stored blob, for readers who have a former version of it. */
export function pieceListOf(bytes: Uint8Array, averageBytes = averagePieceBytes(bytes.length)): PieceList {
  let start = 0
  const pieces = cutPoints(bytes, averageBytes).map((end): [string, number] => {
    const piece = bytes.subarray(start, end)
    start = end
    return [pieceName(sha256(piece)), piece.length]
  })
  return { format: 1, averageBytes, pieces }
}

/** How many bytes of a file its former version has too, by the file's own cuts. */
export function sharedBytes(pieces: PieceList, former: Uint8Array): number {
  const known = new Set(pieceListOf(former, pieces.averageBytes).pieces.map(([name]) => name))
  return pieces.pieces.reduce((sum, [name, size]) => sum + (known.has(name) ? size : 0), 0)
}

/** The newest published release with all its files, as the signed metadata name it. */
export function readListing(dir: string, releaseJson: Uint8Array): ReleaseListing {
  const release: ReleaseManifest = releaseManifestSchema.parse(JSON.parse(Buffer.from(releaseJson).toString('utf8')))
  const read = (hash: string): unknown => JSON.parse(readFileSync(join(dir, releasePaths.manifest(hash)), 'utf8'))
  const menus: ReleaseListing['menus'] = {}
  for (const [menu, hash] of Object.entries(release.menus)) {
    const manifest = menuManifestSchema.parse(read(hash))
    const files = manifest.buckets.flatMap((bucket) =>
      bucket === '' ? [] : bucketManifestSchema.parse(read(bucket)).files,
    )
    menus[menu] = { bits: manifest.bits, files }
  }
  return { release, menus }
}
