import type { Notice } from '../import-report.ts'
import type { MapPoint } from './plan-frame.ts'

/** Rings without their closing point; of a line its points. `outer`: whether the ring is an edge of the whole and no hole in it. */
export type Figure = { kind: 'area' | 'line'; rings: MapPoint[][]; outer: boolean[] }

/** Beyond it figures lose their last places, and no plan needs it in any unit. */
const largest = 1e9

class Broken extends Error {
  override readonly name = 'Broken'
}

/** @param say severity and reason of what is wrong with it @returns null: refused, and told */
export function readGeometry(
  geometry: unknown,
  say: (severity: Notice['severity'], reason: string) => void,
): Figure | null {
  const { type, coordinates } = parts(geometry)
  let closed = 0
  const ring = (value: unknown): MapPoint[] => {
    const points = withoutRepeats(line(value))
    const [first, last] = [points[0], points.at(-1)]
    if (points.length > 1 && first?.[0] === last?.[0] && first?.[1] === last?.[1]) points.pop()
    else closed += 1
    if (points.length < 3) throw new Broken('角が3つありません。')
    return points
  }
  const polygon = (value: unknown) => {
    const rings = list(value).map(ring)
    if (rings.length === 0) throw new Broken('座標がありません。')
    return rings.map((points, at) => ({ points, outer: at === 0 }))
  }
  try {
    const read = figure()
    if (closed > 0) say('repaired', '線の終わりが始まりにもどっていないので、閉じて読みました。')
    return read
  } catch (error) {
    if (!(error instanceof Broken)) throw error
    say('refused', error.message)
    return null
  }

  function figure(): Figure {
    if (type === 'LineString') return { kind: 'line', rings: [longEnough(line(coordinates))], outer: [true] }
    if (type === 'MultiLineString') {
      const lines = list(coordinates).map((one) => longEnough(line(one)))
      if (lines.length === 0) throw new Broken('座標がありません。')
      return { kind: 'line', rings: lines, outer: lines.map(() => true) }
    }
    if (type !== 'Polygon' && type !== 'MultiPolygon')
      throw new Broken(
        type === null
          ? '図形（geometry）がありません。'
          : `Polygon（面）か LineString（線）ではありません（${type}）。`,
      )
    const areas = type === 'Polygon' ? polygon(coordinates) : list(coordinates).flatMap(polygon)
    if (areas.length === 0) throw new Broken('座標がありません。')
    return { kind: 'area', rings: areas.map(({ points }) => points), outer: areas.map(({ outer }) => outer) }
  }
}

function parts(geometry: unknown): { type: string | null; coordinates: unknown } {
  if (typeof geometry !== 'object' || geometry === null || !('type' in geometry))
    return { type: null, coordinates: null }
  return {
    type: typeof geometry.type === 'string' ? geometry.type.slice(0, 40) : null,
    coordinates: 'coordinates' in geometry ? geometry.coordinates : null,
  }
}

function list(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new Broken('座標のならびが読めません。')
  return value
}

const line = (value: unknown): MapPoint[] => list(value).map(point)

function longEnough(points: MapPoint[]): MapPoint[] {
  if (points.length < 2) throw new Broken('線の点が2つありません。')
  return points
}

function point(value: unknown): MapPoint {
  const [x, y]: unknown[] = list(value)
  if (typeof x !== 'number' || typeof y !== 'number' || !Number.isFinite(x) || !Number.isFinite(y))
    throw new Broken('座標が数ではありません。')
  if (Math.abs(x) > largest || Math.abs(y) > largest) throw new Broken('座標が大きすぎます。')
  return [x, y]
}

const withoutRepeats = (points: MapPoint[]) =>
  points.filter(([x, y], at) => {
    const before = points[at - 1]
    return before === undefined || before[0] !== x || before[1] !== y
  })
