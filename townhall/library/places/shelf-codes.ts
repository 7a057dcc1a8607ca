import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import type { ShelfCodes } from '../../../contract/library/shelf-desk.ts'
import type { HubContext } from '../../context.ts'
import { readLibraryCsv } from '../../importers/library/read-library-csv.ts'
import { type CatalogueRepository, createCatalogueRepository } from '../catalogue-repository.ts'

/** Larger lists belong into the hub, where they are counted page by page. */
const mostFolderBytes = 8_000_000
const mostCodes = 2_000
const atOnce = 100
type Counted = { mark: string; codes: ShelfCodes['codes'] }
const counting: ShelfCodes = { counted: false, of: null, codes: [] }

/** How many titles stand under each word of 保管場所. Counted once for each state of the catalogue, in the background. */
export function createShelfCodes(context: Pick<HubContext, 'db' | 'log'>, contentDir: string | null) {
  const catalogue = createCatalogueRepository(context.db)
  let known: Counted | null = null
  let under: string | null = null

  function count(mark: string, revision: number): void {
    if (under !== null) return
    under = mark
    countHub(catalogue, revision)
      .then((codes) => {
        known = { mark, codes }
      })
      .catch((error: unknown) => context.log.error({ err: error }, 'library: the shelves were not counted'))
      .finally(() => {
        under = null
      })
  }

  return async (): Promise<ShelfCodes> => {
    if ((await catalogue.total()) > 0) {
      const revision = await catalogue.revision()
      const mark = `hub ${revision}`
      if (known?.mark === mark) return { counted: true, of: 'hub', codes: known.codes }
      count(mark, revision)
      return counting
    }
    const file = contentDir === null ? null : join(contentDir, 'library', 'catalogue.csv')
    if (file === null || !existsSync(file)) return { ...counting, counted: true }
    const { size, mtimeMs } = statSync(file)
    if (size > mostFolderBytes) return { ...counting, counted: true }
    const mark = `folder ${size} ${mtimeMs}`
    if (known?.mark !== mark) known = { mark, codes: sorted(countRecords(readLibraryCsv(readFileSync(file)).records)) }
    return { counted: true, of: 'folder', codes: known.codes }
  }
}

type Shelved = { holdings: readonly { shelf: string | null }[] }

function countRecords(records: Iterable<Shelved>, titles = new Map<string, number>()): Map<string, number> {
  for (const { holdings } of records)
    for (const shelf of new Set(holdings.map((holding) => holding.shelf)))
      if (shelf !== null) titles.set(shelf, (titles.get(shelf) ?? 0) + 1)
  return titles
}

async function countHub(catalogue: CatalogueRepository, revision: number): Promise<ShelfCodes['codes']> {
  const titles = new Map<string, number>()
  let counted = 0
  for await (const { record } of catalogue.all(revision)) {
    countRecords([record], titles)
    counted += 1
    // A million titles take some seconds; a kiosk that asks meanwhile waits for a few of them.
    if (counted % atOnce === 0) await turn()
  }
  return sorted(titles)
}

const sorted = (titles: ReadonlyMap<string, number>): ShelfCodes['codes'] =>
  [...titles]
    .map(([code, many]) => ({ code, titles: many }))
    .sort((one, other) => other.titles - one.titles || (one.code < other.code ? -1 : 1))
    .slice(0, mostCodes)
