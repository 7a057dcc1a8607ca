import {
  mdiArrowCollapseDown,
  mdiArrowExpandUp,
  mdiArrowLeft,
  mdiCircleHalfFull,
  mdiExitToApp,
  mdiFormatSize,
  mdiHome,
  mdiSprout,
  mdiTranslate,
} from '@mdi/js'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { clockText, dayText, tokyoDay } from '../i18n/dates.ts'
import { nowMs, useDevice } from '../state/device-store.ts'
import { type Sheet, useVisit } from '../state/visit-store.ts'
import { Icon } from './icon.tsx'
import { LocalText } from './local-text.tsx'
import { ScrollPane } from './scroll-pane.tsx'
import type { Stage } from './stage.ts'
import { Touch } from './touch.tsx'

/** The two bands that never move, and the page between them. */
export function Frame({ children, flow, onEnd }: { children: ReactNode; flow: Stage['flow']; onEnd(): void }) {
  const place = useVisit((visit) => `${visit.way.length}|${visit.sheet}`)
  return (
    <>
      <Header />
      <main className="page">
        {flow === 'scroll' ? (
          <ScrollPane key={place} className="page-scroll">
            {children}
          </ScrollPane>
        ) : (
          children
        )}
      </main>
      <Footer onEnd={onEnd} />
    </>
  )
}

function Header() {
  const { t } = useTranslation()
  const facility = useDevice((device) => device.state?.config.facility)
  return (
    <header className="header">
      <span className="mark">
        <Icon path={mdiSprout} />
      </span>
      <div className="header-name">
        <p className="header-town">{t('town')}</p>
        {facility && (
          <p className="header-place">
            <LocalText text={facility.name} /> <LocalText text={facility.spot} />
          </p>
        )}
      </div>
      <Clock />
    </header>
  )
}

function Clock() {
  const language = useVisit((visit) => visit.language)
  const known = useDevice((device) => device.state !== null)
  const [now, setNow] = useState(nowMs())
  useEffect(() => {
    setNow(nowMs())
    const timer = setInterval(() => setNow(nowMs()), 1_000)
    return () => clearInterval(timer)
  }, [])
  if (!known) return <div className="header-clock" />
  return (
    <div className="header-clock">
      <time className="clock">{clockText(now)}</time>
      <p className="clock-day">{dayText(tokyoDay(now), language)}</p>
    </div>
  )
}

function Footer({ onEnd }: { onEnd(): void }) {
  const { t } = useTranslation()
  // Not the way itself: it is another one with every letter that is typed.
  const deeper = useVisit((visit) => visit.way.length > 0 || visit.sheet !== null)
  const sheet = useVisit((visit) => visit.sheet)
  const low = useVisit((visit) => visit.low)
  const { back, home, set } = useVisit.getState()
  const open = (which: Sheet) => () => set({ sheet: sheet === which ? null : which })
  return (
    <nav className="footer" aria-label={t('town')}>
      {deeper ? (
        <>
          <Touch name="back" className="foot foot-back" onTouch={back}>
            <Icon path={mdiArrowLeft} />
            <span>{t('back')}</span>
          </Touch>
          <Touch name="home" className="foot" onTouch={home}>
            <Icon path={mdiHome} />
            <span>{t('home')}</span>
          </Touch>
        </>
      ) : (
        <>
          <span className="foot-gap" />
          <span className="foot-gap" />
        </>
      )}
      <Touch name="language" className="foot" pressed={sheet === 'language'} onTouch={open('language')}>
        <Icon path={mdiTranslate} />
        <span lang="en">Language</span>
      </Touch>
      <Touch name="text" className="foot" pressed={sheet === 'text'} onTouch={open('text')}>
        <Icon path={mdiFormatSize} />
        <span>{t('textSize')}</span>
      </Touch>
      <Touch name="contrast" className="foot" pressed={sheet === 'contrast'} onTouch={open('contrast')}>
        <Icon path={mdiCircleHalfFull} />
        <span>{t('contrast')}</span>
      </Touch>
      <Touch name="low" className="foot" pressed={low} onTouch={() => set({ low: !low })}>
        <Icon path={low ? mdiArrowExpandUp : mdiArrowCollapseDown} />
        <span>{t(low ? 'lowOff' : 'low')}</span>
      </Touch>
      <Touch name="end" className="foot foot-end" onTouch={onEnd}>
        <Icon path={mdiExitToApp} />
        <span>{t('end')}</span>
      </Touch>
    </nav>
  )
}
