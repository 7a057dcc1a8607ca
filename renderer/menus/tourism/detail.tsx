import { mdiQrcode } from '@mdi/js'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LocalizedText } from '../../../contract/localized-text.ts'
import type { Picture } from '../../../contract/menus/tourism.ts'
import type { Point } from '../../../contract/place.ts'
import { type Fact, Facts } from '../../ui/facts.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Later, later } from '../../ui/later.tsx'
import { LocalText, RubyName } from '../../ui/local-text.tsx'
import { TownPicture } from '../../ui/picture.tsx'
import { ScrollPane } from '../../ui/scroll-pane.tsx'
import { Touch } from '../../ui/touch.tsx'
import { WhereHint } from './where-hint.tsx'

const takeHomeSheet = later(async () => (await import('./take-home.tsx')).TakeHome)
/** The pattern is drawn the moment it is asked for. */
export const fetchTakeHome = takeHomeSheet.fetchProgram

type Props = {
  name: LocalizedText
  reading: string | undefined
  badge?: ReactNode
  picture: Picture | undefined
  description: LocalizedText
  facts: readonly Fact[]
  point: Point | null
  takeHome: string
}

/** One thing, whole: picture, name, what it is, the facts in rows, where it lies, and a way to take it home. */
export function Detail({ name, reading, badge, picture, description, facts, point, takeHome }: Props) {
  const { t } = useTranslation()
  const [taking, setTaking] = useState(false)
  if (taking)
    return (
      <Later part={takeHomeSheet} given={{ content: { text: takeHome, point }, onClose: () => setTaking(false) }} />
    )
  return (
    <article className="detail">
      <div className="detail-side">
        <TownPicture picture={picture} className="detail-picture" />
        <div className="detail-where">
          {point && <WhereHint point={point} />}
          <Touch name="take-home" className="action" onTouch={() => setTaking(true)}>
            <Icon path={mdiQrcode} className="icon action-icon" />
            <span>{t('takeHome')}</span>
          </Touch>
        </div>
      </div>
      <ScrollPane className="detail-main">
        <h1 className="detail-name">
          <RubyName name={name} reading={reading} /> {badge}
        </h1>
        <p className="detail-text">
          <LocalText text={description} />
        </p>
        <Facts facts={facts} />
      </ScrollPane>
    </article>
  )
}
