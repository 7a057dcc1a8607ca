import { mdiTimerSand } from '@mdi/js'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDevice } from '../state/device-store.ts'
import { useInternet } from '../state/internet-store.ts'
import { useVisit } from '../state/visit-store.ts'
import { Icon } from '../ui/icon.tsx'
import { Touch } from '../ui/touch.tsx'
import { decideIdle, type IdleState } from './decide-idle.ts'

/** Warns a visitor who has gone quiet, and ends the visit when nobody answers. */
export function IdleWatch({ onEnd }: { onEnd(): void }) {
  const { t } = useTranslation()
  const idle = useDevice((device) => device.state?.config.idle)
  const aid = useVisit((visit) => visit.textSize !== 'standard' || visit.contrast !== 'standard' || visit.low)
  const [state, setState] = useState<IdleState>({ kind: 'active' })
  const lastTouchMs = useRef(performance.now())
  const warned = useRef(false)

  useEffect(() => {
    const touched = () => {
      // While the warning stands only its own button goes on: a passing sleeve is no answer.
      if (!warned.current) lastTouchMs.current = performance.now()
    }
    const look = () => {
      if (!idle) return
      const next = decideIdle({ idleMs: performance.now() - lastTouchMs.current, ...idle, aid })
      warned.current = next.kind === 'warning'
      if (next.kind === 'over') onEnd()
      else
        setState((before) =>
          before.kind === next.kind &&
          (next.kind !== 'warning' || before.kind !== 'warning' || before.secondsLeft === next.secondsLeft)
            ? before
            : next,
        )
    }
    // On its way down: a button keeps what it was touched with to itself.
    window.addEventListener('pointerdown', touched, { passive: true, capture: true })
    window.addEventListener('keydown', touched, { capture: true })
    const timer = setInterval(look, 250)
    return () => {
      window.removeEventListener('pointerdown', touched, { capture: true })
      window.removeEventListener('keydown', touched, { capture: true })
      clearInterval(timer)
    }
  }, [idle, aid, onEnd])

  const asking = state.kind === 'warning'
  useEffect(() => {
    if (!asking) return
    useInternet.setState({ asked: true })
    return () => useInternet.setState({ asked: false })
  }, [asking])

  if (state.kind !== 'warning') return null
  const goOn = () => {
    warned.current = false
    lastTouchMs.current = performance.now()
    setState({ kind: 'active' })
  }
  return (
    <div
      className="warning"
      role="alertdialog"
      aria-modal="true"
      aria-labelledby="warning-title"
      aria-describedby="warning-body"
    >
      <div className="warning-box">
        <Icon path={mdiTimerSand} className="icon warning-icon" />
        <h2 id="warning-title">{t('stillThere')}</h2>
        <p id="warning-body">{t('stillThereBody', { seconds: state.secondsLeft })}</p>
        <Touch name="go-on" className="action action-main" autoFocus onTouch={goOn}>
          {t('goOn')}
        </Touch>
        <Touch name="warning-end" className="action" onTouch={onEnd}>
          {t('end')}
        </Touch>
      </div>
    </div>
  )
}
