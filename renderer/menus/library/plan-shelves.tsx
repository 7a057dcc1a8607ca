import type { LocalizedText } from '../../../contract/localized-text.ts'
import type { LibraryView } from '../../../contract/menus/library.ts'
import { shelfReadings } from '../../i18n/library/shelf-readings.ts'
import { pickText } from '../../i18n/pick-text.ts'
import { useVisit } from '../../state/visit-store.ts'
import { decideLabel, decideRoomLabel } from './decide-labels.ts'
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
        .map((part) => part.reading ?? part.text)
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
        const { text, lang } = written(name)
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
              {label.text}
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
                x={label.x}
                y={label.y}
                fontSize={label.sizePx}
                {...(label.upright ? { transform: `rotate(90 ${label.x} ${label.y})` } : {})}
              >
                {label.text}
              </text>
            )}
          </g>
        )
      })}
    </svg>
  )
}
