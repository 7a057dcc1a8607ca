export type Point = { x: number; y: number }

/** The straight line through points by least squares; `error` is the standard error of its slope. */
export function slopeOf(points: readonly Point[]): { slope: number; error: number; start: number } {
  const count = points.length
  const mean = (of: (point: Point) => number) => points.reduce((sum, point) => sum + of(point), 0) / count
  const [mx, my] = [mean(({ x }) => x), mean(({ y }) => y)]
  const spread = points.reduce((sum, { x }) => sum + (x - mx) ** 2, 0)
  if (count < 3 || spread === 0) return { slope: Number.NaN, error: Number.NaN, start: my }
  const slope = points.reduce((sum, { x, y }) => sum + (x - mx) * (y - my), 0) / spread
  const start = my - slope * mx
  const rest = points.reduce((sum, { x, y }) => sum + (y - start - slope * x) ** 2, 0)
  return { slope, error: Math.sqrt(rest / (count - 2) / spread), start }
}
