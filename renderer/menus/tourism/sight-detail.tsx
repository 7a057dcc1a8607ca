import {
  mdiBusStop,
  mdiCar,
  mdiCash,
  mdiClock,
  mdiMapMarker,
  mdiNoteText,
  mdiPhone,
  mdiWheelchairAccessibility,
} from '@mdi/js'
import { useTranslation } from 'react-i18next'
import type { LocalizedText } from '../../../contract/localized-text.ts'
import type { Sight } from '../../../contract/menus/tourism.ts'
import { pickText } from '../../i18n/pick-text.ts'
import { useVisit } from '../../state/visit-store.ts'
import { Empty } from '../../ui/empty.tsx'
import type { Fact } from '../../ui/facts.tsx'
import { LocalText } from '../../ui/local-text.tsx'
import { Detail } from './detail.tsx'

export function SightDetail({ sight, onList }: { sight: Sight | undefined; onList(): void }) {
  const { t } = useTranslation()
  const language = useVisit((visit) => visit.language)
  if (!sight) return <Empty sentence={t('gone')} way={t('goneWay')} onWay={onList} />
  const rows: [string, string, string, LocalizedText | undefined][] = [
    ['address', mdiMapMarker, t('address'), sight.address],
    ['hours', mdiClock, t('hours'), sight.hours],
    ['price', mdiCash, t('price'), sight.price],
    ['access', mdiBusStop, t('access'), sight.access],
    ['parking', mdiCar, t('parking'), sight.parking],
    ['barrierFree', mdiWheelchairAccessibility, t('barrierFree'), sight.barrierFree],
  ]
  const facts: Fact[] = rows.flatMap(([key, icon, label, text]) =>
    text ? [{ key, icon, label, value: <LocalText text={text} /> }] : [],
  )
  if (sight.contact?.phone) facts.push({ key: 'phone', icon: mdiPhone, label: t('phone'), value: sight.contact.phone })
  if (sight.notes)
    facts.push({ key: 'notes', icon: mdiNoteText, label: t('notes'), value: <LocalText text={sight.notes} /> })
  const lines = [
    pickText(sight.name, language).text,
    sight.address && pickText(sight.address, language).text,
    sight.hours && pickText(sight.hours, language).text,
    sight.contact?.phone,
    sight.url,
  ]
  return (
    <Detail
      name={sight.name}
      reading={sight.reading}
      picture={sight.pictures[0]}
      description={sight.description}
      facts={facts}
      point={sight.point}
      takeHome={lines.filter((line) => line !== undefined).join('\n')}
    />
  )
}
