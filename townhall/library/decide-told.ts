import type { Notice } from '../importers/import-report.ts'

const most = 200
const order = ['refused', 'repaired', 'note'] as const

/**
 * Which notices of an import are kept for staff. A list may say the same of each of its rows: what was refused comes before what was
 * repaired, for somebody must do something about it, and that there are more is said.
 * @param ofPlaces words of places that the town does not know: few, and about the whole list
 */
export function decideTold(ofPlaces: readonly Notice[], others: readonly Notice[]): Notice[] {
  const sorted = [...others].sort((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity))
  const all = [...ofPlaces, ...sorted]
  if (all.length <= most) return all
  const reason = `多いので、${most} 件だけを出しています（受け取れなかったものが先です）。`
  return [...all.slice(0, most - 1), { line: null, column: null, value: null, reason, severity: 'note' }]
}
