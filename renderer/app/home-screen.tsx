import { mdiChevronRight } from '@mdi/js'
import { useTranslation } from 'react-i18next'
import type { MenuId } from '../../contract/menu-ids.ts'
import { EventCard } from '../menus/tourism/event-card.tsx'
import { inFilter } from '../menus/tourism/filter-events.ts'
import { SightCard } from '../menus/tourism/sight-card.tsx'
import { eventsPage, sightsPage, type TourismPage } from '../menus/tourism/tourism-page.ts'
import { useDevice } from '../state/device-store.ts'
import { useRelease } from '../state/release-store.ts'
import { Icon } from '../ui/icon.tsx'
import { BreakBeforeKatakana } from '../ui/local-text.tsx'
import { menuIcons } from '../ui/menu-icons.ts'
import { Touch } from '../ui/touch.tsx'
import { shownMenus } from './menus.ts'
import { WholeOnes } from './whole-ones.tsx'

type Props = { onOpen(menu: MenuId, page: unknown): void }

/** Home: a tile for each menu that is built and enabled here, and what is on. Everything that leads into a menu counts as its access. */
export function HomeScreen({ onOpen }: Props) {
  const { t } = useTranslation()
  const enabled = useDevice((device) => device.state?.config.menus) ?? []
  const web = useRelease((release) => release.internet)
  const titles = useRelease((release) => release.library?.titles ?? 0)
  const empty: MenuId[] = []
  if (web === null || !web.available || web.tiles.length === 0) empty.push('internet')
  if (titles === 0) empty.push('library')
  const menus = shownMenus(enabled, empty)
  return (
    <div className="home">
      <h1 className="unseen">{t('home')}</h1>
      <div className={`tiles tiles-${menus.length < 4 ? 'few' : 'many'}`}>
        {menus.map((menu) => (
          <Touch key={menu} name={`menu-${menu}`} className="card tile" onTouch={() => onOpen(menu, { kind: 'entry' })}>
            <span className={`tile-mark menu-${menu}`}>
              <Icon path={menuIcons[menu]} />
            </span>
            <span className="tile-words">
              <span className="tile-name">
                <BreakBeforeKatakana text={t(`menu_${menu}`)} />
              </span>
              <span className="tile-hint">{t(`menu_${menu}_hint`)}</span>
            </span>
            <Icon path={mdiChevronRight} className="icon tile-go" />
          </Touch>
        ))}
      </div>
      {menus.length < 5 && menus.includes('tourism') && <TourismAtHome onOpen={(page) => onOpen('tourism', page)} />}
    </div>
  )
}

function TourismAtHome({ onOpen }: { onOpen(page: TourismPage): void }) {
  const { t } = useTranslation()
  const view = useRelease((release) => release.tourism)
  if (!view) return <p className="notice">{t('preparing')}</p>
  const today = inFilter(view.occurrences, 'today', view.today)
  const events = (today.length > 0 ? today : view.occurrences).slice(0, 4)
  // Another few each day, so that a regular visitor sees something new.
  const offset = Number(view.today.slice(8)) * 4
  const sights = Array.from(
    { length: Math.min(4, view.sights.length) },
    (_, index) => view.sights[(offset + index) % view.sights.length],
  ).filter((sight) => sight !== undefined)
  return (
    <>
      {events.length > 0 && (
        <section className="home-part home-events">
          <PartTitle
            title={t(today.length > 0 ? 'todayEvents' : 'eventsSoon')}
            way={t('seeEvents')}
            name="home-events"
            onWay={() => onOpen(eventsPage(today.length > 0 ? 'today' : 'month'))}
          />
          <WholeOnes className="home-list">
            {events.map((event) => (
              <li key={event.id}>
                <EventCard event={event} onOpen={() => onOpen({ kind: 'event', id: event.id })} />
              </li>
            ))}
          </WholeOnes>
        </section>
      )}
      {sights.length > 0 && (
        <section className="home-part home-sights">
          <PartTitle title={t('sights')} way={t('seeSights')} name="home-sights" onWay={() => onOpen(sightsPage)} />
          <ul className="home-row">
            {sights.map((sight) => (
              <li key={sight.id}>
                <SightCard sight={sight} onOpen={() => onOpen({ kind: 'sight', id: sight.id })} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function PartTitle({ title, way, name, onWay }: { title: string; way: string; name: string; onWay(): void }) {
  return (
    <div className="part-title">
      <h2>{title}</h2>
      <Touch name={name} className="chip" onTouch={onWay}>
        <span>{way}</span>
        <Icon path={mdiChevronRight} className="icon small" />
      </Touch>
    </div>
  )
}
