import type { Shelf } from '../../../contract/menus/library.ts'
import type { Notice } from '../../importers/import-report.ts'
import type { DrawnShelf } from '../../importers/places/read-plan-geojson.ts'

/** `from`: whether it stands in shelves.csv, in the GeoJSON of its plan, or in both. `given`: its place by the GeoJSON, if that has one. */
export type PlacedShelf = Shelf & {
  from: 'table' | 'drawing' | 'both'
  given: { plan: string; outline: Shelf['outline'] } | null
}
type Drawn = { id: string; branch: string; file: string; shelves: readonly DrawnShelf[] }
type Told = { file: string; notice: Notice }

/**
 * One truth of two papers: what shelves.csv says of a shelf holds, and what it leaves open the GeoJSON of the plan says. A shelf that
 * stands in two plans is that of the first.
 */
export function decideShelves(
  rows: readonly Shelf[],
  plans: readonly Drawn[],
): { shelves: PlacedShelf[]; notices: Told[] } {
  const shelves = new Map<string, PlacedShelf>(rows.map((row) => [row.id, { ...row, from: 'table', given: null }]))
  const notices: Told[] = []
  for (const plan of plans) {
    const say = (value: string, severity: Notice['severity'], reason: string) =>
      notices.push({ file: plan.file, notice: { line: null, column: '棚', value, reason, severity } })
    for (const { id, name, outline } of plan.shelves) {
      const row = shelves.get(id)
      const given = { plan: plan.id, outline }
      if (row === undefined)
        shelves.set(id, {
          ...{ id, branch: plan.branch, ...given, from: 'drawing', given },
          name: { ...name, ja: name.ja ?? id },
        })
      else if (row.given !== null)
        say(id, 'refused', 'この棚コードは、ほかの館内図にもあります。はじめの図だけを使います。')
      else if (row.branch !== plan.branch)
        say(id, 'refused', 'shelves.csv では、この棚は別の館にあります。shelves.csv のほうを使います。')
      else {
        // A row without a name is called by its code.
        const ja = row.name.ja === id ? (name.ja ?? id) : row.name.ja
        const placed = row.plan !== null && row.outline.length > 0
        shelves.set(id, {
          ...{ ...row, from: 'both', given, name: { ...name, ...row.name, ja } },
          ...(placed ? {} : given),
        })
        if (placed) say(id, 'note', 'shelves.csv にも場所があるので、そちらを使います。')
      }
    }
  }
  return { shelves: [...shelves.values()], notices }
}
