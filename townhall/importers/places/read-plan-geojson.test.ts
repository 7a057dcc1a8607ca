import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { areaTwice } from './plan-frame.ts'
import { readPlanGeoJson } from './read-plan-geojson.ts'

type Ring = number[][]
const box = (left: number, bottom: number, width: number, height: number): Ring => [
  ...[
    [left, bottom],
    [left + width, bottom],
    [left + width, bottom + height],
    [left, bottom + height],
  ],
  [left, bottom],
]
const feature = (properties: object | null, geometry: unknown) => ({ type: 'Feature', properties, geometry })
const area = (...rings: Ring[]) => ({ type: 'Polygon', coordinates: rings })
const hall = feature({ 種類: '部屋', 名称: '閲覧室' }, area(box(0, 0, 40, 20)))
const shelf = (棚: unknown, ring: Ring = box(4, 4, 8, 2), more: object = {}) => feature({ 棚, ...more }, area(ring))
const bytesOf = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))
const collection = (...features: unknown[]) => bytesOf({ type: 'FeatureCollection', features })
function read(...features: unknown[]) {
  const made = readPlanGeoJson(collection(...features))
  if ('refused' in made) throw new Error(made.refused)
  return made
}
const said = (...features: unknown[]) =>
  read(...features).notices.map(({ column, severity, reason }) => [column, severity, reason])

describe('a plan as GeoJSON', () => {
  it('gives rooms and shelves as parts of a sheet, north up, with names in every language that there is', () => {
    const { drawing, notices } = read(
      hall,
      feature({ 種類: '壁' }, area(box(20, 0, 0.5, 20))),
      feature(
        {},
        {
          type: 'LineString',
          coordinates: [
            [0, 0],
            [40, 20],
          ],
        },
      ),
      shelf('文学', box(0, 18, 20, 2), {
        名称: '文学の棚',
        'name:en': 'Literature',
        名称_韓国語: '문학',
        'name:zh': '文学类',
      }),
    )
    expect(notices).toEqual([])
    expect(drawing.rooms.map(({ kind, name }) => [kind, name])).toEqual([
      ['room', { ja: '閲覧室' }],
      ['wall', null],
      ['line', null],
    ])
    expect([drawing.widthPx, drawing.heightPx]).toEqual([1600, 800])
    const [one] = drawing.shelves
    expect(one).toMatchObject({
      id: '文学',
      name: { ja: '文学の棚', en: 'Literature', ko: '문학', 'zh-Hans': '文学类' },
    })
    // The upper left quarter of a sheet with four parts of a hundred around.
    expect(one?.outline).toEqual([
      [0.04, 0.132],
      [0.5, 0.132],
      [0.5, 0.04],
      [0.04, 0.04],
    ])
  })

  it('takes degrees as what they are on the ground: a square building is a square', () => {
    const metre = 1 / 111_320
    const wide = metre / Math.cos((42.9 * Math.PI) / 180)
    const square = [
      [0, 0],
      [30, 0],
      [30, 30],
      [0, 30],
      [0, 0],
    ].map(([x = 0, y = 0]) => [143.05 + x * wide, 42.9 + y * metre])
    const { drawing } = read(feature({ 種類: '部屋' }, area(square)), feature({ 棚: 'A' }, area(square)))
    expect(drawing.heightPx).toBeGreaterThan(1_590)
    expect(drawing.heightPx).toBeLessThan(1_610)
  })

  it.each([
    [
      'a point',
      feature({ 棚: 'B' }, { type: 'Point', coordinates: [1, 1] }),
      'Polygon（面）か LineString（線）ではありません（Point）。',
    ],
    ['no geometry', feature({ 棚: 'B' }, null), '図形（geometry）がありません。'],
    [
      'a line as a shelf',
      feature(
        { 棚: 'B' },
        {
          type: 'LineString',
          coordinates: [
            [1, 1],
            [5, 5],
          ],
        },
      ),
      '棚は Polygon（面）で描いてください。',
    ],
    [
      'no code',
      feature({ 種類: '棚', 名称: 'B' }, area(box(1, 1, 4, 4))),
      '「棚」（蔵書の「保管場所」と同じ棚コード）がありません。',
    ],
    [
      'a code of spaces',
      feature({ 棚: ' \u0000 ', kind: 'shelf', 名称: 'B' }, area(box(1, 1, 4, 4))),
      '「棚」（蔵書の「保管場所」と同じ棚コード）がありません。',
    ],
    [
      'two corners',
      shelf('B', [
        [1, 1],
        [5, 5],
        [1, 1],
      ]),
      '角が3つありません。',
    ],
    [
      'no area',
      shelf('B', [
        [1, 1],
        [5, 5],
        [3, 3],
        [1, 1],
      ]),
      '面積がないか、小さすぎて見えません。',
    ],
    ['words for numbers', shelf('B', [['a', 'b']] as unknown as Ring), '座標が数ではありません。'],
    [
      'null for a number',
      shelf('B', [
        [1, Number.NaN],
        [2, 3],
        [4, 5],
        [1, 1],
      ]),
      '座標が数ではありません。',
    ],
    [
      'a number without end',
      shelf('B', [
        [1e300, 1],
        [2, 3],
        [4, 5],
        [1, 1],
      ]),
      '座標が大きすぎます。',
    ],
    [
      'coordinates that are none',
      feature({ 棚: 'B' }, { type: 'Polygon', coordinates: 7 }),
      '座標のならびが読めません。',
    ],
    ['no ring', feature({ 棚: 'B' }, area()), '座標がありません。'],
    [
      'another unit',
      shelf('B', box(400_000, 4, 8, 2)),
      'ほかの図形から遠すぎるので、描きません。座標の単位とけたを確かめてください。',
    ],
    ['the same code again', shelf('A', box(20, 4, 8, 2)), '同じ棚コードの図形が、前にもあります。'],
    [
      'sixty-one corners',
      shelf(
        'B',
        Array.from({ length: 61 }, (_, at) => [10 + Math.cos(at / 10), 10 + Math.sin(at / 10)]),
      ),
      '角が多すぎます（61）。棚の角は 60 までにしてください。',
    ],
    ['no feature', 'これは何', 'Feature ではありません。'],
  ])('tells %s by file and feature, and keeps the others', (_, bad, reason) => {
    const { drawing, notices } = read(hall, shelf('A'), bad, shelf('C', box(20, 10, 4, 4)))
    expect(drawing.shelves.map(({ id }) => id)).toEqual(['A', 'C'])
    expect(notices.filter(({ severity }) => severity === 'refused')).toEqual([
      expect.objectContaining({ column: expect.stringMatching(/^3件目/), reason }),
    ])
  })

  it('closes an open ring, and takes the largest of several areas, and says so', () => {
    const open = box(4, 4, 8, 2).slice(0, 4)
    expect(said(hall, shelf('A', open))).toEqual([
      ['2件目「A」', 'repaired', '線の終わりが始まりにもどっていないので、閉じて読みました。'],
    ])
    const parts = { type: 'MultiPolygon', coordinates: [[box(1, 1, 1, 1)], [box(10, 4, 8, 2)]] }
    const { drawing, notices } = read(hall, feature({ 棚: 'A' }, parts))
    expect(notices).toMatchObject([{ severity: 'repaired', value: 'A' }])
    expect(drawing.shelves[0]?.outline[0]?.[0]).toBeGreaterThan(0.2)
  })

  it.each([
    ['nothing', new Uint8Array(), 'ファイルが空です。', null],
    ['no JSON', bytesOf('{\n"type":\n"FeatureCollection",,}'), 'GeoJSON として読めません。', 3],
    ['NaN', bytesOf('{"type":"FeatureCollection","features":[NaN]}'), '座標に NaN か Infinity', 1],
    ['a web page', bytesOf('<html>'), 'GeoJSON として読めません。', null],
    ['another kind', bytesOf({ type: 'Topology' }), 'FeatureCollection ではありません。', null],
    ['a list', bytesOf([]), 'FeatureCollection ではありません。', null],
    ['no feature at all', collection(), '描ける図形がありません。', null],
    ['eleven megabytes', new Uint8Array(11 * 1_048_576), 'ファイルが大きすぎます（11 MB）。10 MB までです。', null],
    [
      'five thousand and one features',
      collection(...Array.from({ length: 5_001 }, () => hall)),
      '図形が多すぎます（5001）。',
      null,
    ],
  ])('refuses %s whole, in words and with the line', (_, bytes, words, line) => {
    const made = readPlanGeoJson(bytes)
    expect(made).toMatchObject({ refused: expect.stringContaining(words), line })
  })

  it('a million dots are too many, and are counted without falling over', () => {
    const ring = Array.from({ length: 200_000 }, (_, at) => [Math.cos(at), Math.sin(at)])
    expect(readPlanGeoJson(collection(feature({}, area(ring))))).toMatchObject({
      refused: expect.stringContaining('点が多すぎます'),
    })
  })

  it('whatever comes, it answers; every shelf lies on its sheet, has an area, and a code of its own', () => {
    const number = fc.oneof(
      fc.double(),
      fc.integer({ min: -50, max: 50 }),
      fc.constantFrom(Number.NaN, 1e308, 143.05, 42.9),
    )
    const ring = fc.array(fc.array(number, { maxLength: 3 }), { maxLength: 8 })
    const geometry = fc.oneof(
      fc.record({
        type: fc.constantFrom('Polygon', 'LineString', 'MultiPolygon', 'Point', '__proto__'),
        coordinates: fc.oneof(
          ring,
          fc.array(ring, { maxLength: 3 }),
          fc.array(fc.array(ring, { maxLength: 2 }), { maxLength: 2 }),
        ),
      }),
      fc.jsonValue(),
    )
    const properties = fc.oneof(
      fc.dictionary(
        fc.constantFrom('棚', '名称', '種類', 'name:en', 'constructor'),
        fc.oneof(fc.string({ unit: 'grapheme', maxLength: 5 }), fc.integer(), fc.constant('棚')),
      ),
      fc.jsonValue(),
    )
    fc.assert(
      fc.property(
        fc.array(fc.record({ type: fc.constant('Feature'), properties, geometry }), { maxLength: 12 }),
        (features) => {
          const made = readPlanGeoJson(collection(...features))
          if ('refused' in made) return
          const { shelves, widthPx, heightPx } = made.drawing
          expect(widthPx / heightPx).toBeGreaterThan(0.59)
          expect(widthPx / heightPx).toBeLessThan(2.21)
          expect(new Set(shelves.map(({ id }) => id)).size).toBe(shelves.length)
          for (const { id, outline } of shelves) {
            expect(id).not.toBe('')
            expect(outline.length).toBeGreaterThan(2)
            expect(outline.flat().every((part) => part >= 0 && part <= 1)).toBe(true)
            expect(areaTwice(outline)).not.toBe(0)
          }
        },
      ),
      { numRuns: 400 },
    )
  })
})
