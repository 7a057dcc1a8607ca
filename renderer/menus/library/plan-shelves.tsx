import type { LocalizedText } from '../../../contract/localized-text.ts'
import type { LibraryView } from '../../../contract/menus/library.ts'
import { shelfReadings } from '../../i18n/library/shelf-readings.ts'
import { pickText } from '../../i18n/pick-text.ts'
import { useVisit } from '../../state/visit-store.ts'
import { decideLabel, decideRoomLabel, mayBreak } from './decide-labels.ts'
import { useInKana } from './use-in-kana.ts'

type Plan = LibraryView['plans'][number]

/** What a plan's picture does not name: all its shelves, and the rooms of one that was drawn from GeoJSON, in the visitor's language. */
export function PlanShelves({ view, plan, here }: { view: LibraryView; plan: Plan; here: string }) {
  const language = useVisit((visit) => visit.language)
  // There is no ruby in a drawing: for a child a name is written as it is read.
  const inKana = useInKana()
  const { widthPx, heightPx } = plan.picture
  const written = (name: LocalizedText) => {
    const picked = pickText(name, language)
    const kana = () =>
      shelfReadings(name.ja)
        .map((part, at) => (part.reading === null ? part.text : `${at > 0 ? mayBreak : ''}${part.reading}`))
        .join('')
    return { text: inKana ? kana() : picked.text, lang: picked.lang }
  }
  const shelves = view.shelves.filter((shelf) => shelf.plan === plan.id && shelf.outline.length > 2)
  return (
    <svg
      className="library-plan-shelves"
      viewBox={`0 0 ${widthPx} ${heightPx}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {plan.rooms?.map(({ name, from, to }) => {
        const { text: words, lang } = written(name)
        const text = words.replaceAll(mayBreak, '')
        const label = decideRoomLabel(text, [from, to], plan.picture)
        return (
          label && (
            <text
              key={`${from} ${to}`}
              className="library-plan-room"
              lang={lang}
              x={label.x}
              y={label.y}
              fontSize={label.sizePx}
            >
              {text}
            </text>
          )
        )
      })}
      {shelves.map(({ id, name, outline }) => {
        const { text, lang } = written(name)
        const label = decideLabel(text, outline, plan.picture)
        return (
          <g key={id} data-here={id === here}>
            <polygon points={outline.map(([x, y]) => `${x * widthPx},${y * heightPx}`).join(' ')} />
            {label && (
              <text
                lang={lang}
                fontSize={label.sizePx}
                {...(label.upright ? { transform: `rotate(90 ${label.x} ${label.y})` } : {})}
              >
                {label.lines.map((line) => (
                  <tspan key={line.y} x={label.x} y={line.y}>
                    {line.text}
                  </tspan>
                ))}
              </text>
            )}
          </g>
        )
      })}
    </svg>
  )
}
