import { shelfKey, shownHolding, spineKey } from '../../../../contract/library/title-numbers.ts'
import type { Catalogue } from './catalogue.ts'
import { byPopularity } from './title-order.ts'

const mostBeside = 6

type Spine = { key: string; title: number }

/** The titles beside one on its shelf, as they stand there: by call number, then by loans. */
export function neighboursOf(catalogue: Catalogue, title: number): { before: number[]; after: number[] } {
  const record = catalogue.record(title)
  const key = spineKey(record)
  const shelf = shownHolding(record)?.shelf
  if (key === null || shelf == null) return { before: [], after: [] }
  const byPlace = (one: Spine, other: Spine): number =>
    one.key < other.key ? -1 : one.key > other.key ? 1 : byPopularity(catalogue.order, one.title, other.title)
  const own: Spine = { key, title }
  const start = shelfKey(shelf)
  const before: Spine[] = []
  const after: Spine[] = []
  for (const [at, { spines }] of catalogue.segments.entries()) {
    const living = function* (from: number, step: 1 | -1): Generator<Spine> {
      for (let block = from; block >= 0 && block < spines.blocks; block += step) {
        const entries = step === 1 ? spines.block(block) : spines.block(block).toReversed()
        for (const [one, number] of entries) {
          const found = catalogue.titleOf(at, number)
          if (found !== null) yield { key: one, title: found }
        }
      }
    }
    const first = spines.blockBefore(key)
    before.push(
      ...some(
        living(
          lastBlockWith(spines.blocks, first, (block) => spines.block(block)[0]?.[0] ?? '', key),
          -1,
        ),
        (one) => byPlace(one, own) < 0,
        (one) => one.key.startsWith(start) || one.key > start,
      ),
    )
    after.push(
      ...some(
        living(first, 1),
        (one) => byPlace(one, own) > 0,
        (one) => one.key.startsWith(start) || one.key < start,
      ),
    )
  }
  const onShelf = (one: Spine) => one.key.startsWith(start)
  return {
    before: before
      .filter(onShelf)
      .sort(byPlace)
      .slice(-mostBeside)
      .map((one) => one.title),
    after: after
      .filter(onShelf)
      .sort(byPlace)
      .slice(0, mostBeside)
      .map((one) => one.title),
  }
}

/** The first few that are wanted, until the shelf ends. */
function some(all: Generator<Spine>, isWanted: (one: Spine) => boolean, goesOn: (one: Spine) => boolean): Spine[] {
  const found: Spine[] = []
  for (const one of all) {
    if (!goesOn(one) || found.length === mostBeside) break
    if (isWanted(one)) found.push(one)
  }
  return found
}

/** Of the blocks that may hold the key the last: many titles have one call number. */
function lastBlockWith(blocks: number, first: number, firstKey: (block: number) => string, key: string): number {
  let block = first
  while (block + 1 < blocks && firstKey(block + 1) <= key) block += 1
  return block
}
