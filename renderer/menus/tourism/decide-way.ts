import type { Point } from '../../../contract/place.ts'

export type Way = { kind: 'here' | 'walk' | 'drive'; distanceM: number; bearingDeg: number; minutes: number }

const earthRadiusM = 6_371_000
/** 不動産の表示に関する公正競争規約: eighty metres a minute on foot. */
const walkMPerMinute = 80
const driveMPerMinute = 600
/** A straight line is shorter than any street. */
const detour = 1.25
/** Half an hour on foot; beyond, people here drive. */
const walkUpToM = 2_400
const hereWithinM = 40

/** How to think of a place from here: direction (degrees from north), distance and minutes. */
export function decideWay(here: Point, there: Point): Way {
  const rad = Math.PI / 180
  const dLat = (there.lat - here.lat) * rad
  const dLon = (there.lon - here.lon) * rad
  const a = Math.sin(dLat / 2) ** 2 + Math.cos(here.lat * rad) * Math.cos(there.lat * rad) * Math.sin(dLon / 2) ** 2
  const straightM = 2 * earthRadiusM * Math.asin(Math.sqrt(a))
  const y = Math.sin(dLon) * Math.cos(there.lat * rad)
  const x =
    Math.cos(here.lat * rad) * Math.sin(there.lat * rad) -
    Math.sin(here.lat * rad) * Math.cos(there.lat * rad) * Math.cos(dLon)
  const bearingDeg = (Math.atan2(y, x) / rad + 360) % 360
  const distanceM = Math.round(straightM * detour)
  if (straightM < hereWithinM) return { kind: 'here', distanceM, bearingDeg, minutes: 0 }
  if (distanceM <= walkUpToM)
    return { kind: 'walk', distanceM, bearingDeg, minutes: Math.max(1, Math.ceil(distanceM / walkMPerMinute)) }
  return { kind: 'drive', distanceM, bearingDeg, minutes: Math.max(1, Math.ceil(distanceM / driveMPerMinute)) }
}
