import { mdiChevronRight, mdiClock, mdiMapMarker } from '@mdi/js'
import { useTranslation } from 'react-i18next'
import type { Occurrence } from '../../../contract/menus/tourism.ts'
import { dayOfMonth, monthText, weekday } from '../../i18n/dates.ts'
import { useVisit } from '../../state/visit-store.ts'
import { Icon } from '../../ui/icon.tsx'
import { LocalText } from '../../ui/local-text.tsx'
import { Touch } from '../../ui/touch.tsx'

export function timeText(one: Pick<Occurrence, 'startTime' | 'endTime'>): string | null {
  if (one.startTime === null) return one.endTime === null ? null : `〜${one.endTime}`
  return one.endTime === null ? `${one.startTime}〜` : `${one.startTime}〜${one.endTime}`
}

/** One event of a list: its day large at the left, then what, when and where. */
export function EventCard({ event, onOpen }: { event: Occurrence; onOpen(): void }) {
  const language = useVisit((visit) => visit.language)
  const time = timeText(event)
  const long = event.endDate !== event.startDate
  return (
    <Touch name={`event-${event.id}`} className="card event-card" onTouch={onOpen}>
      <span className="event-day">
        <span>{monthText(event.startDate, language)}</span>
        <span className="event-date">{dayOfMonth(event.startDate)}</span>
        <span>
          {language === 'ja' ? `（${weekday(event.startDate, language)}）` : weekday(event.startDate, language)}
        </span>
      </span>
      <span className="event-text">
        <span className="event-name">
          <LocalText text={event.name} />
        </span>
        {(time !== null || long) && (
          <span className="event-line">
            <Icon path={mdiClock} className="icon small" />
            <span>
              {time}
              {long &&
                ` 〜 ${monthText(event.endDate, language)} ${dayOfMonth(event.endDate)}${language === 'ja' ? '日' : ''}`}
            </span>
          </span>
        )}
        <span className="event-line">
          {event.venue && (
            <>
              <Icon path={mdiMapMarker} className="icon small" />
              <LocalText text={event.venue} />
            </>
          )}
          <EventBadge event={event} />
        </span>
      </span>
      <Icon path={mdiChevronRight} className="icon event-go" />
    </Touch>
  )
}

export function EventBadge({ event }: { event: Occurrence }) {
  const { t } = useTranslation()
  if (event.status !== 'scheduled') return <span className="badge badge-off">{t(event.status)}</span>
  if (event.free) return <span className="badge">{t('free')}</span>
  return null
}
