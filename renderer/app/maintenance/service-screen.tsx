import {
  mdiFormatListBulleted,
  mdiGestureTap,
  mdiInformationOutline,
  mdiKeyOutline,
  mdiLockOutline,
  mdiMonitor,
  mdiPower,
  mdiTranslate,
} from '@mdi/js'
import { useEffect, useRef, useState } from 'react'
import type { ServiceView } from '../../../contract/maintenance.ts'
import { useDevice } from '../../state/device-store.ts'
import { Icon } from '../../ui/icon.tsx'
import { LocalText } from '../../ui/local-text.tsx'
import { Key } from './key.tsx'
import { EnrolSection } from './section-enrol.tsx'
import { ErrorsSection } from './section-errors.tsx'
import { PixelsSection } from './section-pixels.tsx'
import { PowerSection } from './section-power.tsx'
import { StatusSection } from './section-status.tsx'
import { TouchSection } from './section-touch.tsx'
import { codeOf, useService } from './service-context.ts'
import { durationText, fill } from './words.ts'

const viewMs = 2_000
/** The kiosk is told of touches so often and no more. */
const tellTouchMs = 2_000

const sections = [
  { id: 'status', icon: mdiInformationOutline },
  { id: 'errors', icon: mdiFormatListBulleted },
  { id: 'pixels', icon: mdiMonitor },
  { id: 'touch', icon: mdiGestureTap },
  { id: 'enrol', icon: mdiKeyOutline },
  { id: 'power', icon: mdiPower },
] as const
type SectionId = (typeof sections)[number]['id']

/** What the PIN opens. The kiosk process holds the session; when it says that it is over, or nobody touches, this is gone. */
export function ServiceScreen({ onLanguage, onClose }: { onLanguage(): void; onClose(): void }) {
  const { words, ask, token } = useService()
  const facility = useDevice((device) => device.state?.config.facility)
  const [section, setSection] = useState<SectionId>('status')
  const [departing, setDeparting] = useState(false)
  const { view, locksInMs } = useServiceView(departing, onClose)
  const lock = () => {
    void ask((calls) => calls.lock({ token })).catch(() => undefined)
    onClose()
  }
  useTouches(lock, departing)
  return (
    <div className="service-frame">
      <header className="header service-header">
        <div className="header-name">
          <h1 className="header-town">{words.title}</h1>
          <p className="header-place">{facility && <LocalText text={facility.name} />}</p>
        </div>
        <p className="service-left">{fill(words.locksIn, { time: durationText(words, locksInMs) })}</p>
        <Key name="service-language" className="service-top" onPress={onLanguage}>
          <Icon path={mdiTranslate} />
          <span>{words.other}</span>
        </Key>
        <Key name="service-lock" className="service-top service-lock" onPress={lock}>
          <Icon path={mdiLockOutline} />
          <span>{words.lock}</span>
        </Key>
      </header>
      <nav className="service-tabs" aria-label={words.title}>
        {sections.map(({ id, icon }) => (
          <Key key={id} name={`service-${id}`} className={tabClass(id === section)} onPress={() => setSection(id)}>
            <Icon path={icon} />
            <span>{words[id]}</span>
          </Key>
        ))}
      </nav>
      <section className="service-page" aria-label={words[section]}>
        {view && section === 'status' && <StatusSection view={view} />}
        {view && section === 'errors' && <ErrorsSection recent={view.recent} />}
        {section === 'pixels' && <PixelsSection />}
        {section === 'touch' && <TouchSection />}
        {view && section === 'enrol' && <EnrolSection hubUrl={view.hub?.url ?? ''} />}
        {section === 'power' && <PowerSection onDeparting={() => setDeparting(true)} onBack={onClose} />}
      </section>
    </div>
  )
}

const tabClass = (chosen: boolean) => `service-tab${chosen ? ' service-tab-chosen' : ''}`

function useServiceView(departing: boolean, onClose: () => void) {
  const { ask, token } = useService()
  const [view, setView] = useState<ServiceView | null>(null)
  const [endsAtMs, setEndsAtMs] = useState<number | null>(null)
  const [nowMs, setNowMs] = useState(performance.now())
  useEffect(() => {
    if (departing) return
    const look = () =>
      ask((calls) => calls.view({ token })).then(
        (next) => {
          setView(next)
          setEndsAtMs(performance.now() + next.locksInMs)
        },
        (error: unknown) => {
          if (codeOf(error) === 'not-permitted') onClose()
        },
      )
    void look()
    const timer = setInterval(() => void look(), viewMs)
    return () => clearInterval(timer)
  }, [ask, token, departing, onClose])
  useEffect(() => {
    const timer = setInterval(() => setNowMs(performance.now()), 500)
    return () => clearInterval(timer)
  }, [])
  const locksInMs = endsAtMs === null ? 0 : Math.max(0, endsAtMs - nowMs)
  const over = endsAtMs !== null && locksInMs === 0 && !departing
  useEffect(() => {
    if (over) onClose()
  }, [over, onClose])
  return { view, locksInMs }
}

/** Locks at the first idle, and tells the kiosk of touches so that it does not do so before. */
function useTouches(lock: () => void, departing: boolean): void {
  const { ask, token } = useService()
  const idleMs = useDevice((device) => device.state?.config.idle.warnAfterMs)
  const locking = useRef(lock)
  locking.current = lock
  useEffect(() => {
    if (departing) return
    let touchedMs = performance.now()
    let toldMs = touchedMs
    const touched = () => {
      touchedMs = performance.now()
      if (touchedMs - toldMs < tellTouchMs) return
      toldMs = touchedMs
      void ask((calls) => calls.touched({ token })).catch(() => undefined)
    }
    const timer = setInterval(() => {
      if (idleMs !== undefined && performance.now() - touchedMs >= idleMs) locking.current()
    }, 250)
    window.addEventListener('pointerdown', touched, { capture: true, passive: true })
    window.addEventListener('keydown', touched, { capture: true })
    return () => {
      clearInterval(timer)
      window.removeEventListener('pointerdown', touched, { capture: true })
      window.removeEventListener('keydown', touched, { capture: true })
    }
  }, [ask, token, idleMs, departing])
}
