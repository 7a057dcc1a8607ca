type Outline = readonly (readonly [number, number])[]
export type ShelfLabel = { x: number; y: number; sizePx: number; upright: boolean; text: string }

const [largestPx, smallestPx] = [46, 28]
const smallestRoomPx = 18
/** Of the shelf's width, so that the name stands clear of its edge. */
const filled = 0.88

/** Width of a text in its own height: letters of the West are about half as wide as they are high. */
const widthOf = (text: string) =>
  [...text].reduce((sum, letter) => sum + (/[\p{Script=Latin}\p{ASCII}]/u.test(letter) ? 0.58 : 1), 0)

/**
 * Where and how large the name of a room is written, in dots of the plan: along its lower edge, where shelves stand least.
 * @returns null when it would be too small to be read
 */
export function decideRoomLabel(
  text: string,
  [[left, top], [right, bottom]]: readonly [readonly [number, number], readonly [number, number]],
  plan: { widthPx: number; heightPx: number },
): ShelfLabel | null {
  if (text === '') return null
  const sizePx = Math.floor(Math.min(36, ((right - left) * plan.widthPx * filled) / widthOf(text)))
  if (sizePx < smallestRoomPx || (bottom - top) * plan.heightPx < sizePx * 1.5) return null
  return { x: ((left + right) / 2) * plan.widthPx, y: bottom * plan.heightPx - sizePx, sizePx, upright: false, text }
}

/**
 * Where and how large the name of a shelf is written in it, in dots of the plan: along its longer side, in the middle.
 * @returns null when it would be too small to be read
 */
export function decideLabel(
  text: string,
  outline: Outline,
  plan: { widthPx: number; heightPx: number },
): ShelfLabel | null {
  if (outline.length < 3 || text === '') return null
  const xs = outline.map(([x]) => x * plan.widthPx)
  const ys = outline.map(([, y]) => y * plan.heightPx)
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const fits = (along: number, across: number) => Math.min(largestPx, (along * filled) / widthOf(text), across * 0.8)
  const lying = fits(right - left, bottom - top)
  const standing = fits(bottom - top, right - left)
  // Turned words are harder to read: only where lying ones would not be.
  const upright = lying < smallestPx && standing > lying
  const sizePx = upright ? standing : lying
  if (sizePx < smallestPx) return null
  return { x: (left + right) / 2, y: (top + bottom) / 2, sizePx: Math.floor(sizePx), upright, text }
}
