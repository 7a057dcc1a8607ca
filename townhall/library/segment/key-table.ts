import { keysPerBlock } from '../../../contract/library/segment.ts'
import type { SectionWriter } from './section-writer.ts'

const blocksPerWrite = 256

/** Sorted keys in blocks, and in a section of its own the first key of each block. */
export function writeKeys(
  writer: SectionWriter,
  names: { keys: 'ids'; index: 'idsIndex' } | { keys: 'spines'; index: 'spinesIndex' },
  sorted: readonly (readonly [key: string, title: number])[],
): void {
  const index: [string, number][] = []
  let at = 0
  const add = writer.begin(names.keys)
  const held: Buffer[] = []
  for (let from = 0; from < sorted.length; from += keysPerBlock) {
    const block = sorted.slice(from, from + keysPerBlock)
    const bytes = Buffer.from(JSON.stringify(block))
    index.push([block[0]?.[0] ?? '', at])
    held.push(bytes)
    if (held.length === blocksPerWrite) add(Buffer.concat(held.splice(0)))
    at += bytes.length
  }
  add(Buffer.concat(held))
  writer.begin(names.index)(Buffer.from(JSON.stringify(index)))
}
