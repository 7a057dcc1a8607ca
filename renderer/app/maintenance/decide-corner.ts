/** How far the hidden way to the service screen has been gone. */
export type CornerState =
  | { kind: 'nothing' }
  /** A finger rests in the upper left corner. */
  | { kind: 'held'; pointerId: number; sinceMs: number }
  /** It rested long enough, and has left. */
  | { kind: 'armed'; untilMs: number }
  /** The second touch, which opened; what follows of it belongs to nobody. */
  | { kind: 'passing'; pointerId: number }
export type CornerEvent = {
  type: 'down' | 'move' | 'up' | 'cancel'
  pointerId: number
  x: number
  y: number
  atMs: number
}
type Size = { widthPx: number; heightPx: number }
export type CornerDecision = { state: CornerState; swallow: boolean; open: boolean }

/** No child rests so still for so long, and then touches the other end of the screen. */
const holdMs = 5_000
const secondWithinMs = 3_000
const cornerShare = 0.1

const nothing: CornerState = { kind: 'nothing' }

/** Held in the upper left corner, then touched in the lower right one. What was part of it is swallowed, so that it does nothing else. Pure. */
export function decideCorner(state: CornerState, event: CornerEvent, size: Size): CornerDecision {
  const side = cornerShare * Math.min(size.widthPx, size.heightPx)
  const first = event.x <= side && event.y <= side
  const second = event.x >= size.widthPx - side && event.y >= size.heightPx - side
  const go = (next: CornerState, swallow = false, open = false) => ({ state: next, swallow, open })
  const ours = (state.kind === 'held' || state.kind === 'passing') && state.pointerId === event.pointerId

  if (event.type === 'down') {
    if (state.kind === 'armed' && event.atMs <= state.untilMs && second)
      return go({ kind: 'passing', pointerId: event.pointerId }, true, true)
    // A second finger is a hand that leans, not one that knows.
    if (state.kind === 'held' || state.kind === 'passing') return go(nothing)
    return first ? go({ kind: 'held', pointerId: event.pointerId, sinceMs: event.atMs }) : go(nothing)
  }
  if (!ours) return go(state)
  if (state.kind === 'passing') return go(event.type === 'move' ? state : nothing, true)
  if (event.type === 'move') return go(first ? state : nothing)
  if (event.type === 'up' && state.kind === 'held' && first && event.atMs - state.sinceMs >= holdMs)
    return go({ kind: 'armed', untilMs: event.atMs + secondWithinMs }, true)
  return go(nothing)
}
