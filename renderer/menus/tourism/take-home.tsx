import { create as createQr } from 'qrcode'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Point } from '../../../contract/place.ts'
import { Touch } from '../../ui/touch.tsx'

export type TakeHomeContent = { text: string; point: Point | null }

/** The page as a pattern for a telephone: the place on its map, or the text. */
export default function TakeHome({ content, onClose }: { content: TakeHomeContent; onClose(): void }) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<'map' | 'text'>('text')
  const map =
    content.point && `https://www.google.com/maps/search/?api=1&query=${content.point.lat},${content.point.lon}`
  const data = kind === 'map' && map ? map : content.text
  return (
    <section className="sheet take" aria-labelledby="take-title">
      <h1 id="take-title" className="title">
        {t('takeHome')}
      </h1>
      <p className="take-body">{t('takeHomeBody')}</p>
      {map && (
        <div className="chips take-chips">
          <Touch name="take-text" className="chip" pressed={kind === 'text'} onTouch={() => setKind('text')}>
            {t('takeText')}
          </Touch>
          <Touch name="take-map" className="chip" pressed={kind === 'map'} onTouch={() => setKind('map')}>
            {t('takeMap')}
          </Touch>
        </div>
      )}
      <QrPicture data={data} label={t('takeHome')} />
      <Touch name="take-close" className="action" onTouch={onClose}>
        {t('close')}
      </Touch>
    </section>
  )
}

function QrPicture({ data, label }: { data: string; label: string }) {
  const { modules } = createQr(data, { errorCorrectionLevel: 'M' })
  const { size } = modules
  let path = ''
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) if (modules.get(row, column)) path += `M${column} ${row}h1v1h-1z`
  }
  // Four modules of white around it (ISO/IEC 18004).
  return (
    <svg
      className="qr"
      role="img"
      aria-label={label}
      viewBox={`-4 -4 ${size + 8} ${size + 8}`}
      shapeRendering="crispEdges"
    >
      <rect x="-4" y="-4" width={size + 8} height={size + 8} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
