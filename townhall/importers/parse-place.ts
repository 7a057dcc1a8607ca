import type { Point } from '../../contract/place.ts'
import { saysNothing } from './parse-date.ts'

/** The town's bounds with a margin for what lies just beyond (a station, a river bank). */
export type Bounds = { south: number; west: number; north: number; east: number }
export const memuroBounds: Bounds = { south: 42.72206, west: 142.71644, north: 43.03476, east: 143.14748 }

export type ParsedPoint = { kind: 'point'; point: Point; repaired?: string } | { kind: 'none'; note?: string }

/** Latitude and longitude in decimal degrees; swapped ones are put right when that brings them into the town. */
export function parsePoint(rawLat: string, rawLon: string, bounds: Bounds): ParsedPoint {
  const [latText, lonText] = [rawLat, rawLon].map((raw) => raw.normalize('NFKC').replace(/[\s度°]/g, ''))
  if (saysNothing(latText ?? '') && saysNothing(lonText ?? '')) return { kind: 'none' }
  const [lat, lon] = [toNumber(latText ?? ''), toNumber(lonText ?? '')]
  if (lat === null || lon === null)
    return { kind: 'none', note: '緯度・経度が数ではないため、地図の場所なしで受け取りました。' }
  if (inside({ lat, lon }, bounds)) return { kind: 'point', point: { lat, lon } }
  if (inside({ lat: lon, lon: lat }, bounds))
    return { kind: 'point', point: { lat: lon, lon: lat }, repaired: '緯度と経度が逆だったので、入れかえました。' }
  return { kind: 'none', note: `緯度 ${rawLat}・経度 ${rawLon} は町の外です。地図の場所なしで受け取りました。` }
}

const toNumber = (text: string) => (/^-?\d{1,3}(?:\.\d+)?$/.test(text) ? Number(text) : null)
const inside = (point: Point, bounds: Bounds) =>
  point.lat >= bounds.south && point.lat <= bounds.north && point.lon >= bounds.west && point.lon <= bounds.east
