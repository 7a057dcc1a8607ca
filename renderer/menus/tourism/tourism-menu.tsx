import { mdiCalendarStar, mdiImageFilterHdr } from '@mdi/js'
import { useTranslation } from 'react-i18next'
import { useRelease } from '../../state/release-store.ts'
import { Icon } from '../../ui/icon.tsx'
import { MenuTitle } from '../../ui/menu-title.tsx'
import { TownPicture } from '../../ui/picture.tsx'
import { Touch } from '../../ui/touch.tsx'
import { EventDetail } from './event-detail.tsx'
import { EventList } from './event-list.tsx'
import { SightDetail } from './sight-detail.tsx'
import { SightList } from './sight-list.tsx'
import { eventsPage, sightsPage, type TourismPage } from './tourism-page.ts'

type Props = { page: TourismPage; go(page: TourismPage): void; turn(page: TourismPage): void }

/** 観光・イベント. */
export function TourismMenu({ page, go, turn }: Props) {
  const { t } = useTranslation()
  const view = useRelease((release) => release.tourism)
  if (view === null) return <p className="notice">{t('preparing')}</p>
  switch (page.kind) {
    case 'sights':
      return <SightList sights={view.sights} page={page} onTurn={turn} onOpen={(id) => go({ kind: 'sight', id })} />
    case 'sight':
      return <SightDetail sight={view.sights.find((sight) => sight.id === page.id)} onList={() => turn(sightsPage)} />
    case 'events':
      return (
        <EventList
          occurrences={view.occurrences}
          today={view.today}
          page={page}
          onTurn={turn}
          onOpen={(id) => go({ kind: 'event', id })}
        />
      )
    case 'event':
      return (
        <EventDetail
          event={view.occurrences.find((event) => event.id === page.id)}
          onList={() => turn(eventsPage('month'))}
        />
      )
    case 'entry':
      return <Entry go={go} />
  }
}

function Entry({ go }: { go(page: TourismPage): void }) {
  const { t } = useTranslation()
  const view = useRelease((release) => release.tourism)
  const parts = [
    {
      name: 'entry-sights',
      icon: mdiImageFilterHdr,
      title: t('sights'),
      hint: t('sightsHint'),
      picture: view?.sights[0]?.pictures[0],
      page: sightsPage,
    },
    {
      name: 'entry-events',
      icon: mdiCalendarStar,
      title: t('events'),
      hint: t('eventsHint'),
      picture: view?.occurrences.find((one) => one.pictures.length > 0)?.pictures[0],
      page: eventsPage('month'),
    },
  ]
  return (
    <div className="list-page">
      <MenuTitle menu="tourism" title={t('menu_tourism')} />
      <div className="entry">
        {parts.map((part) => (
          <Touch key={part.name} name={part.name} className="card entry-card" onTouch={() => go(part.page)}>
            <TownPicture picture={part.picture} decorative className="entry-picture" />
            <span className="entry-text">
              <Icon path={part.icon} className="icon entry-icon" />
              <span className="entry-words">
                <span className="entry-title">{part.title}</span>
                <span className="entry-hint">{part.hint}</span>
              </span>
            </span>
          </Touch>
        ))}
      </div>
    </div>
  )
}
