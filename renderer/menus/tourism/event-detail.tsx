import {
  mdiAccountGroup,
  mdiCalendar,
  mdiCash,
  mdiClock,
  mdiDomain,
  mdiMapMarker,
  mdiNoteText,
  mdiPencil,
  mdiPhone,
  mdiWheelchairAccessibility,
} from '@mdi/js'
import { useTranslation } from 'react-i18next'
import type { LocalizedText } from '../../../contract/localized-text.ts'
import type { Occurrence } from '../../../contract/menus/tourism.ts'
import { dayText } from '../../i18n/dates.ts'
import { pickText } from '../../i18n/pick-text.ts'
import { useVisit } from '../../state/visit-store.ts'
import { Empty } from '../../ui/empty.tsx'
import type { Fact } from '../../ui/facts.tsx'
import { LocalText } from '../../ui/local-text.tsx'
import { Detail } from './detail.tsx'
import { EventBadge, timeText } from './event-card.tsx'

export function EventDetail({ event, onList }: { event: Occurrence | undefined; onList(): void }) {
  const { t } = useTranslation()
  const language = useVisit((visit) => visit.language)
  if (!event) return <Empty sentence={t('gone')} way={t('goneWay')} onWay={onList} />
  const days =
    event.startDate === event.endDate
      ? dayText(event.startDate, language)
      : `${dayText(event.startDate, language)} 〜 ${dayText(event.endDate, language)}`
  const time = timeText(event)
  const row = (key: string, icon: string, label: string, text: LocalizedText | undefined): Fact[] =>
    text ? [{ key, icon, label, value: <LocalText text={text} /> }] : []
  const when: Fact[] = [{ key: 'date', icon: mdiCalendar, label: t('date'), value: days }]
  if (time !== null || event.timeNote) {
    when.push({
      key: 'time',
      icon: mdiClock,
      label: t('hours'),
      value: (
        <>
          {time} {event.timeNote && <LocalText text={event.timeNote} />}
        </>
      ),
    })
  }
  const facts: Fact[] = [
    ...when,
    ...row('venue', mdiMapMarker, t('venue'), event.venue ?? event.address),
    ...row('price', mdiCash, t('price'), event.price),
    ...(event.capacity
      ? [{ key: 'capacity', icon: mdiAccountGroup, label: t('capacity'), value: event.capacity }]
      : []),
    ...row('application', mdiPencil, t('application'), event.application),
    ...row('barrierFree', mdiWheelchairAccessibility, t('barrierFree'), event.barrierFree),
    ...row('organizer', mdiDomain, t('organizer'), event.organizer),
    ...(event.contact?.phone
      ? [{ key: 'phone', icon: mdiPhone, label: t('contact'), value: event.contact.phone }]
      : []),
    ...row('notes', mdiNoteText, t('notes'), event.notes),
  ]
  const lines = [
    pickText(event.name, language).text,
    `${days} ${time ?? ''}`.trim(),
    event.venue && pickText(event.venue, language).text,
    event.contact?.phone,
    event.url,
  ]
  return (
    <Detail
      name={event.name}
      reading={event.reading}
      badge={<EventBadge event={event} />}
      picture={event.pictures[0]}
      description={event.description}
      facts={facts}
      point={event.point}
      takeHome={lines.filter((line) => line !== undefined).join('\n')}
    />
  )
}
