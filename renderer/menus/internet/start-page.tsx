import {
  mdiBookOpenPageVariant,
  mdiBus,
  mdiCity,
  mdiFileDocumentEdit,
  mdiHospitalBuilding,
  mdiMap,
  mdiNewspaperVariant,
  mdiSchool,
  mdiWeatherPartlySnowyRainy,
  mdiWeb,
} from '@mdi/js'
import { useTranslation } from 'react-i18next'
import type { InternetTile, InternetView } from '../../../contract/menus/internet.ts'
import { useDevice } from '../../state/device-store.ts'
import { useInternet } from '../../state/internet-store.ts'
import { Empty } from '../../ui/empty.tsx'
import { Icon } from '../../ui/icon.tsx'
import { LocalText } from '../../ui/local-text.tsx'
import { MenuTitle } from '../../ui/menu-title.tsx'
import { Pager } from '../../ui/pager.tsx'
import { Touch } from '../../ui/touch.tsx'

const icons: Record<InternetTile['icon'], string> = {
  town: mdiCity,
  bus: mdiBus,
  weather: mdiWeatherPartlySnowyRainy,
  library: mdiBookOpenPageVariant,
  application: mdiFileDocumentEdit,
  news: mdiNewspaperVariant,
  health: mdiHospitalBuilding,
  school: mdiSchool,
  map: mdiMap,
  web: mdiWeb,
}

type Props = {
  view: InternetView
  page: number
  onPage(page: number): void
  onTile(id: string): void
  onElsewhere(): void
}

/** Large tiles of the pages that the town has chosen. */
export function StartPage({ view, page, onPage, onTile, onElsewhere }: Props) {
  const { t } = useTranslation()
  const state = useInternet((internet) => internet.state)
  const cut = useDevice((device) => device.state?.line === 'cut')
  const title = <MenuTitle menu="internet" title={t('menu_internet')} />
  if (!view.available || view.tiles.length === 0)
    return (
      <div className="list-page">
        {title}
        <Empty sentence={t('internetNone')} way={t('internetElsewhere')} onWay={onElsewhere} />
      </div>
    )
  if (state.kind === 'resting')
    return (
      <div className="list-page">
        {title}
        <Empty
          sentence={t('internetResting', { seconds: Math.ceil(state.forMs / 1_000) })}
          way={t('internetElsewhere')}
          onWay={onElsewhere}
        />
      </div>
    )
  return (
    <div className="list-page internet-start">
      {title}
      <p className="internet-hint">{t(cut ? 'internetMaybeCut' : 'internetHint')}</p>
      <Pager
        items={view.tiles}
        page={page}
        onPage={onPage}
        card={{ minWidth: 44, height: 20.4 }}
        keyOf={(tile) => tile.id}
        render={(tile) => (
          <Touch name={`tile-${tile.id}`} className="card internet-tile" onTouch={() => onTile(tile.id)}>
            <span className="internet-mark menu-internet">
              <Icon path={icons[tile.icon]} />
            </span>
            <span className="internet-words">
              <span className="internet-name">
                <LocalText text={tile.name} />
              </span>
              {tile.hint && (
                <span className="internet-note">
                  <LocalText text={tile.hint} />
                </span>
              )}
            </span>
          </Touch>
        )}
      />
    </div>
  )
}
