import { useTranslation } from 'react-i18next'
import type { Point } from '../../../contract/place.ts'
import { useDevice } from '../../state/device-store.ts'
import { decideWay } from './decide-way.ts'

/** Where it lies from this kiosk: a direction, a distance, minutes. No map: that is a menu of its own. */
export function WhereHint({ point }: { point: Point }) {
  const { t } = useTranslation()
  const here = useDevice((device) => device.state?.config.facility.point)
  if (!here) return null
  const way = decideWay(here, point)
  const words = wayWords(way, t)
  if (way.kind === 'here') return <p className="where-here">{t('hereNow')}</p>
  const turn = (way.bearingDeg * Math.PI) / 180
  const [x, y] = [100 + Math.sin(turn) * 62, 100 - Math.cos(turn) * 62]
  return (
    <figure className="where">
      <svg viewBox="0 0 200 200" className="where-drawing" aria-hidden="true">
        <circle className="where-ring" cx="100" cy="100" r="92" />
        <circle className="where-ring" cx="100" cy="100" r="48" />
        <path className="where-north" d="M100 4 L108 22 L100 17 L92 22 Z" />
        <text className="where-letter" x="100" y="40" textAnchor="middle">
          {t('north')}
        </text>
        <line className="where-line" x1="100" y1="100" x2={x} y2={y} />
        <circle className="where-you" cx="100" cy="100" r="11" />
        <path
          className="where-pin"
          transform={`translate(${x - 18} ${y - 33}) scale(1.5)`}
          d="M12 2a7 7 0 0 0-7 7c0 5 7 13 7 13s7-8 7-13a7 7 0 0 0-7-7"
        />
        <text className="where-letter" x="100" y="134" textAnchor="middle">
          {t('you')}
        </text>
      </svg>
      <figcaption>
        <span className="where-title">{t('whereFrom')}</span>
        <span className="where-words">{words.distance}</span>
        <span className="where-words">{words.minutes}</span>
      </figcaption>
    </figure>
  )
}

export function wayWords(way: ReturnType<typeof decideWay>, t: ReturnType<typeof useTranslation>['t']) {
  const distance =
    way.distanceM < 1_000
      ? t('distanceM', { distance: Math.max(50, Math.round(way.distanceM / 50) * 50) })
      : t('distanceKm', { distance: (way.distanceM / 1_000).toFixed(1) })
  return { distance, minutes: t(way.kind === 'drive' ? 'drive' : 'walk', { minutes: way.minutes }) }
}
