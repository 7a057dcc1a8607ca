import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef } from 'react'
import type { ShelfDesk } from '../../../../contract/library/shelf-desk.ts'
import type { DraftShelf } from './draft.ts'
import { Handles } from './handles.tsx'
import { boundsOf, type Dot, moved, toDots } from './shape.ts'
import { type Shown, useGesture } from './use-gesture.ts'

export type Tool = 'choose' | 'draw'
type Props = {
  plan: ShelfDesk['plans'][number]
  shelves: readonly DraftShelf[]
  chosen: string | null
  tool: Tool
  /** Corner by corner, or as a whole. */
  byCorner: boolean
  /** Of the usual size. */
  zoom: number
  may: boolean
  onChoose(key: string | null): void
  /** `key` null: a new one. `step`: several of these are one step back. */
  onShape(key: string | null, dots: readonly Dot[], step: string | null): void
  onRemove(key: string): void
}

const arrows: Record<string, Dot> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
/** Of the plan's width; with Shift so many times as far. */
const [nudge, farNudge] = [0.0025, 8]

/** The plan with its shelves: drawn, chosen, moved, made larger and turned by mouse, finger or keys. */
export function PlanBoard(props: Props) {
  const { plan, shelves, chosen, tool, may } = props
  const board = useRef<SVGSVGElement>(null)
  const gesture = useGesture(board, plan, (shown: Shown) => props.onShape(shown.key, shown.dots, null))
  useHeldByFinger(board)
  const dotsOf = (shelf: DraftShelf) =>
    gesture.shown?.key === shelf.key ? gesture.shown.dots : toDots(shelf.outline, plan)

  function take(event: PointerEvent, shelf: DraftShelf): void {
    if (tool === 'draw') return
    props.onChoose(shelf.key)
    if (may) gesture.start(event, { kind: 'move', key: shelf.key, dots: toDots(shelf.outline, plan) })
  }
  function press(event: KeyboardEvent, shelf: DraftShelf): void {
    if (event.key === 'Enter' || event.key === ' ') props.onChoose(shelf.key)
    else if (event.key === 'Escape') {
      gesture.cancel()
      props.onChoose(null)
    } else if (may && (event.key === 'Delete' || event.key === 'Backspace')) {
      // What had the focus is about to go.
      board.current?.focus({ preventScroll: true })
      props.onRemove(shelf.key)
    } else {
      const arrow = arrows[event.key]
      if (!may || arrow === undefined || event.altKey || event.ctrlKey || event.metaKey) return
      const far = plan.widthPx * nudge * (event.shiftKey ? farNudge : 1)
      props.onChoose(shelf.key)
      props.onShape(
        shelf.key,
        moved(toDots(shelf.outline, plan), arrow[0] * far, arrow[1] * far, plan),
        `nudge ${shelf.key}`,
      )
    }
    event.preventDefault()
  }
  const sorted = [...shelves].sort((one, other) => Number(one.key === chosen) - Number(other.key === chosen))
  const chosenShelf = shelves.find(({ key }) => key === chosen)
  // Names and lines are as large on the screen at every zoom.
  const size = plan.widthPx / 900 / props.zoom

  return (
    <div className="plan-scroll" data-tool={tool}>
      <div
        className="plan-sheet"
        style={{ width: `${props.zoom * 100}%`, aspectRatio: `${plan.widthPx} / ${plan.heightPx}` }}
      >
        <img src={plan.address} alt="" draggable={false} />
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a drawing; by keys shelves are put on it with the buttons beside it */}
        <svg
          ref={board}
          className="plan-board"
          viewBox={`0 0 ${plan.widthPx} ${plan.heightPx}`}
          aria-label={`${plan.name.ja}の棚`}
          role="group"
          tabIndex={-1}
          onPointerDown={(event) => {
            if (tool === 'draw' && may) gesture.start(event, { kind: 'draw' })
            else if (event.target === board.current) props.onChoose(null)
          }}
          {...gesture.handlers}
        >
          {sorted.map((shelf) => {
            const dots = dotsOf(shelf)
            return (
              // biome-ignore lint/a11y/useSemanticElements: a button of HTML cannot stand in a drawing
              <g
                key={shelf.key}
                className="plan-shelf"
                role="button"
                tabIndex={0}
                aria-pressed={shelf.key === chosen}
                aria-label={`棚 ${shelf.name.ja || shelf.id}`}
                data-from={shelf.from}
                onPointerDown={(event) => take(event, shelf)}
                onKeyDown={(event) => press(event, shelf)}
              >
                <polygon points={dots.join(' ')} vectorEffect="non-scaling-stroke" />
                <ShelfName name={shelf.name.ja || shelf.id} dots={dots} size={size} />
              </g>
            )
          })}
          {gesture.shown?.key === null && (
            <polygon className="plan-new" points={gesture.shown.dots.join(' ')} vectorEffect="non-scaling-stroke" />
          )}
          {chosenShelf && may && tool === 'choose' && (
            <Handles
              dots={dotsOf(chosenShelf)}
              size={size}
              byCorner={props.byCorner}
              onHold={(event, hold) =>
                gesture.start(event, { ...hold, key: chosenShelf.key, dots: toDots(chosenShelf.outline, plan) })
              }
              onAdd={(dots) => props.onShape(chosenShelf.key, dots, null)}
              onDrop={(dots) => props.onShape(chosenShelf.key, dots, null)}
            />
          )}
        </svg>
      </div>
    </div>
  )
}

/** A finger on a shelf moves the shelf; beside it, it moves the page. Browsers look at `touch-action` of the drawing as a whole only. */
function useHeldByFinger(board: RefObject<SVGSVGElement | null>): void {
  useEffect(() => {
    const svg = board.current
    const hold = (event: TouchEvent) => {
      if (event.target instanceof Element && event.target.closest('.plan-shelf, .plan-grip')) event.preventDefault()
    }
    svg?.addEventListener('touchstart', hold, { passive: false })
    return () => svg?.removeEventListener('touchstart', hold)
  }, [board])
}

function ShelfName({ name, dots, size }: { name: string; dots: readonly Dot[]; size: number }) {
  const { left, right, top, bottom } = boundsOf(dots)
  const fontSize = Math.max(9 * size, Math.min(15 * size, (right - left) / Math.max(2, [...name].length)))
  return (
    <text x={(left + right) / 2} y={(top + bottom) / 2} fontSize={fontSize} strokeWidth={fontSize / 5}>
      {name}
    </text>
  )
}
