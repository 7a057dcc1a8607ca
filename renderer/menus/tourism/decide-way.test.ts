import { describe, expect, it } from 'vitest'
import { decideWay } from './decide-way.ts'

/** 中央公民館. One minute of latitude is 1,852 m. */
const here = { lat: 42.91299, lon: 143.05264 }
const north = (metres: number) => ({ ...here, lat: here.lat + metres / 1_852 / 60 })
const east = (metres: number) => ({
  ...here,
  lon: here.lon + metres / (1_852 * 60 * Math.cos((here.lat * Math.PI) / 180)),
})

describe('how a place lies from here', () => {
  it('says that it is this building', () => {
    expect(decideWay(here, north(30)).kind).toBe('here')
  })

  it('walks a kilometre, a quarter longer than the straight line, at eighty metres a minute', () => {
    const way = decideWay(here, north(1_000))
    expect(way.kind).toBe('walk')
    expect(way.distanceM / 1_250).toBeCloseTo(1, 2)
    expect(way.minutes).toBe(16)
  })

  it('drives what is too far to walk', () => {
    expect(decideWay(here, east(11_900))).toMatchObject({ kind: 'drive', minutes: 25 })
  })

  it.each([
    ['north', north(500), 0],
    ['east', east(500), 90],
    ['south', north(-500), 180],
    ['west', east(-500), 270],
  ])('points %s', (_, there, bearing) => {
    expect(Math.round(decideWay(here, there).bearingDeg) % 360).toBe(bearing)
  })
})
