type Outline = readonly (readonly [number, number])[]
type Label = { x: number; y: number; sizePx: number }
/** `lines`: each with its own height in the plan. */
export type ShelfLabel = Label & { upright: boolean; lines: { text: string; y: number }[] }

const [largestPx, smallestPx] = [46, 28]
const smallestRoomPx = 18
/** Of the shelf's width, so that the name stands clear of its edge. */
const filled = 0.88
const lineHeight = 1.2
/** Of no width: here a name may go on in a second line. */
export const mayBreak = '\u200b'
/** At a space, before a word that follows kana, and where the name says so itself. */
const breaks = new RegExp(`[ ${mayBreak}]|(?<=\\p{sc=Hiragana})(?=[\\p{sc=Han}\\p{sc=Katakana}])`, 'gu')

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
): Label | null {
  if (text === '') return null
  const sizePx = Math.floor(Math.min(36, ((right - left) * plan.widthPx * filled) / widthOf(text)))
  if (sizePx < smallestRoomPx || (bottom - top) * plan.heightPx < sizePx * 1.5) return null
  return { x: ((left + right) / 2) * plan.widthPx, y: bottom * plan.heightPx - sizePx, sizePx }
}

/**
 * Where and how large the name of a shelf is written in it, in dots of the plan: in one line or in two, whichever is larger, or along its longer side.
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
  const fits = (along: number, across: number, lines: string[]) =>
    Math.min(
      largestPx,
      (along * filled) / Math.max(...lines.map(widthOf)),
      (across * 0.8) / (1 + (lines.length - 1) * lineHeight),
    )
  const [x, y] = [(left + right) / 2, (top + bottom) / 2]
  const laid = waysToWrite(text).map((lines) => ({ lines, sizePx: fits(right - left, bottom - top, lines) }))
  const lying = laid.reduce((best, one) => (one.sizePx > best.sizePx ? one : best))
  const standing = { lines: [plain(text)], sizePx: fits(bottom - top, right - left, [plain(text)]) }
  // Turned words are harder to read: only where lying ones would not be.
  const upright = lying.sizePx < smallestPx && standing.sizePx > lying.sizePx
  const { lines, sizePx } = upright ? standing : lying
  if (sizePx < smallestPx) return null
  const lineY = (at: number) => y + (at - (lines.length - 1) / 2) * lineHeight * Math.floor(sizePx)
  return {
    ...{ x, y, sizePx: Math.floor(sizePx), upright },
    lines: lines.map((line, at) => ({ text: line, y: lineY(at) })),
  }
}

const plain = (text: string) => text.replaceAll(mayBreak, '')

/** The shorter one first: of two that are as large, it is easier to read. */
function waysToWrite(text: string): [string[], ...string[][]] {
  const inTwo = [...text.matchAll(breaks)].map((found) => [
    plain(text.slice(0, found.index)),
    plain(text.slice(found.index + found[0].length)),
  ])
  return [[plain(text)], ...inTwo.filter((lines) => lines.every((line) => line !== ''))]
}
