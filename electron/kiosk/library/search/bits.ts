/** A set of titles, one bit for each number: the first in the lowest bit of the first word. */
export type Bits = Uint32Array<ArrayBuffer>

export const bitsPerWord = 32

export function noBits(titles: number): Bits {
  return new Uint32Array(Math.ceil(titles / bitsPerWord))
}

export function setBit(bits: Bits, at: number): void {
  const word = at >>> 5
  bits[word] = (bits[word] as number) | (1 << (at & 31))
}

export function clearBit(bits: Bits, at: number): void {
  const word = at >>> 5
  bits[word] = (bits[word] as number) & ~(1 << (at & 31))
}

export function hasBit(bits: Bits, at: number): boolean {
  return (((bits[at >>> 5] ?? 0) >>> (at & 31)) & 1) === 1
}

/** Adds the others to the first. */
export function addBits(bits: Bits, others: Bits): void {
  const words = Math.min(bits.length, others.length)
  for (let at = 0; at < words; at += 1) bits[at] = (bits[at] as number) | (others[at] as number)
}

/** Leaves in the first what is in the others too. */
export function keepBits(bits: Bits, others: Bits): void {
  for (let at = 0; at < bits.length; at += 1) bits[at] = (bits[at] as number) & (others[at] as number)
}

export function countWord(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

export function countBits(bits: Bits): number {
  let count = 0
  for (let at = 0; at < bits.length; at += 1) {
    const word = bits[at] as number
    if (word !== 0) count += countWord(word)
  }
  return count
}

/** In the order of the numbers. */
export function eachBit(bits: Bits, act: (at: number) => void): void {
  for (let at = 0; at < bits.length; at += 1)
    for (let word = bits[at] as number; word !== 0; word &= word - 1) act(at * bitsPerWord + lowestBit(word))
}

export const lowestBit = (word: number): number => 31 - Math.clz32(word & -word)
