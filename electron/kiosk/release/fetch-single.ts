import { KioskError } from '../../../contract/error-codes.ts'
import { releasePaths } from '../../../contract/release.ts'
import type { BlobWriter } from './blob-writer.ts'
import { decideKeepPart } from './decide-part.ts'
import type { HubFiles, HubStream } from './hub-files.ts'
import type { ReleaseDisk } from './release-disk.ts'

type Wanted = { hash: string; size: number }

/**
 * One file by itself; a large one from where it broke off the last time. Its address is its content, so what comes now belongs to what came
 * then and no `If-Range` is needed; the hash over the whole has the last word. A part that turns out wrong is thrown away, and the file begun
 * once more from nothing.
 */
export async function fetchSingle(hub: HubFiles, disk: ReleaseDisk, wanted: Wanted): Promise<void> {
  const writer = await disk.partWriter(wanted.hash, wanted.size)
  const keptBytes = writer.takenBytes()
  try {
    await receive(hub, disk, writer, wanted)
  } catch (error) {
    if (keptBytes === 0 || !(error instanceof KioskError && error.code === 'release-mixed')) throw error
    await receive(hub, disk, await disk.partWriter(wanted.hash, wanted.size), wanted)
  }
}

async function receive(hub: HubFiles, disk: ReleaseDisk, kept: BlobWriter, wanted: Wanted): Promise<void> {
  const from = kept.takenBytes()
  let writer = kept
  try {
    if (from < wanted.size) {
      const stream = await open(hub, wanted, from)
      if (stream.start !== from) {
        await kept.abandon()
        writer = await disk.partWriter(wanted.hash, wanted.size)
      }
      for await (const bytes of stream.bytes) await writer.take(bytes)
    }
    await writer.finish()
  } catch (error) {
    await (decideKeepPart(error) ? writer.putDown() : writer.abandon())
    throw error
  }
}

/** From there on; from the beginning where the host gives no ranges. */
async function open(hub: HubFiles, { hash, size }: Wanted, from: number): Promise<HubStream> {
  const address = releasePaths.blob(hash)
  const rest = from === 0 ? null : await hub.stream(address, { start: from, end: size - 1 })
  const stream = rest ?? (await hub.stream(address, null))
  if (stream === null) throw new KioskError('release-incomplete', `blob ${hash} is missing`)
  return stream
}
