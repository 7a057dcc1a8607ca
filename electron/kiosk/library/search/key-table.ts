import { keyBlockSchema, keyIndexSchema, keysPerBlock } from '../../../../contract/library/segment.ts'
import type { SegmentFile } from './segment-file.ts'

/** The number of a title, and the end of its pair. */
const numberFirst = /^(\d{1,10})\]/
const longestNumber = 11

/** Sorted keys with their titles, block by block from the file; only the first key of every block is in memory. */
export class KeyTable {
  readonly blocks: number
  private readonly file: SegmentFile
  private readonly keys: 'ids' | 'spines'
  private readonly firstKeys: readonly string[]
  private readonly starts: readonly number[]
  private latest: { block: number; entries: [string, number][] } | null = null
  private latestBytes: { block: number; bytes: Buffer } | null = null

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
    const entries = this.file.json(this.bytesOf(block), keyBlockSchema)
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
    const block = this.blockOf(key)
    const entries = this.block(block)
    const at = entries.findIndex(([one]) => one >= key)
    const found = entries[at]
    return {
      rank: block * keysPerBlock + (at < 0 ? entries.length : at),
      title: found?.[0] === key ? found[1] : null,
    }
  }

  /** The title of a key, looked for in the bytes as they lie there: a string of each key in its block would take several times as long. */
  title(key: string): number | null {
    // Only what begins so can be taken for the end of one key and the begin of the next, where a key ends with a bracket.
    if (this.blocks === 0 || key.startsWith(',')) return this.find(key).title
    const bytes = this.bytesOf(this.blockOf(key))
    const sought = Buffer.from(`[${JSON.stringify(key)},`)
    const at = bytes.indexOf(sought)
    if (at < 0) {
      if (bytes.toString('latin1', 0, 3) === '[["' && bytes.toString('latin1', bytes.length - 2) === ']]') return null
      throw this.file.refusal(`a block of ${this.keys} is damaged`)
    }
    const from = at + sought.length
    const number = numberFirst.exec(bytes.toString('latin1', from, from + longestNumber))?.[1]
    if (number === undefined) throw this.file.refusal(`a block of ${this.keys} is damaged`)
    return Number(number)
  }

  /** All, in order. */
  *entries(): Generator<readonly [string, number]> {
    for (let block = 0; block < this.blocks; block += 1) yield* this.block(block)
  }

  private blockOf(key: string): number {
    const block = this.blockBefore(key)
    return this.firstKeys[block + 1] === key ? block + 1 : block
  }

  private bytesOf(block: number): Buffer {
    if (this.latestBytes?.block === block) return this.latestBytes.bytes
    const bytes = this.file.bytes(this.keys, this.starts[block] ?? 0, this.starts[block + 1] ?? 0)
    this.latestBytes = { block, bytes }
    return bytes
  }
}
