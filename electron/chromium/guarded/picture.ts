import { z } from 'zod'
import type { GuardedTouch } from '../../../contract/menus/internet.ts'
import type { GuardedPicture } from '../../kiosk/internet/guarded-browser.ts'
import { decideApart, decideScale } from './decide-scale.ts'

const frameSchema = z.object({ data: z.string(), sessionId: z.number() })
type Size = { widthPx: number; heightPx: number }
type Tell = (method: string, params: Record<string, unknown>) => void

/** Frames on their way or being drawn; with two the browser draws one while the screen draws the other. */
const mostOnTheWay = 2
const quality = 80
/** A page goes on by itself for a while after the finger is gone; after that it is read again. */
const restMs = 500
/** A busy browser drops pictures, and of a page that has come to rest it sends no other: so long after the last one it is asked again. Longer than a caret blinks. */
const settleMs = 700
const mostSettleMs = 20_000

/** The page as JPEG pictures, no faster than they are drawn, and the finger on it. */
export function createPicture(size: () => Size, tell: Tell, onTouch: () => void) {
  const listeners = new Set<(jpeg: Uint8Array) => void>()
  let last: Buffer | null = null
  let onTheWay = 0
  /** Each picture is answered, or the browser takes it for still on its way and in the end sends none. */
  let unanswered: number[] = []
  let scale = 1
  let apartMs = 0
  let moving = false
  let tookAtMs: number | null = null
  let rest: NodeJS.Timeout | undefined
  let settling: NodeJS.Timeout | undefined

  function start(): void {
    const { widthPx, heightPx } = size()
    onTheWay = 0
    unanswered = []
    tell('Page.startScreencast', {
      ...{ format: 'jpeg', quality, everyNthFrame: 1 },
      maxWidth: Math.round(widthPx * scale),
      maxHeight: Math.round(heightPx * scale),
    })
  }

  /** What was asked for may be dropped too, or be drawn before the page is: asked a few times more, ever later. */
  function settle(afterMs = settleMs): void {
    clearTimeout(settling)
    settling = setTimeout(() => {
      start()
      if (afterMs < mostSettleMs) settle(afterMs * 2)
    }, afterMs)
    settling.unref()
  }

  function scaleTo(next: number): void {
    if (next === scale) return
    scale = next
    start()
  }

  /** A finger that is put down and lifted moves nothing: what was touched stays sharp. */
  function moves(): void {
    moving = true
    clearTimeout(rest)
    rest = setTimeout(() => {
      moving = false
      tookAtMs = null
      scaleTo(1)
    }, restMs)
    rest.unref()
    scaleTo(decideScale({ moving: true, apartMs }))
  }

  /** Small pictures come faster, so only whole ones tell how quick the machine is. */
  function measure(): void {
    if (!moving || scale !== 1) return
    const nowMs = performance.now()
    if (tookAtMs !== null) apartMs = decideApart(apartMs, nowMs - tookAtMs)
    tookAtMs = nowMs
  }

  function answer(sessionId: number | undefined): void {
    if (sessionId !== undefined) tell('Page.screencastFrameAck', { sessionId })
  }

  const picture: GuardedPicture = {
    watch(listener) {
      listeners.add(listener)
      // A screen that was loaded again sees the page at once, though nothing moves on it.
      if (last !== null) listener(last)
      onTheWay = 0
      for (const sessionId of unanswered.splice(0)) answer(sessionId)
      return () => void listeners.delete(listener)
    },
    drawn() {
      onTheWay = Math.max(0, onTheWay - 1)
      answer(unanswered.shift())
    },
    touch({ phase, points }: GuardedTouch) {
      onTouch()
      if (phase === 'move' || moving) moves()
      const type = { start: 'touchStart', move: 'touchMove', end: 'touchEnd', cancel: 'touchCancel' }[phase]
      tell('Input.dispatchTouchEvent', { type, touchPoints: points.map(({ x, y, id }) => ({ x, y, id })) })
    },
  }

  return {
    picture,
    start,
    /** The page has loaded: what it looks like now may be what was dropped, long after the picture of the empty page before it was asked for again. */
    settle: () => settle(),
    stop(): void {
      clearTimeout(rest)
      clearTimeout(settling)
    },
    took(params: Record<string, unknown>): void {
      const { data, sessionId } = frameSchema.parse(params)
      measure()
      const jpeg = Buffer.from(data, 'base64')
      if (last !== null && jpeg.equals(last)) {
        answer(sessionId)
        return
      }
      last = jpeg
      settle()
      onTheWay += 1
      if (listeners.size === 0 || onTheWay < mostOnTheWay) answer(sessionId)
      else unanswered.push(sessionId)
      for (const listener of listeners) listener(jpeg)
    },
  }
}
