import { mdiChevronLeft, mdiChevronRight } from '@mdi/js'
import { type PointerEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from './icon.tsx'
import { Touch } from './touch.tsx'

export type PageFit = { columns: number; rows: number }

/** How many cards fit into the space there is; one at least, however small it gets. */
export function decideFit(
  space: { width: number; height: number },
  card: { minWidth: number; height: number; gap: number },
): PageFit {
  const columns = Math.max(1, Math.floor((space.width + card.gap) / (card.minWidth + card.gap)))
  const rows = Math.max(1, Math.floor((space.height + card.gap) / (card.height + card.gap)))
  return { columns, rows }
}

export function pageOf<T>(
  items: readonly T[],
  page: number,
  perPage: number,
): { items: readonly T[]; page: number; pages: number } {
  const pages = Math.max(1, Math.ceil(items.length / perPage))
  const shown = Math.min(Math.max(0, page), pages - 1)
  return { items: items.slice(shown * perPage, (shown + 1) * perPage), page: shown, pages }
}

/** A sideways drag of so many root ems turns the page. */
const dragEm = 9

type Props<T> = {
  items: readonly T[]
  page: number
  onPage(page: number): void
  /** Of one card, in root ems. */
  card: { minWidth: number; height: number }
  render(item: T): ReactNode
  keyOf(item: T): string
}

/** A list in pages that fill the space: まえ / つぎ, and a drag does the same. */
export function Pager<T>({ items, page, onPage, card, render, keyOf }: Props<T>) {
  const { t } = useTranslation()
  const space = useRef<HTMLDivElement>(null)
  const [fit, setFit] = useState<PageFit>({ columns: 1, rows: 4 })
  const dragFrom = useRef<number | null>(null)

  useLayoutEffect(() => {
    const element = space.current
    if (!element) return
    const measure = () => {
      const em = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
      setFit((before) => {
        const fits = decideFit(
          { width: element.clientWidth, height: element.clientHeight },
          { minWidth: card.minWidth * em, height: card.height * em, gap: 2.4 * em },
        )
        return fits.columns === before.columns && fits.rows === before.rows ? before : fits
      })
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [card.minWidth, card.height])

  const perPage = fit.columns * fit.rows
  const shown = pageOf(items, page, perPage)
  const from = shown.page * perPage + 1
  const turn = (by: number) => onPage(Math.min(shown.pages - 1, Math.max(0, shown.page + by)))
  const release = (event: PointerEvent) => {
    if (dragFrom.current === null) return
    const moved = event.clientX - dragFrom.current
    dragFrom.current = null
    const em = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
    if (Math.abs(moved) > dragEm * em) turn(moved < 0 ? 1 : -1)
  }

  return (
    <div className="pager">
      <div
        className="pager-space"
        ref={space}
        onPointerDown={(event) => {
          dragFrom.current = event.isPrimary ? event.clientX : null
        }}
        onPointerUp={release}
        onPointerCancel={() => {
          dragFrom.current = null
        }}
      >
        <ul
          className="pager-grid"
          style={{
            gridTemplateColumns: `repeat(${fit.columns}, minmax(0, 1fr))`,
            gridTemplateRows: `repeat(${fit.rows}, minmax(0, 1fr))`,
          }}
        >
          {shown.items.map((item) => (
            <li key={keyOf(item)}>{render(item)}</li>
          ))}
        </ul>
      </div>
      <div className="pager-bar">
        <Touch name="previous" className="pager-turn" disabled={shown.page === 0} onTouch={() => turn(-1)}>
          <Icon path={mdiChevronLeft} />
          <span>{t('previous')}</span>
        </Touch>
        <p className="pager-range" aria-live="polite">
          {t('range', { from, to: from + shown.items.length - 1, total: items.length })}
        </p>
        <Touch name="next" className="pager-turn" disabled={shown.page >= shown.pages - 1} onTouch={() => turn(1)}>
          <span>{t('next')}</span>
          <Icon path={mdiChevronRight} />
        </Touch>
      </div>
    </div>
  )
}
