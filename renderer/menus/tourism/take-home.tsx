import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Point } from '../../../contract/place.ts'
import { TakeSheet } from '../../ui/take-sheet.tsx'
import { Touch } from '../../ui/touch.tsx'

type TakeHomeContent = { text: string; point: Point | null }

/** The page as a pattern for a telephone: the place on its map, or the text. */
export function TakeHome({ content, onClose }: { content: TakeHomeContent; onClose(): void }) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<'map' | 'text'>('text')
  const map =
    content.point && `https://www.google.com/maps/search/?api=1&query=${content.point.lat},${content.point.lon}`
  const data = kind === 'map' && map ? map : content.text
  const choices = map && (
    <div className="chips take-chips">
      <Touch name="take-text" className="chip" pressed={kind === 'text'} onTouch={() => setKind('text')}>
        {t('takeText')}
      </Touch>
      <Touch name="take-map" className="chip" pressed={kind === 'map'} onTouch={() => setKind('map')}>
        {t('takeMap')}
      </Touch>
    </div>
  )
  return <TakeSheet title={t('takeHome')} body={t('takeHomeBody')} data={data} choices={choices} onClose={onClose} />
}
