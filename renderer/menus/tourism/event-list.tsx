import { useTranslation } from 'react-i18next'
import type { Occurrence } from '../../../contract/menus/tourism.ts'
import { monthText } from '../../i18n/dates.ts'
import { useVisit } from '../../state/visit-store.ts'
import { Empty } from '../../ui/empty.tsx'
import { MenuTitle } from '../../ui/menu-title.tsx'
import { Pager } from '../../ui/pager.tsx'
import { Touch } from '../../ui/touch.tsx'
import { EventCard } from './event-card.tsx'
import { inFilter, offeredFilters } from './filter-events.ts'
import { eventsPage, type TourismPage } from './tourism-page.ts'

type EventsPage = Extract<TourismPage, { kind: 'events' }>
/** More chips would push the list off the screen. */
const monthChips = 3

type Props = {
  occurrences: readonly Occurrence[]
  today: string
  page: EventsPage
  onTurn(page: TourismPage): void
  onOpen(id: string): void
}

export function EventList({ occurrences, today, page, onTurn, onOpen }: Props) {
  const { t } = useTranslation()
  const language = useVisit((visit) => visit.language)
  const offers = offeredFilters(occurrences, today)
  const fixed = offers.filter((offer) => !/^\d/.test(offer.filter))
  const months = offers.filter((offer) => /^\d/.test(offer.filter))
  const chosenAt = months.findIndex((offer) => offer.filter === page.filter)
  const firstMonth = Math.max(0, Math.min(months.length - monthChips, chosenAt < 0 ? 0 : chosenAt - 1))
  const inTime = inFilter(occurrences, page.filter, today)
  const count = {
    children: inTime.filter((one) => one.forChildren).length,
    free: inTime.filter((one) => one.free).length,
  }
  const children = page.children && count.children > 0
  const free = page.free && count.free > 0
  const shown = inTime.filter((one) => (!children || one.forChildren) && (!free || one.free))
  const words = (filter: string) =>
    ({ today: t('today'), week: t('thisWeek'), month: t('thisMonth') })[filter] ?? monthText(`${filter}-01`, language)
  return (
    <div className="list-page">
      <MenuTitle menu="tourism" title={t('menu_tourism')} part={t('events')} />
      <div className="chips">
        {[...fixed, ...months.slice(firstMonth, firstMonth + monthChips)].map((offer) => (
          <Touch
            key={offer.filter}
            name={`filter-${offer.filter}`}
            className="chip"
            pressed={page.filter === offer.filter}
            onTouch={() => onTurn(eventsPage(offer.filter))}
          >
            {words(offer.filter)} {offer.count}
          </Touch>
        ))}
        {count.children > 0 && (
          <Touch
            name="filter-children"
            className="chip"
            pressed={children}
            onTouch={() => onTurn({ ...page, children: !children, page: 0 })}
          >
            {t('forChildren')} {count.children}
          </Touch>
        )}
        {count.free > 0 && (
          <Touch
            name="filter-free"
            className="chip"
            pressed={free}
            onTouch={() => onTurn({ ...page, free: !free, page: 0 })}
          >
            {t('free')} {count.free}
          </Touch>
        )}
      </div>
      {shown.length === 0 ? (
        <Empty
          sentence={t('noEvents')}
          {...(page.filter === 'month' && !page.children && !page.free
            ? {}
            : { way: t('noEventsWay'), onWay: () => onTurn(eventsPage('month')) })}
        />
      ) : (
        <Pager
          items={shown}
          page={page.page}
          onPage={(next) => onTurn({ ...page, page: next })}
          card={{ minWidth: 72, height: 20.8 }}
          keyOf={(event) => event.id}
          render={(event) => <EventCard event={event} onOpen={() => onOpen(event.id)} />}
        />
      )}
    </div>
  )
}
