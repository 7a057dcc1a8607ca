import type { LibraryContent } from '../../../contract/menus/library.ts'
import type { DrawnRoom, PlanDrawing } from '../../importers/places/read-plan-geojson.ts'

const paper = '#f7f5ef'
const ink = '#4d4d4d'
const looks: Record<DrawnRoom['kind'], string> = {
  room: `fill="#fff" stroke="${ink}" stroke-width="5"`,
  wall: `fill="${ink}" stroke="${ink}" stroke-width="2"`,
  line: `fill="none" stroke="${ink}" stroke-width="8" stroke-linecap="round"`,
}
/** Rooms first, so that a wall in the middle of one is seen, whatever the order of the file. */
const order: readonly DrawnRoom['kind'][] = ['room', 'wall', 'line']
const [largestName, smallestName] = [36, 18]

/**
 * The building of a GeoJSON plan as a picture, without its shelves: these are drawn on the screen, which knows the visitor's language.
 * @param named with the rooms' names in it, in Japanese: for staff
 */
export function drawPlan({ widthPx, heightPx, rooms }: PlanDrawing, named: boolean): string {
  const path = ({ rings, kind }: DrawnRoom) =>
    rings
      .map((ring) => {
        const corners = ring.map(
          ([x, y]) => `${Math.round(x * widthPx * 10) / 10} ${Math.round(y * heightPx * 10) / 10}`,
        )
        return `M${corners.join('L')}${kind === 'line' ? '' : 'Z'}`
      })
      .join('')
  const sorted = order.flatMap((kind) => rooms.filter((room) => room.kind === kind))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${widthPx} ${heightPx}" width="${widthPx}" height="${heightPx}" font-family="Noto Sans CJK JP, Noto Sans JP, sans-serif">`,
    `<rect width="${widthPx}" height="${heightPx}" fill="${paper}"/>`,
    ...sorted.map(
      (room) => `<path d="${path(room)}" fill-rule="evenodd" stroke-linejoin="round" ${looks[room.kind]}/>`,
    ),
    ...(named ? rooms : []).flatMap((room) => nameOf(room, widthPx, heightPx) ?? []),
    '</svg>',
  ].join('\n')
}

/** What the screen names in the visitor's language. */
export function namedRooms({ rooms }: PlanDrawing): NonNullable<LibraryContent['plans'][number]['rooms']> {
  return rooms.flatMap(({ kind, rings, name }) => {
    if (kind !== 'room' || name === null) return []
    const points = rings.flat()
    const xs = points.map(([x]) => x)
    const ys = points.map(([, y]) => y)
    return { name, from: [Math.min(...xs), Math.min(...ys)], to: [Math.max(...xs), Math.max(...ys)] }
  })
}

/** Along the lower edge of its room, where shelves stand least; left out where there is no room for it. */
function nameOf(room: DrawnRoom, widthPx: number, heightPx: number): string | null {
  if (room.kind !== 'room' || room.name === null) return null
  const points = room.rings.flat()
  const xs = points.map(([x]) => x * widthPx)
  const ys = points.map(([, y]) => y * heightPx)
  const [left, right, bottom] = [Math.min(...xs), Math.max(...xs), Math.max(...ys)]
  const size = Math.min(largestName, ((right - left) * 0.9) / [...room.name.ja].length)
  if (size < smallestName || bottom - Math.min(...ys) < size * 1.5) return null
  const at = `x="${((left + right) / 2).toFixed(1)}" y="${(bottom - size * 0.6).toFixed(1)}"`
  return `<text ${at} font-size="${size.toFixed(1)}" text-anchor="middle" fill="#4d4d4d">${escaped(room.name.ja)}</text>`
}

const marks: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const escaped = (text: string) => text.replace(/[&<>]/g, (mark) => marks[mark] ?? '')
