import { useTranslation } from 'react-i18next'
import type { Sight } from '../../../contract/menus/tourism.ts'
import { LocalText } from '../../ui/local-text.tsx'
import { TownPicture } from '../../ui/picture.tsx'
import { Touch } from '../../ui/touch.tsx'

export function SightCard({ sight, onOpen }: { sight: Sight; onOpen(): void }) {
  const { t } = useTranslation()
  return (
    <Touch name={`sight-${sight.id}`} className="card sight-card" onTouch={onOpen}>
      <TownPicture picture={sight.pictures[0]} small decorative className="sight-picture" />
      <span className="sight-text">
        <span className="sight-name">
          <LocalText text={sight.name} />
        </span>
        <span className="sight-category">{t(`category_${sight.category}`)}</span>
      </span>
    </Touch>
  )
}
