import { type PointerEvent, type RefObject, useRef, useState } from 'react'
import {
  cornerMoved,
  type Dot,
  insideSheet,
  isSound,
  middleOf,
  moved,
  rectangle,
  resized,
  type Sheet,
  straightened,
  turned,
} from './shape.ts'

/** What a finger or a mouse does with a shelf while it is held down. */
export type Hold =
  | { kind: 'draw' }
  | { kind: 'move'; key: string; dots: readonly Dot[] }
  | { kind: 'resize'; key: string; dots: readonly Dot[]; corner: number }
  | { kind: 'corner'; key: string; dots: readonly Dot[]; at: number }
  | { kind: 'turn'; key: string; dots: readonly Dot[] }
export type Shown = { key: string | null; dots: readonly Dot[] }
type Going = { hold: Hold; from: Dot; pointer: number; moving: boolean; shown: Shown | null }

/** A hand is never quite still: so far it may go before something moves, px of the screen. */
const stillPx = 4
/** Of a shelf that was only pointed at, in parts of the plan. */
const usualSize = { width: 0.12, height: 0.08 }

/** Where a shelf is to be seen now that the pointer is here. Pure. */
export function decideShown(hold: Hold, from: Dot, to: Dot, sheet: Sheet): Shown | null {
  if (hold.kind === 'draw') return { key: null, dots: rectangle(from, insideSheet(to, sheet)) }
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const { key, dots } = hold
  const made =
    hold.kind === 'move'
      ? moved(dots, dx, dy, sheet)
      : hold.kind === 'resize'
        ? resized(dots, hold.corner, to, sheet)
        : hold.kind === 'corner'
          ? cornerMoved(dots, hold.at, to, sheet)
          : turned(dots, straightened(turnOf(dots, from, to)), sheet)
  return made === null ? null : { key, dots: made }
}

function turnOf(dots: readonly Dot[], from: Dot, to: Dot): number {
  const [x, y] = middleOf(dots)
  const angle = (dot: Dot) => (Math.atan2(dot[1] - y, dot[0] - x) * 180) / Math.PI
  return angle(to) - angle(from)
}

/** A shelf where somebody only pointed. */
export function decideDropped(at: Dot, sheet: Sheet): Dot[] {
  const [width, height] = [sheet.widthPx * usualSize.width, sheet.heightPx * usualSize.height]
  const around = rectangle([at[0] - width / 2, at[1] - height / 2], [at[0] + width / 2, at[1] + height / 2])
  return moved(around, 0, 0, sheet)
}

/** Holding, moving and letting go on the plan. `onDone` once, when something came of it. */
export function useGesture(
  board: RefObject<SVGSVGElement | null>,
  sheet: Sheet,
  onDone: (shown: Shown) => void,
): {
  shown: Shown | null
  start(event: PointerEvent, hold: Hold): void
  handlers: Record<'onPointerMove' | 'onPointerUp' | 'onPointerCancel', (event: PointerEvent) => void>
  cancel(): void
} {
  const going = useRef<Going | null>(null)
  const [shown, setShown] = useState<Shown | null>(null)

  function place(event: PointerEvent): Dot {
    const box = board.current?.getBoundingClientRect()
    if (!box || box.width === 0 || box.height === 0) return [0, 0]
    return [
      ((event.clientX - box.left) / box.width) * sheet.widthPx,
      ((event.clientY - box.top) / box.height) * sheet.heightPx,
    ]
  }
  /** Dots of the plan to a px of the screen. */
  const dotsToPx = () => sheet.widthPx / (board.current?.getBoundingClientRect().width || sheet.widthPx)

  function end(): void {
    going.current = null
    setShown(null)
  }

  return {
    shown,
    start(event, hold) {
      // One hand at a time: a second finger changes nothing.
      if (going.current !== null || event.button !== 0) return
      event.preventDefault()
      event.stopPropagation()
      board.current?.setPointerCapture?.(event.pointerId)
      going.current = {
        hold,
        from: insideSheet(place(event), sheet),
        pointer: event.pointerId,
        moving: false,
        shown: null,
      }
    },
    handlers: {
      onPointerMove(event) {
        const now = going.current
        if (now === null || event.pointerId !== now.pointer) return
        const to = place(event)
        const far = Math.hypot(to[0] - now.from[0], to[1] - now.from[1]) > stillPx * dotsToPx()
        if (!now.moving && !far) return
        now.moving = true
        const next = decideShown(now.hold, now.from, to, sheet)
        if (next === null) return
        now.shown = next
        setShown(next)
      },
      onPointerUp(event) {
        const now = going.current
        if (now === null || event.pointerId !== now.pointer) return
        end()
        if (now.shown !== null && isSound(now.shown.dots)) onDone(now.shown)
        else if (now.hold.kind === 'draw') onDone({ key: null, dots: decideDropped(now.from, sheet) })
      },
      onPointerCancel: end,
    },
    cancel: end,
  }
}
