import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { UnknownPlace } from '../../../contract/library/hub-view.ts'
import type { HubContext } from '../../context.ts'
import type { Notice } from '../../importers/import-report.ts'
import { townFolder } from '../../releases/compile/town-folder.ts'
import { createCatalogueRepository } from '../catalogue-repository.ts'
import type { PlaceTally, Tally } from '../catalogue-tally.ts'
import { readPlaces } from './read-places.ts'

const mostTold = 20
const tables = { 館: 'branches.csv', 保管場所: 'shelves.csv' }

/**
 * Words for 館 and 保管場所 in the hub's catalogue that the town's folder does not know: a visitor would read them as they are.
 * @returns most copies first; none where there is no such folder, for then nobody has said what is known
 */
export async function unknownPlaces(
  context: Pick<HubContext, 'db'>,
  contentDir: string | null,
): Promise<UnknownPlace[]> {
  if (contentDir === null || !existsSync(join(contentDir, 'library'))) return []
  const places = readPlaces(townFolder(contentDir), contentDir)
  if (places === null) return []
  const ids = (all: readonly { id: string }[]) => new Set(all.map(({ id }) => id))
  return decideUnknown(await createCatalogueRepository(context.db).tally(), {
    branches: ids(places.branches),
    shelves: ids(places.shelves),
  })
}

export function decideUnknown(
  tally: Pick<Tally, 'branches' | 'shelves'>,
  known: { branches: ReadonlySet<string>; shelves: ReadonlySet<string> },
): UnknownPlace[] {
  const of = (column: UnknownPlace['column'], places: PlaceTally, there: ReadonlySet<string>) =>
    [...places].flatMap(([value, { copies, example }]): UnknownPlace[] =>
      there.has(value) ? [] : [{ column, value, copies, example: example?.[1] ?? null }],
    )
  return [...of('館', tally.branches, known.branches), ...of('保管場所', tally.shelves, known.shelves)].sort(
    (one, other) => other.copies - one.copies || (one.value < other.value ? -1 : 1),
  )
}

/** As a report tells them, the most frequent ones. */
export function noticesOfPlaces(unknown: readonly UnknownPlace[]): Notice[] {
  const notices = unknown.slice(0, mostTold).map(({ column, value, copies, example }): Notice => {
    const such = example === null ? '' : `、たとえば「${example}」`
    const reason = `${tables[column]} にないので、この名前のまま出します。${copies} 冊あります${such}。`
    return { line: null, column, value, reason, severity: 'note' }
  })
  const more = unknown.length - notices.length
  if (more > 0) {
    const reason = `branches.csv か shelves.csv にない館や保管場所は、ほかに ${more} あります。`
    notices.push({ line: null, column: null, value: null, reason, severity: 'note' })
  }
  return notices
}
