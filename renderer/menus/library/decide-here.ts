type Outline = readonly (readonly [number, number])[]

/** So much room, in parts of a hundred of the plan, the words need above a shelf. */
const room = 18

/** Where 「ここにあります」 stands, in parts of a hundred of the plan: above the shelf, else under it, and on it only where neither has room. */
export function decideHere(outline: Outline): { x: number; y: number; side: 'above' | 'under' | 'on' } {
  const xs = outline.map(([x]) => x * 100)
  const ys = outline.map(([, y]) => y * 100)
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)]
  const x = Math.min(80, Math.max(20, (Math.min(...xs) + Math.max(...xs)) / 2))
  if (top >= room) return { x, y: top, side: 'above' }
  if (bottom <= 100 - room) return { x, y: bottom, side: 'under' }
  return { x, y: (top + bottom) / 2, side: 'on' }
}
