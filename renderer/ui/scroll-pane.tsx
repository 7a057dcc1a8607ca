import { mdiChevronDown, mdiChevronUp } from '@mdi/js'
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from './icon.tsx'
import { Touch } from './touch.tsx'

/** Text that may be longer than the screen: a drag moves it, and so does a touch on つづき. */
export function ScrollPane({ children, className }: { children: ReactNode; className: string }) {
  const { t } = useTranslation()
  const pane = useRef<HTMLDivElement>(null)
  const [more, setMore] = useState({ above: false, below: false })

  useLayoutEffect(() => {
    const element = pane.current
    if (!element) return
    const look = () => {
      const above = element.scrollTop > 4
      const below = element.scrollTop + element.clientHeight < element.scrollHeight - 4
      setMore((before) => (before.above === above && before.below === below ? before : { above, below }))
    }
    look()
    const observer = new ResizeObserver(look)
    observer.observe(element)
    if (element.firstElementChild) observer.observe(element.firstElementChild)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [])

  const move = (by: number) => pane.current?.scrollBy({ top: by * pane.current.clientHeight * 0.8 })
  return (
    <div className={`scroll ${className}`}>
      <div className="scroll-pane" ref={pane} tabIndex={more.above || more.below ? 0 : -1}>
        <div className="scroll-body">{children}</div>
      </div>
      {(more.above || more.below) && (
        <div className="scroll-bar">
          <Touch name="scroll-up" className="scroll-turn" disabled={!more.above} onTouch={() => move(-1)}>
            <Icon path={mdiChevronUp} />
            <span>{t('up')}</span>
          </Touch>
          <Touch name="scroll-down" className="scroll-turn" disabled={!more.below} onTouch={() => move(1)}>
            <Icon path={mdiChevronDown} />
            <span>{t('more')}</span>
          </Touch>
        </div>
      )}
    </div>
  )
}
