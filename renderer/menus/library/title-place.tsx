import { mdiMapMarker } from '@mdi/js'
import type { LibraryView, TitlePage } from '../../../contract/menus/library.ts'
import { useLibraryWords } from '../../i18n/library/library-words.ts'
import { Empty } from '../../ui/empty.tsx'
import { Icon } from '../../ui/icon.tsx'
import { TownPicture } from '../../ui/picture.tsx'
import { decideHere } from './decide-here.ts'
import { PlaceName } from './place-name.tsx'
import { PlanShelves } from './plan-shelves.tsx'
import { SpineLabel } from './spine-label.tsx'
import { TitleText } from './title-text.tsx'

/** The shelf on the plan of its library. */
export function TitlePlace({ view, title, shelf: id }: { view: LibraryView; title: TitlePage; shelf: string }) {
  const words = useLibraryWords()
  const shelf = view.shelves.find((one) => one.id === id)
  const plan = view.plans.find((one) => one.id === shelf?.plan)
  if (!shelf || !plan) return <Empty sentence={words.askCounter} />
  const callNumber = title.record.holdings.find((holding) => holding.shelf === id)?.callNumber ?? null
  const branch = view.branches.find((one) => one.id === shelf.branch)
  const here = decideHere(shelf.outline)
  const { widthPx, heightPx } = plan.picture
  return (
    <article className="library library-place">
      <header className="library-place-head">
        <div className="library-place-words">
          <h1 className="library-place-shelf">
            <PlaceName name={shelf.name} />
          </h1>
          <p className="library-place-title">
            <TitleText title={title.record} />
          </p>
          <p className="library-card-line">
            {branch && <PlaceName name={branch.name} />} <PlaceName name={plan.name} />
          </p>
        </div>
        {callNumber && <SpineLabel callNumber={callNumber} />}
      </header>
      <div className="library-plan-space">
        <div className="library-plan" style={{ aspectRatio: `${widthPx} / ${heightPx}` }}>
          <TownPicture picture={plan.picture} className="library-plan-picture" />
          {plan.labelled && <PlanShelves view={view} plan={plan} here={shelf.id} />}
          <svg className="library-plan-mark" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
            <polygon points={shelf.outline.map(([x, y]) => `${x * 100},${y * 100}`).join(' ')} />
          </svg>
          <p className="library-here" data-side={here.side} style={{ left: `${here.x}%`, top: `${here.y}%` }}>
            <span className="library-here-words">
              <Icon path={mdiMapMarker} className="icon small" />
              {words.hereItIs}
            </span>
          </p>
        </div>
      </div>
    </article>
  )
}
