import { keyBlockSchema, keyIndexSchema, keysPerBlock } from '../../../../contract/library/segment.ts'
import type { SegmentFile } from './segment-file.ts'

/** Sorted keys with their titles, block by block from the file; only the first key of every block is in memory. */
export class KeyTable {
  readonly blocks: number
  private readonly file: SegmentFile
  private readonly keys: 'ids' | 'spines'
  private readonly firstKeys: readonly string[]
  private readonly starts: readonly number[]
  private latest: { block: number; entries: [string, number][] } | null = null

  constructor(file: SegmentFile, keys: 'ids' | 'spines') {
    this.file = file
    this.keys = keys
    const name = keys === 'ids' ? 'idsIndex' : 'spinesIndex'
    const index = file.json(
      file.load(name, (length) => new Uint8Array(length)),
      keyIndexSchema,
    )
    this.firstKeys = index.map(([key]) => key)
    this.starts = [...index.map(([, at]) => at), file.size(keys)]
    this.blocks = index.length
  }

  block(block: number): readonly [string, number][] {
    if (this.latest?.block === block) return this.latest.entries
    const bytes = this.file.bytes(this.keys, this.starts[block] ?? 0, this.starts[block + 1] ?? 0)
    const entries = this.file.json(bytes, keyBlockSchema)
    this.latest = { block, entries }
    return entries
  }

  /** The last block that begins before the key, in which the first such key may stand; else the first. */
  blockBefore(key: string): number {
    let low = 0
    let high = this.blocks
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.firstKeys[middle] ?? '') < key) low = middle + 1
      else high = middle
    }
    return Math.max(0, low - 1)
  }

  /** How many keys are smaller, and the title of the key itself if it is there. */
  find(key: string): { rank: number; title: number | null } {
    if (this.blocks === 0) return { rank: 0, title: null }
    let block = this.blockBefore(key)
    if (this.firstKeys[block + 1] === key) block += 1
    const entries = this.block(block)
    const at = entries.findIndex(([one]) => one >= key)
    const found = entries[at]
    return {
      rank: block * keysPerBlock + (at < 0 ? entries.length : at),
      title: found?.[0] === key ? found[1] : null,
    }
  }

  /** All, in order. */
  *entries(): Generator<readonly [string, number]> {
    for (let block = 0; block < this.blocks; block += 1) yield* this.block(block)
  }
}
