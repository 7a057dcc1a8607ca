import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InternetPlace, InternetState, InternetTarget } from '../../../contract/menus/internet.ts'
import { Keyboard } from '../../keyboard/keyboard.tsx'
import { useInternet } from '../../state/internet-store.ts'
import { useVisit } from '../../state/visit-store.ts'
import { Empty } from '../../ui/empty.tsx'
import { Bar } from './bar.tsx'
import { GuardedPicture } from './guarded-picture.tsx'
import type { InternetCalls } from './internet-calls.ts'
import { ProblemPanel, QuestionPanel, TurnWarning } from './panels.tsx'
import { Passing } from './passing.tsx'
import { useTypedKeys } from './typed-keys.ts'

type Props = {
  visitId: string
  to: InternetTarget
  calls: InternetCalls
  /** To where the visitor came from: the start page, or the book that was to be reserved. */
  onBefore(): void
  onElsewhere(): void
}

/** A page of the web: our bar above it, the page as a picture, and our own words wherever it may not or cannot go on. */
export function Browse({ visitId, to, calls, onBefore, onElsewhere }: Props) {
  const { t } = useTranslation()
  const reserving = 'title' in to
  const target = JSON.stringify(to)
  const state = useInternet((internet) => internet.state)
  const language = useVisit((visit) => visit.language)
  const [keyboard, setKeyboard] = useState(false)
  const [place, room] = useRoom()
  const open = state.kind === 'open' ? state : null
  const typing = open?.typing ?? 'no'
  useTypedKeys(open !== null, calls.act)

  const first = useRef({ language, place, to })
  first.current = { language, place, to }
  const measured = place !== null
  useEffect(() => {
    const { begun, state: now } = useInternet.getState()
    const { to, language, place } = first.current
    const same = begun?.visitId === visitId && JSON.stringify(begun.to) === target
    const stands = same && (now.kind === 'open' || now.kind === 'starting')
    if (!measured || stands || place === null) return
    useInternet.setState({ begun: { visitId, to } })
    calls.begin({ visitId, to, language, place })
  }, [visitId, target, calls, measured])
  const isOpen = open !== null
  useEffect(() => {
    if (isOpen && place !== null) calls.act({ act: 'place', place })
  }, [isOpen, place, calls])
  const asked = useInternet((internet) => internet.asked)
  useEffect(() => {
    if (!isOpen || asked) return
    calls.act({ act: 'cover', covered: false })
    return () => calls.act({ act: 'cover', covered: true })
  }, [isOpen, asked, calls])
  useEffect(() => setKeyboard(typing !== 'no'), [typing])
  const touches = open?.touches ?? 0
  useEffect(() => {
    // A page that the host shows by a view takes its touches itself; the visitor is here all the same.
    if (touches > 0) window.dispatchEvent(new Event('keydown'))
  }, [touches])

  return (
    <div className={`browse browse-${open?.shown ?? 'picture'}`}>
      <Bar
        state={open}
        keyboard={keyboard}
        onKeyboard={() => setKeyboard(!keyboard)}
        act={calls.act}
        reserving={reserving}
        onBefore={onBefore}
      />
      <div className="browse-room" ref={room}>
        {place !== null && open?.shown === 'picture' && <GuardedPicture label={open.title || open.site} size={place} />}
        {(state.kind === 'starting' || state.kind === 'closed') && <p className="notice">{t('internetStarting')}</p>}
        {open?.loading && open.problem === null && (
          <div className="browse-loading" role="progressbar" aria-label={t('internetLoading')} />
        )}
        {open && <Passing passing={open.passing} />}
        {open?.problem && (
          <ProblemPanel
            problem={open.problem}
            canGoBack={open.canBack || open.problem.kind === 'refused'}
            onBack={() => calls.act({ act: 'dismiss' })}
            onAgain={() => calls.act({ act: 'reload' })}
            reserving={reserving}
            onBefore={onBefore}
            onElsewhere={onElsewhere}
          />
        )}
        {open?.question && <QuestionPanel question={open.question} act={calls.act} />}
        <Over state={state} reserving={reserving} onBefore={onBefore} onElsewhere={onElsewhere} />
      </div>
      {keyboard && open && open.problem === null && open.question === null && (
        <Keyboard
          secret={typing === 'secret'}
          onText={(text) => calls.act({ act: 'type', text })}
          onKey={(key) => calls.act({ act: 'key', key })}
          onClose={() => setKeyboard(false)}
        />
      )}
      {open?.turn.warning && <TurnWarning turn={open.turn} act={calls.act} />}
    </div>
  )
}

/** The turn is over, or the menu rests: said, with ways on. */
function Over(props: { state: InternetState; reserving: boolean; onBefore(): void; onElsewhere(): void }) {
  const { state, reserving, onBefore, onElsewhere } = props
  const { t } = useTranslation()
  // The book is still there, and with it the way by telephone.
  const toBook = reserving ? { way: t('webToBook'), onWay: onBefore } : null
  if (state.kind === 'resting')
    return (
      <div className="browse-panel">
        <Empty
          sentence={t('internetResting', { seconds: Math.ceil(state.forMs / 1_000) })}
          {...(toBook ?? { way: t('internetElsewhere'), onWay: onElsewhere })}
        />
      </div>
    )
  if (state.kind !== 'over') return null
  const failed = state.why === 'failed'
  const sentence = t({ time: 'internetOverTime', staff: 'internetOverStaff', failed: 'internetOverFailed' }[state.why])
  return (
    <div className="browse-panel">
      <Empty
        sentence={failed && reserving ? t('reserveFailed') : sentence}
        {...(toBook ?? {
          way: t(failed ? 'internetStartPage' : 'internetElsewhere'),
          onWay: failed ? onBefore : onElsewhere,
        })}
      />
    </div>
  )
}

/** The room that the page gets, in whole pixels. */
function useRoom() {
  const room = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState<InternetPlace | null>(null)
  useLayoutEffect(() => {
    const element = room.current
    if (!element) return
    const measure = () => {
      const box = element.getBoundingClientRect()
      const next = {
        leftPx: Math.max(0, Math.round(box.left + element.clientLeft)),
        topPx: Math.max(0, Math.round(box.top + element.clientTop)),
        widthPx: Math.max(200, element.clientWidth),
        heightPx: Math.max(200, element.clientHeight),
      }
      setPlace((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [place, room] as const
}
