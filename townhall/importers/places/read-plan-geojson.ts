import type { LocalizedText } from '../../../contract/localized-text.ts'
import type { Shelf } from '../../../contract/menus/library.ts'
import { decodeText } from '../decode-text.ts'
import type { Notice } from '../import-report.ts'
import { nameOfFeature } from './place-names.ts'
import { areaTwice, decideStray, type MapPoint, type PlanPoint, planFrame } from './plan-frame.ts'
import { type Figure, readGeometry } from './read-geometry.ts'

const mostBytes = 10 * 1024 * 1024
const mostFeatures = 5_000
const mostPoints = 100_000
const mostCorners = 60
/** Of the sheet: some two dots of its picture. */
const leastArea = 1e-6

export type DrawnRoom = { kind: 'room' | 'wall' | 'line'; rings: PlanPoint[][]; name: LocalizedText | null }
export type DrawnShelf = { id: string; name: Partial<LocalizedText>; outline: Shelf['outline'] }
export type PlanDrawing = { widthPx: number; heightPx: number; rooms: DrawnRoom[]; shelves: DrawnShelf[] }

type Kind = 'shelf' | 'room' | 'wall'
type Feature = { place: string; kind: Kind; code: string | null; name: Partial<LocalizedText>; figure: Figure }
type Say = (place: string | null, severity: Notice['severity'], reason: string, value?: string | null) => void

const codeNames = ['棚', '棚コード', '保管場所', 'shelf', 'code']
const kindNames = ['種類', 'kind', 'type']
const kindWords: [Kind, RegExp][] = [
  ['shelf', /^(?:棚|書架|本棚|shelf|bookshelf)$/i],
  ['wall', /^(?:壁|柱|wall|pillar|column)$/i],
]

/**
 * A plan of a floor as GeoJSON (RFC 7946): polygons and lines of walls and rooms, and polygons of shelves with their codes and names.
 * Degrees or any plain unit, north up. A feature with a mistake is told, by its number, and left out.
 */
export function readPlanGeoJson(
  bytes: Uint8Array,
): { drawing: PlanDrawing; notices: Notice[] } | { refused: string; line: number | null } {
  const refuse = (refused: string, line: number | null = null) => ({ refused, line })
  if (bytes.length > mostBytes)
    return refuse(`ファイルが大きすぎます（${Math.ceil(bytes.length / 1_048_576)} MB）。10 MB までです。`)
  const decoded = decodeText(bytes)
  if ('refused' in decoded) return refuse(decoded.refused)
  const json = parseJson(decoded.text.replace(/^\uFEFF/, ''))
  if ('refused' in json) return json
  const features = featuresIn(json.value)
  if (features === null) return refuse('GeoJSON の FeatureCollection ではありません。')
  if (features.length > mostFeatures)
    return refuse(`図形が多すぎます（${features.length}）。${mostFeatures} までにしてください。`)

  const notices: Notice[] = []
  const say: Say = (column, severity, reason, value = null) =>
    notices.push({ line: null, column, value, reason, severity })
  const read = features.flatMap((feature, at) => readFeature(feature, at, say) ?? [])
  const stray = decideStray(read.map(({ figure }) => figure.rings.flat()))
  const near = read.filter((feature, at) => {
    if (stray[at])
      say(feature.place, 'refused', 'ほかの図形から遠すぎるので、描きません。座標の単位とけたを確かめてください。')
    return !stray[at]
  })
  const points: MapPoint[] = near.flatMap(({ figure }) => figure.rings.flat())
  if (points.length > mostPoints)
    return refuse(`点が多すぎます（${points.length}）。${mostPoints} までに減らしてください。`)
  const frame = planFrame(points)
  if (frame === null) return refuse('描ける図形がありません。')
  const drawing: PlanDrawing = { widthPx: frame.widthPx, heightPx: frame.heightPx, rooms: [], shelves: [] }
  for (const feature of near) {
    const rings = feature.figure.rings.map((ring) => ring.map(frame.place))
    if (feature.kind === 'shelf') {
      const shelf = readShelf(feature, rings, say)
      if (shelf === null) continue
      if (drawing.shelves.some(({ id }) => id === shelf.id))
        say(feature.place, 'refused', '同じ棚コードの図形が、前にもあります。', shelf.id)
      else drawing.shelves.push(shelf)
    } else {
      const kind = feature.figure.kind === 'line' ? 'line' : feature.kind === 'wall' ? 'wall' : 'room'
      const { ja } = feature.name
      drawing.rooms.push({ kind, rings, name: ja === undefined ? null : { ...feature.name, ja } })
    }
  }
  return { drawing, notices }
}

function readShelf(feature: Feature, rings: PlanPoint[][], say: Say): DrawnShelf | null {
  const { place, code, name } = feature
  if (code === null) {
    say(place, 'refused', '「棚」（蔵書の「保管場所」と同じ棚コード）がありません。')
    return null
  }
  if (code.length > 60) {
    say(place, 'refused', '棚コードが長すぎます。60文字までです。', code.slice(0, 60))
    return null
  }
  const outer = rings.filter((_, at) => feature.figure.outer[at])
  const [outline] = outer.sort((one, other) => Math.abs(areaTwice(other)) - Math.abs(areaTwice(one)))
  if (feature.figure.kind === 'line' || outline === undefined) {
    say(place, 'refused', '棚は Polygon（面）で描いてください。', code)
    return null
  }
  if (outline.length > mostCorners) {
    say(place, 'refused', `角が多すぎます（${outline.length}）。棚の角は ${mostCorners} までにしてください。`, code)
    return null
  }
  if (Math.abs(areaTwice(outline)) / 2 < leastArea) {
    say(place, 'refused', '面積がないか、小さすぎて見えません。', code)
    return null
  }
  if (outer.length > 1)
    say(place, 'repaired', '一つの棚が離れた面に分かれているので、いちばん大きい面だけを使います。', code)
  return { id: code, name, outline }
}

function readFeature(feature: unknown, at: number, say: Say): Feature | null {
  const number = `${at + 1}件目`
  if (!isObject(feature) || feature.type !== 'Feature') {
    say(number, 'refused', 'Feature ではありません。')
    return null
  }
  const properties = isObject(feature.properties) ? feature.properties : {}
  const textOf = (names: readonly string[]) => {
    for (const name of names) {
      const value = Object.hasOwn(properties, name) ? properties[name] : undefined
      const text = typeof value === 'string' || typeof value === 'number' ? plainText(String(value)) : ''
      if (text !== '') return text
    }
    return null
  }
  const code = textOf(codeNames)
  const name = nameOfFeature(textOf)
  const shown = name.ja ?? code
  const place = shown === null ? number : `${number}「${shown.slice(0, 40)}」`
  const word = textOf(kindNames)
  const kind = kindWords.find(([, words]) => words.test(word ?? ''))?.[0] ?? (code === null ? 'room' : 'shelf')
  const figure = readGeometry(feature.geometry, (severity, reason) => say(place, severity, reason))
  return figure === null ? null : { place, kind, code, name, figure }
}

/** Without what no name has and no drawing can hold: control characters and halves of characters. */
const plainText = (text: string) =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\uFFFD\uFFFE\uFFFF]+/gu, ' ')
    .trim()

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function featuresIn(value: unknown): unknown[] | null {
  return isObject(value) && value.type === 'FeatureCollection' && Array.isArray(value.features) ? value.features : null
}

function parseJson(text: string): { value: unknown } | { refused: string; line: number | null } {
  const lineAt = (position: number) => text.slice(0, position).split('\n').length
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    // Written by programs that know no better, and not JSON.
    const noNumber = /[[,:\s](?:NaN|-?Infinity)\s*[\],}]/.exec(text)
    if (noNumber)
      return {
        refused: '座標に NaN か Infinity（数ではないもの）があるので読めません。',
        line: lineAt(noNumber.index + 1),
      }
    const position = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1]
    return position === undefined
      ? { refused: 'GeoJSON として読めません。書き方がこわれているか、GeoJSON ではありません。', line: null }
      : {
          refused: 'GeoJSON として読めません。この行のあたりで、書き方がこわれています。',
          line: lineAt(Number(position)),
        }
  }
}
