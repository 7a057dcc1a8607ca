/** Suffixes in a row as they lie in the file: of each its place, then its common characters with the one before and its first other one. */
export type Block = Uint32Array

export const placeOf = (block: Block, at: number): number => block[at * 2] ?? 0
const commonBefore = (block: Block, at: number): number => (block[at * 2 + 1] ?? 0) & 0xffff
const otherUnit = (block: Block, at: number): number => (block[at * 2 + 1] ?? 0) >>> 16

/**
 * The one that has most in common with a form, by what the suffixes of a block have in common with each other and nothing else: if any begins
 * with the form this one does (Ferguson's search in a PATRICIA tree, of characters instead of bits).
 */
export function likeliest(block: Block, form: string): number {
  const length = block.length / 2
  let likely = 0
  let at = 1
  while (at < length) {
    const common = commonBefore(block, at)
    if (common >= form.length || form.charCodeAt(common) >= otherUnit(block, at)) {
      likely = at
      at += 1
      continue
    }
    // It stands before these, and before all that are like them so far.
    at += 1
    while (at < length && commonBefore(block, at) >= common) at += 1
  }
  return likely
}

/** The first of those about one that have so many characters in common with it. */
export function startOfRun(block: Block, at: number, common: number): number {
  let first = at
  while (first > 0 && commonBefore(block, first) >= common) first -= 1
  return first
}

/** Behind the last of those from one on that have so many characters in common with it. */
export function endOfRun(block: Block, at: number, common: number): number {
  let end = at + 1
  while (end < block.length / 2 && commonBefore(block, end) >= common) end += 1
  return end
}

export function commonOf(text: Uint16Array, form: string): number {
  let common = 0
  while (common < text.length && common < form.length && text[common] === form.charCodeAt(common)) common += 1
  return common
}
