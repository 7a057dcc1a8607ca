import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { KioskError } from '../../contract/error-codes.ts'
import type { ReleaseFile } from './release-file.ts'
import type { ReleaseSteps } from './release-steps.ts'

export const sha256 = (data: Uint8Array | string) => createHash('sha256').update(data).digest('hex')

/** Larger files are never in memory in whole: the search file of a million books has 853 MiB. */
const wholeUpToBytes = 4 * 1_048_576
const filesAhead = 8
const copyAtOnceBytes = 1_048_576

type Large = { sizeBytes: number; sha256: string; bytes: null; file: string }
export type FileContent = { sizeBytes: number; sha256: string; bytes: Uint8Array } | Large

/** The contents of the files, asked for in order; the next few are read while one is written. */
export function readAhead(files: readonly ReleaseFile[]): (index: number) => Promise<FileContent> {
  const reading = new Map<number, Promise<FileContent>>()
  const read = (index: number) => {
    const file = files[index]
    if (file === undefined || reading.has(index)) return
    const content = contentOf(file)
    // One that fails is told when its turn comes.
    content.catch(() => undefined)
    reading.set(index, content)
  }
  return async (index) => {
    for (let ahead = index; ahead <= index + filesAhead; ahead += 1) read(ahead)
    const content = reading.get(index)
    reading.delete(index)
    if (content === undefined) throw new Error(`there is no file ${index}`)
    return content
  }
}

async function contentOf(source: ReleaseFile): Promise<FileContent> {
  if ('bytes' in source) return held(source.bytes)
  const { size } = await stat(source.file)
  if (size <= wholeUpToBytes) return held(await readFile(source.file))
  return { ...(await hashed(source.file, size, source.sha256)), bytes: null, file: source.file }
}

async function hashed(file: string, size: number, known?: string): Promise<{ sizeBytes: number; sha256: string }> {
  if (known !== undefined) return { sizeBytes: size, sha256: known }
  const digest = createHash('sha256')
  let sizeBytes = 0
  for await (const part of createReadStream(file)) {
    digest.update(part)
    sizeBytes += part.length
  }
  return { sizeBytes, sha256: digest.digest('hex') }
}

const held = (bytes: Uint8Array): FileContent => ({ sizeBytes: bytes.length, sha256: sha256(bytes), bytes })

/**
 * Copies a large file to its place, a text compressed beside it too.
 * @throws KioskError `content-refused` when it is no longer what it was when its name was made from it
 */
export async function copyLarge(
  large: Large,
  path: string,
  steps: ReleaseSteps,
  { name, isText }: { name: string; isText: boolean },
): Promise<void> {
  const digest = createHash('sha256')
  async function* parts() {
    for await (const part of createReadStream(large.file, { highWaterMark: copyAtOnceBytes })) {
      digest.update(part)
      yield part
    }
    if (digest.digest('hex') === large.sha256) return
    const reason = '公開しているあいだに中身が変わりました。もう一度公開してください'
    throw new KioskError('content-refused', `${name}: ${reason}`, { file: name })
  }
  if (isText) {
    await pipeline(createReadStream(large.file), createGzip({ level: 9 }), (packed: AsyncIterable<Uint8Array>) =>
      steps.writeStream(`${path}.gz`, packed),
    )
  }
  await steps.writeStream(path, parts())
}
