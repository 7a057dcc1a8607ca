import type { Bits } from './bits.ts'

/**
 * Sets as large as the catalogue, used again: a search makes a megabyte of them with every key that is touched, and to have that
 * collected as garbage takes longer than the search itself.
 */
export class BitsRoom {
  readonly nothing: Bits
  private readonly made: Bits[] = []
  private free: Bits[] = []

  constructor(words: number) {
    this.nothing = new Uint32Array(words)
  }

  /** A set like the other, to be changed. */
  copy(bits: Bits): Bits {
    let one = this.free.pop()
    if (one === undefined) {
      one = new Uint32Array(this.nothing.length)
      this.made.push(one)
    }
    one.set(bits)
    return one
  }

  /** All but these may be used again. */
  reclaim(used: ReadonlySet<Bits>): void {
    this.free = this.made.filter((one) => !used.has(one))
  }
}
