import { type ReleaseEntry, shrinkingPath } from '../../../contract/release.ts'

/** A text of this size travels by itself, compressed. */
const shrinkingFromBytes = 2_048

/** What one more question and its answer cost beside their content. */
export const requestBytes = 300

export type PackPlan = { start: number; end: number; wanted: { hash: string; size: number; offset: number }[] }

/**
 * Which missing blobs of a bucket come cheaper in its pack than one by one: they do when what comes along in vain weighs less
 * than the questions that are saved. Files of `aloneFromBytes` and more travel by themselves, so that one that breaks off can go on.
 * @returns the ranges of the pack to ask for (end inclusive)
 */
export function decidePacks(
  files: readonly ReleaseEntry[],
  missing: ReadonlySet<string>,
  aloneFromBytes: number,
): PackPlan[] {
  const between: PackPlan['wanted'][] = [[]]
  const seen = new Set<string>()
  let offset = 0
  for (const [path, size, hash] of files) {
    const alone = size === 0 || (size >= shrinkingFromBytes && shrinkingPath.test(path))
    if (size >= aloneFromBytes) between.push([])
    else if (missing.has(hash) && !seen.has(hash) && !alone) {
      between.at(-1)?.push({ hash, size, offset })
      seen.add(hash)
    }
    offset += size
  }
  return between.flatMap((wanted) => decidePack(wanted) ?? [])
}

function decidePack(wanted: PackPlan['wanted']): PackPlan | null {
  const [first, last] = [wanted[0], wanted.at(-1)]
  if (first === undefined || last === undefined || wanted.length < 2) return null
  const end = last.offset + last.size - 1
  const inVain = end - first.offset + 1 - wanted.reduce((sum, { size }) => sum + size, 0)
  return inVain < (wanted.length - 1) * requestBytes ? { start: first.offset, end, wanted } : null
}

export type PiecePlan = {
  copies: { from: number; to: number; size: number }[]
  /** Ranges of the new file that have to come, end inclusive. */
  ranges: { start: number; end: number }[]
  comingBytes: number
}

/** Which ranges of a new file are pieces that the old one has not. Two ranges with little between them are one: a question costs too. */
export function decidePieces(
  old: ReadonlyMap<string, { offset: number; size: number }>,
  pieces: readonly (readonly [string, number])[],
): PiecePlan {
  const plan: PiecePlan = { copies: [], ranges: [], comingBytes: 0 }
  let offset = 0
  for (const [name, size] of pieces) {
    const found = old.get(name)
    if (found?.size === size) plan.copies.push({ from: found.offset, to: offset, size })
    else {
      const before = plan.ranges.at(-1)
      if (before && offset - before.end <= requestBytes) before.end = offset + size - 1
      else plan.ranges.push({ start: offset, end: offset + size - 1 })
    }
    offset += size
  }
  plan.comingBytes = plan.ranges.reduce((sum, range) => sum + range.end - range.start + 1 + requestBytes, 0)
  return plan
}
