import { mdiCalendar, mdiCameraOff, mdiGestureTap, mdiPause, mdiPlay } from '@mdi/js'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { clockText, dayText, tokyoDay } from '../i18n/dates.ts'
import { timeText } from '../menus/tourism/event-card.tsx'
import { inFilter } from '../menus/tourism/filter-events.ts'
import { nowMs, useDevice } from '../state/device-store.ts'
import { useRelease } from '../state/release-store.ts'
import { Icon } from '../ui/icon.tsx'
import { LocalText } from '../ui/local-text.tsx'
import { afterNextFrame, Touch } from '../ui/touch.tsx'

const slideMs = 9_000
const calls: { lang: string; text: string }[] = [
  { lang: 'ja', text: '画面にふれてください' },
  { lang: 'en', text: 'Touch the screen' },
  { lang: 'zh-Hans', text: '请触摸屏幕' },
  { lang: 'zh-Hant', text: '請觸摸螢幕' },
  { lang: 'ko', text: '화면을 터치해 주세요' },
  { lang: 'vi', text: 'Hãy chạm vào màn hình' },
]

/** Nobody is here: the season's pictures, what is on today, and an invitation. The first touch anywhere begins a visit. */
export function AttractScreen({ onBegin }: { onBegin(): void }) {
  const { t } = useTranslation()
  const slides = useRelease((release) => release.attract?.slides) ?? []
  const tourism = useRelease((release) => release.tourism)
  const facility = useDevice((device) => device.state?.config.facility)
  const [index, setIndex] = useState(0)
  const [moving, setMoving] = useState(() => !window.matchMedia('(prefers-reduced-motion: reduce)').matches)
  const [now, setNow] = useState(nowMs())

  const known = useDevice((device) => device.state !== null)
  useEffect(() => {
    if (known) setNow(nowMs())
    const clock = setInterval(() => setNow(nowMs()), 1_000)
    return () => clearInterval(clock)
  }, [known])
  useEffect(() => {
    if (!moving || slides.length < 2) return
    const timer = setInterval(() => setIndex((before) => before + 1), slideMs)
    return () => clearInterval(timer)
  }, [moving, slides.length])

  const slide = slides[index % Math.max(1, slides.length)]
  const events = tourism ? inFilter(tourism.occurrences, 'today', tourism.today).slice(0, 3) : []
  return (
    <main
      className="attract"
      onPointerUp={(event) => {
        if (!(event.target as Element).closest('[data-name="motion"]')) afterNextFrame(onBegin)
      }}
    >
      {slide && (
        <figure className="attract-slide" key={slide.id}>
          <img src={`/picture/${slide.picture.blob}`} alt="" draggable={false} className="attract-picture" />
        </figure>
      )}
      <div className="attract-top">
        <div>
          <p className="attract-town">芽室町 情報キオスク</p>
          <p className="attract-place">{facility && <LocalText text={facility.name} />}</p>
        </div>
        {known && (
          <div className="attract-clock">
            <time>{clockText(now)}</time>
            <p>{dayText(tokyoDay(now), 'ja')}</p>
          </div>
        )}
      </div>
      <div className="attract-bottom">
        {slide && (
          <p className="attract-line" key={slide.id}>
            <LocalText text={slide.line} />
          </p>
        )}
        {events.length > 0 && (
          <ul className="attract-events">
            {events.map((event) => (
              <li key={event.id}>
                <Icon path={mdiCalendar} className="icon small" />
                <span className="attract-time">{timeText(event) ?? t('today')}</span>
                <LocalText text={event.name} className="attract-name" />
              </li>
            ))}
          </ul>
        )}
        <Touch name="begin" className="attract-begin" onTouch={onBegin}>
          <Icon path={mdiGestureTap} className="icon attract-hand" />
          <span className="attract-calls">
            {calls.map((call, at) => (
              <span key={call.lang} lang={call.lang} className={at === 0 ? 'call-first' : 'call'}>
                {call.text}
              </span>
            ))}
          </span>
        </Touch>
        <div className="attract-foot">
          <p className="attract-note">
            <Icon path={mdiCameraOff} className="icon small" /> {t('noCamera')}
          </p>
          {slides.length > 1 && (
            <Touch name="motion" className="attract-motion" onTouch={() => setMoving(!moving)}>
              <Icon path={moving ? mdiPause : mdiPlay} className="icon small" />
              <span>{t(moving ? 'stopMotion' : 'startMotion')}</span>
            </Touch>
          )}
        </div>
      </div>
    </main>
  )
}
