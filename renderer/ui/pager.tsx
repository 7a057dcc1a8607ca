import { mdiChevronLeft, mdiChevronRight } from '@mdi/js'
import { memo, type PointerEvent, type ReactNode, type RefCallback, useCallback, useRef, useState } from 'react'
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

/** Of one card, in root ems. */
type CardSize = { minWidth: number; height: number }

/** How many cards the space on the screen has room for now; `space` is the ref of its element, whichever stands at the time. */
export function usePageFit(card: CardSize): { space: RefCallback<HTMLDivElement>; fit: PageFit } {
  const { minWidth, height } = card
  const [fit, setFit] = useState<PageFit>({ columns: 1, rows: 4 })
  const space = useCallback(
    (element: HTMLDivElement | null) => {
      if (!element) return
      const measure = () => {
        const em = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
        setFit((before) => {
          const fits = decideFit(
            { width: element.clientWidth, height: element.clientHeight },
            { minWidth: minWidth * em, height: height * em, gap: 2.4 * em },
          )
          return fits.columns === before.columns && fits.rows === before.rows ? before : fits
        })
      }
      measure()
      const observer = new ResizeObserver(measure)
      observer.observe(element)
      return () => observer.disconnect()
    },
    [minWidth, height],
  )
  return { space, fit }
}

type Props<T> = {
  items: readonly T[]
  page: number
  onPage(page: number): void
  card: CardSize
  render(item: T, place: number): ReactNode
  /** Of an item, or of its place where the cards stay and only their words change. */
  keyOf(item: T, place: number): string | number
  /** In other words than the house's; always the same function. */
  rangeText?: RangeText | undefined
}
type RangeText = (from: number, to: number, total: number) => string

/** A list in pages that fill the space. */
export function Pager<T>({ items, card, page, ...rest }: Props<T>) {
  const { space, fit } = usePageFit(card)
  const shown = pageOf(items, page, fit.columns * fit.rows)
  return <PageFrame {...rest} space={space} fit={fit} items={shown.items} page={shown.page} total={items.length} />
}

type FrameProps<T> = Omit<Props<T>, 'card'> & {
  space: RefCallback<HTMLDivElement>
  fit: PageFit
  /** Of all pages together; `items` are those of this page. */
  total: number
}

/** One page of a list: まえ / つぎ, and a drag does the same. */
export function PageFrame<T>({ items, page, total, onPage, space, fit, render, keyOf, rangeText }: FrameProps<T>) {
  const dragFrom = useRef<number | null>(null)
  const perPage = fit.columns * fit.rows
  const pages = Math.max(1, Math.ceil(total / perPage))
  const from = page * perPage + 1
  const latest = useRef({ page, pages, onPage })
  latest.current = { page, pages, onPage }
  const turn = useCallback((by: number) => {
    const { page, pages, onPage } = latest.current
    onPage(Math.min(pages - 1, Math.max(0, page + by)))
  }, [])
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
          {items.map((item, place) => (
            <li key={keyOf(item, place)}>{render(item, place)}</li>
          ))}
        </ul>
      </div>
      <div className="pager-bar">
        <Turn by={-1} disabled={page === 0} onTurn={turn} />
        <Range from={from} to={from + items.length - 1} total={total} text={rangeText} />
        <Turn by={1} disabled={page >= pages - 1} onTurn={turn} />
      </div>
    </div>
  )
}

/** A list that changes with every letter changes these but seldom. */
const Turn = memo(function Turn({ by, disabled, onTurn }: { by: -1 | 1; disabled: boolean; onTurn(by: number): void }) {
  const { t } = useTranslation()
  return (
    <Touch name={by < 0 ? 'previous' : 'next'} className="pager-turn" disabled={disabled} onTouch={() => onTurn(by)}>
      {by < 0 && <Icon path={mdiChevronLeft} />}
      <span>{t(by < 0 ? 'previous' : 'next')}</span>
      {by > 0 && <Icon path={mdiChevronRight} />}
    </Touch>
  )
})

type RangeProps = { from: number; to: number; total: number; text: RangeText | undefined }
const Range = memo(function Range({ from, to, total, text }: RangeProps) {
  const { t } = useTranslation()
  return (
    <p className="pager-range" aria-live="polite">
      {/* Before the first answer there is nothing to count. */}
      {total > 0 && (text ? text(from, to, total) : t('range', { from, to, total }))}
    </p>
  )
})
