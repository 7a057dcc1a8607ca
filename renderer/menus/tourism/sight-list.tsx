import { useTranslation } from 'react-i18next'
import type { Sight } from '../../../contract/menus/tourism.ts'
import { Empty } from '../../ui/empty.tsx'
import { MenuTitle } from '../../ui/menu-title.tsx'
import { Pager } from '../../ui/pager.tsx'
import { Touch } from '../../ui/touch.tsx'
import { SightCard } from './sight-card.tsx'
import type { TourismPage } from './tourism-page.ts'

type SightsPage = Extract<TourismPage, { kind: 'sights' }>
const order = ['nature', 'park', 'culture', 'play', 'food', 'stay'] satisfies Sight['category'][]

export function SightList({
  sights,
  page,
  onTurn,
  onOpen,
}: {
  sights: readonly Sight[]
  page: SightsPage
  onTurn(page: SightsPage): void
  onOpen(id: string): void
}) {
  const { t } = useTranslation()
  const categories = order
    .map((category) => ({ category, count: sights.filter((sight) => sight.category === category).length }))
    .filter((one) => one.count > 0)
  // A category that a new release has emptied is no dead end.
  const chosen = categories.some((one) => one.category === page.category) ? page.category : 'all'
  const shown = chosen === 'all' ? sights : sights.filter((sight) => sight.category === chosen)
  const pick = (category: SightsPage['category']) => () => onTurn({ kind: 'sights', category, page: 0 })
  return (
    <div className="list-page">
      <MenuTitle menu="tourism" title={t('menu_tourism')} part={t('sights')} />
      {sights.length === 0 ? (
        <Empty sentence={t('noSights')} />
      ) : (
        <>
          <div className="chips">
            <Touch name="category-all" className="chip" pressed={chosen === 'all'} onTouch={pick('all')}>
              {t('all')} {sights.length}
            </Touch>
            {categories.map(({ category, count }) => (
              <Touch
                key={category}
                name={`category-${category}`}
                className="chip"
                pressed={chosen === category}
                onTouch={pick(category)}
              >
                {t(`category_${category}`)} {count}
              </Touch>
            ))}
          </div>
          <Pager
            items={shown}
            page={page.page}
            onPage={(next) => onTurn({ ...page, category: chosen, page: next })}
            card={{ minWidth: 42, height: 36 }}
            keyOf={(sight) => sight.id}
            render={(sight) => <SightCard sight={sight} onOpen={() => onOpen(sight.id)} />}
          />
        </>
      )}
    </div>
  )
}
