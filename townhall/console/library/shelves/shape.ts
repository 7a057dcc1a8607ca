/** A point of a plan in dots of its picture, from the upper left. */
export type Dot = readonly [x: number, y: number]
export type Sheet = { widthPx: number; heightPx: number }
type Outline = readonly (readonly [number, number])[]

/** Smaller, it can neither be seen nor taken hold of. */
export const leastPx = 10
export const mostCorners = 60

export const toDots = (outline: Outline, { widthPx, heightPx }: Sheet): Dot[] =>
  outline.map(([x, y]) => [x * widthPx, y * heightPx])

/** As it is kept: parts of the plan, to a hundredth of a hundredth, so that it is the same after it was saved. */
export const toOutline = (dots: readonly Dot[], { widthPx, heightPx }: Sheet): [number, number][] => {
  const part = (value: number, of: number) => Math.min(1, Math.max(0, Number((value / of).toFixed(4))))
  return dots.map(([x, y]) => [part(x, widthPx), part(y, heightPx)])
}

export type Bounds = { left: number; top: number; right: number; bottom: number }
export function boundsOf(dots: readonly Dot[]): Bounds {
  const xs = dots.map(([x]) => x)
  const ys = dots.map(([, y]) => y)
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) }
}

export const middleOf = (dots: readonly Dot[]): Dot => {
  const { left, top, right, bottom } = boundsOf(dots)
  return [(left + right) / 2, (top + bottom) / 2]
}

/** Two corners of a rectangle, whichever; clockwise from the upper left. */
export function rectangle([x, y]: Dot, [otherX, otherY]: Dot): Dot[] {
  const [left, right] = [Math.min(x, otherX), Math.max(x, otherX)]
  const [top, bottom] = [Math.min(y, otherY), Math.max(y, otherY)]
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ]
}

export const insideSheet = ([x, y]: Dot, { widthPx, heightPx }: Sheet): Dot => [
  Math.min(widthPx, Math.max(0, x)),
  Math.min(heightPx, Math.max(0, y)),
]

const isInside = (dots: readonly Dot[], { widthPx, heightPx }: Sheet) => {
  const { left, top, right, bottom } = boundsOf(dots)
  // What came out of a sine may be off by a hair.
  return left >= -0.01 && top >= -0.01 && right <= widthPx + 0.01 && bottom <= heightPx + 0.01
}

/** Stops at the edges of the plan. */
export function moved(dots: readonly Dot[], dx: number, dy: number, sheet: Sheet): Dot[] {
  const { left, top, right, bottom } = boundsOf(dots)
  const x = Math.min(sheet.widthPx - right, Math.max(-left, dx))
  const y = Math.min(sheet.heightPx - bottom, Math.max(-top, dy))
  return dots.map(([dotX, dotY]) => [dotX + x, dotY + y])
}

/** Four corners with right angles, however it is turned. */
export function isRectangle(dots: readonly Dot[]): boolean {
  if (dots.length !== 4) return false
  return dots.every((corner, at) => {
    const [before, after] = [dots[(at + 3) % 4] ?? corner, dots[(at + 1) % 4] ?? corner]
    const [ax, ay] = [before[0] - corner[0], before[1] - corner[1]]
    const [bx, by] = [after[0] - corner[0], after[1] - corner[1]]
    const lengths = Math.hypot(ax, ay) * Math.hypot(bx, by)
    return lengths > 0 && Math.abs(ax * bx + ay * by) / lengths < 0.02
  })
}

/** The box by whose corners a shelf is made larger: its own, where it is one, else the one around it. */
export function frameOf(dots: readonly Dot[]): Dot[] {
  if (isRectangle(dots)) return [...dots]
  const { left, top, right, bottom } = boundsOf(dots)
  return rectangle([left, top], [right, bottom])
}

/** The corner of its frame is drawn to another place; the opposite one stays. @returns null where it would leave the plan or become too small */
export function resized(dots: readonly Dot[], corner: number, to: Dot, sheet: Sheet): Dot[] | null {
  const frame = frameOf(dots)
  const [old, origin] = [frame[corner], frame[(corner + 2) % 4]]
  const [first, second, last] = [frame[0], frame[1], frame[3]]
  if (!old || !origin || !first || !second || !last) return null
  const along = unit(first, second)
  const across = unit(first, last)
  const target = insideSheet(to, sheet)
  const scaleOf = (axis: Dot) => {
    const before = dot(minus(old, origin), axis)
    const wanted = dot(minus(target, origin), axis)
    // Drawn over the corner that stays, it gets no smaller and does not turn inside out.
    return Math.max(leastPx, Math.abs(before) * (wanted / before)) / Math.abs(before)
  }
  const [wider, higher] = [scaleOf(along), scaleOf(across)]
  const made = dots.map((point): Dot => {
    const away = minus(point, origin)
    const [u, v] = [dot(away, along) * wider, dot(away, across) * higher]
    return [origin[0] + along[0] * u + across[0] * v, origin[1] + along[1] * u + across[1] * v]
  })
  return isSound(made) && isInside(made, sheet) ? made : null
}

/** Clockwise around its middle. @returns null where it would leave the plan */
export function turned(dots: readonly Dot[], degrees: number, sheet: Sheet): Dot[] | null {
  const [x, y] = middleOf(dots)
  const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)]
  const made = dots.map(([dotX, dotY]): Dot => {
    const [dx, dy] = [dotX - x, dotY - y]
    return [x + dx * cos - dy * sin, y + dx * sin + dy * cos]
  })
  return isSound(made) && isInside(made, sheet) ? made : null
}

/** Of its first side against the upper edge of the plan: more than -90 up to 90. */
export function angleOf(dots: readonly Dot[]): number {
  const [first, second] = dots
  if (!first || !second) return 0
  const angle = (Math.atan2(second[1] - first[1], second[0] - first[0]) * 180) / Math.PI
  const half = angle > 90 ? angle - 180 : angle <= -90 ? angle + 180 : angle
  return Math.round(half * 10) / 10
}

/** An upright angle is meant where one is nearly reached. */
export const straightened = (degrees: number) => {
  const nearest = Math.round(degrees / 45) * 45
  return Math.abs(degrees - nearest) < 3 ? nearest : degrees
}

export function cornerMoved(dots: readonly Dot[], at: number, to: Dot, sheet: Sheet): Dot[] | null {
  const made = dots.map((point, index) => (index === at ? insideSheet(to, sheet) : point))
  return isSound(made) ? made : null
}

/** In the middle of the side that begins at this corner. */
export function cornerAdded(dots: readonly Dot[], after: number): Dot[] | null {
  const [one, other] = [dots[after], dots[(after + 1) % dots.length]]
  if (!one || !other || dots.length >= mostCorners) return null
  return dots.toSpliced(after + 1, 0, [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2])
}

export function cornerRemoved(dots: readonly Dot[], at: number): Dot[] | null {
  if (dots.length <= 3) return null
  const made = dots.toSpliced(at, 1)
  return isSound(made) ? made : null
}

/** Its left and upper edge, width and height, as typed; what is not typed stays. @returns null where it would leave the plan */
export function placed(
  dots: readonly Dot[],
  wanted: Partial<Record<'left' | 'top' | 'width' | 'height', number>>,
  sheet: Sheet,
): Dot[] | null {
  const { left, top, right, bottom } = boundsOf(dots)
  const [newLeft, newTop] = [wanted.left ?? left, wanted.top ?? top]
  const [wider, higher] = [
    (wanted.width ?? right - left) / (right - left),
    (wanted.height ?? bottom - top) / (bottom - top),
  ]
  const made = dots.map(([x, y]): Dot => [newLeft + (x - left) * wider, newTop + (y - top) * higher])
  return isSound(made) && isInside(made, sheet) ? made : null
}

/** Whether it can be seen and taken hold of. */
export function isSound(dots: readonly Dot[]): boolean {
  const { left, top, right, bottom } = boundsOf(dots)
  const flat = dots.flat()
  const twice = dots.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = dots[(at + 1) % dots.length] ?? [x, y]
    return sum + x * nextY - nextX * y
  }, 0)
  const enough = Math.max(right - left, bottom - top) >= leastPx && Math.abs(twice) / 2 >= leastPx * 2
  return dots.length > 2 && flat.every(Number.isFinite) && enough
}

const minus = (one: Dot, other: Dot): Dot => [one[0] - other[0], one[1] - other[1]]
const dot = (one: Dot, other: Dot) => one[0] * other[0] + one[1] * other[1]
function unit(from: Dot, to: Dot): Dot {
  const [x, y] = minus(to, from)
  const length = Math.hypot(x, y)
  return [x / length, y / length]
}
