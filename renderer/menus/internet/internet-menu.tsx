import { useTranslation } from 'react-i18next'
import type { InternetTarget } from '../../../contract/menus/internet.ts'
import { useRelease } from '../../state/release-store.ts'
import './internet.css'
import { Browse } from './browse.tsx'
import type { InternetCalls } from './internet-calls.ts'
import type { InternetPage } from './internet-page.ts'
import { StartPage } from './start-page.tsx'

type Props = {
  page: InternetPage
  visitId: string
  calls: InternetCalls
  go(page: InternetPage): void
  turn(page: InternetPage): void
  back(): void
  /** To a menu that works without the line. */
  elsewhere(): void
}

/** 体験インターネット. */
export function InternetMenu({ page, visitId, calls, go, turn, back, elsewhere }: Props) {
  const { t } = useTranslation()
  const view = useRelease((release) => release.internet)
  if (view === null) return <p className="notice">{t('preparing')}</p>
  if (page.kind === 'entry')
    return (
      <StartPage
        view={view}
        page={page.page ?? 0}
        onPage={(next) => turn({ kind: 'entry', page: next })}
        onTile={(tile) => go({ kind: 'browse', tile })}
        onElsewhere={elsewhere}
      />
    )
  const to: InternetTarget = page.kind === 'reserve' ? { title: page.title } : { tile: page.tile }
  return <Browse visitId={visitId} to={to} calls={calls} onBefore={back} onElsewhere={elsewhere} />
}
