import type { LibraryView } from '../../../contract/menus/library.ts'
import { shelfReadings } from '../../i18n/library/shelf-readings.ts'
import { pickText } from '../../i18n/pick-text.ts'
import { useVisit } from '../../state/visit-store.ts'
import { decideLabel } from './decide-labels.ts'
import { useInKana } from './use-in-kana.ts'

type Plan = LibraryView['plans'][number]

/** All shelves of a plan whose picture shows none, each with its name in the visitor's language. */
export function PlanShelves({ view, plan, here }: { view: LibraryView; plan: Plan; here: string }) {
  const language = useVisit((visit) => visit.language)
  // There is no ruby in a drawing: for a child a name is written as it is read.
  const inKana = useInKana()
  const { widthPx, heightPx } = plan.picture
  const shelves = view.shelves.filter((shelf) => shelf.plan === plan.id && shelf.outline.length > 2)
  return (
    <svg
      className="library-plan-shelves"
      viewBox={`0 0 ${widthPx} ${heightPx}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {shelves.map(({ id, name, outline }) => {
        const picked = pickText(name, language)
        const text = inKana
          ? shelfReadings(name.ja)
              .map((part) => part.reading ?? part.text)
              .join('')
          : picked.text
        const label = decideLabel(text, outline, plan.picture)
        return (
          <g key={id} data-here={id === here}>
            <polygon points={outline.map(([x, y]) => `${x * widthPx},${y * heightPx}`).join(' ')} />
            {label && (
              <text
                lang={picked.lang}
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
