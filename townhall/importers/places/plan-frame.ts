/** A point of a drawing as its file has it: degrees, metres or whatever, y upwards. */
export type MapPoint = readonly [x: number, y: number]
export type PlanPoint = [x: number, y: number]

/** Nothing of a building stands so many times farther from its middle than half of it does. */
const farTimes = 30
const margin = 0.04
/** Of width to height: a corridor, too, is drawn so high that a name can be read. */
const [narrowest, widest] = [0.6, 2.2]
const widthPx = 1600
/** A building is no larger: 0.1° is some ten kilometres. */
const mostDegrees = 0.1

const middleOf = (sorted: readonly number[]) => sorted[Math.floor(sorted.length / 2)] ?? 0
const ascending = (one: number, other: number) => one - other

/** Which of these figures lie so far from the others that they cannot be of the same building: a wrong unit, a figure too many. */
export function decideStray(figures: readonly (readonly MapPoint[])[]): boolean[] {
  // Two corners of each: a round shelf has sixty points and is still one figure.
  const all = figures.flatMap(cornersOf)
  const x = middleOf(all.map((point) => point[0]).sort(ascending))
  const y = middleOf(all.map((point) => point[1]).sort(ascending))
  const distance = (point: MapPoint) => Math.hypot(point[0] - x, point[1] - y)
  const usual = middleOf(all.map(distance).sort(ascending))
  return figures.map((points) => points.some((point) => distance(point) > usual * farTimes))
}

function cornersOf(points: readonly MapPoint[]): MapPoint[] {
  const [left, right] = ends(points.map((point) => point[0]))
  const [bottom, top] = ends(points.map((point) => point[1]))
  return [
    [left, bottom],
    [right, top],
  ]
}

export type PlanFrame = { widthPx: number; heightPx: number; place(point: MapPoint): PlanPoint }

/** The sheet on which these points are drawn, north up, with a margin. @returns null when they have no extent */
export function planFrame(points: readonly MapPoint[]): PlanFrame | null {
  const [left, right] = ends(points.map((point) => point[0]))
  const [bottom, top] = ends(points.map((point) => point[1]))
  const degrees = isDegrees(left, right, bottom, top)
  const stretch = degrees ? Math.cos((((bottom + top) / 2) * Math.PI) / 180) : 1
  const width = (right - left) * stretch
  const height = top - bottom
  if (!(width > 0 && height > 0)) return null
  const aspect = Math.min(widest, Math.max(narrowest, width / height))
  // Where the sheet is wider or higher than the building, the rest is shared out on both sides.
  const unit = Math.max(width / aspect, height) / (1 - 2 * margin)
  const [sheetWidth, sheetHeight] = [unit * aspect, unit]
  return {
    widthPx,
    heightPx: Math.round(widthPx / aspect),
    place: ([x, y]) => [
      rounded(0.5 + ((x - (left + right) / 2) * stretch) / sheetWidth),
      rounded(0.5 - (y - (bottom + top) / 2) / sheetHeight),
    ],
  }
}

function isDegrees(left: number, right: number, bottom: number, top: number): boolean {
  const onEarth = left >= -180 && right <= 180 && bottom >= -90 && top <= 90
  return onEarth && right - left <= mostDegrees && top - bottom <= mostDegrees
}

/** Not by spreading: a plan may have more points than a call may have arguments. */
function ends(values: readonly number[]): [least: number, most: number] {
  return [
    values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
    values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
  ]
}

const rounded = (part: number) => Math.min(1, Math.max(0, Number(part.toFixed(4))))

/** Twice the signed area. */
export function areaTwice(ring: readonly MapPoint[]): number {
  return ring.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % ring.length] ?? [x, y]
    return sum + x * nextY - nextX * y
  }, 0)
}
