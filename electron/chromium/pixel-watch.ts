import { z } from 'zod'
import type { Drawn } from '../kiosk/host/screen-care.ts'

const frameSchema = z.object({ data: z.string(), sessionId: z.number() })
/** A full screen in so small a picture costs next to nothing, and the mark is still a pixel of it. */
const mostPx = 240

export type PixelWatch = ReturnType<typeof createPixelWatch>

/** The screen as the GPU process draws it, by the protocol's own screen cast: a picture comes only when something was drawn, and nothing on the page moves for it. */
export function createPixelWatch(send: (method: string, params?: Record<string, unknown>) => Promise<unknown>) {
  let seen: ((picture: string) => void) | null = null
  let last: Promise<unknown> = Promise.resolve()

  async function lookOnce(limitMs: number): Promise<Drawn> {
    const over = Promise.withResolvers<Drawn>()
    let first: string | null = null
    seen = (picture) => {
      first ??= picture
      if (picture !== first) over.resolve('changing')
    }
    const late = setTimeout(() => over.resolve(first === null ? 'nothing' : 'same'), limitMs)
    send('Page.startScreencast', { format: 'png', maxWidth: mostPx, maxHeight: mostPx }).catch(over.reject)
    try {
      return await over.promise
    } finally {
      clearTimeout(late)
      seen = null
      void send('Page.stopScreencast').catch(() => undefined)
    }
  }

  return {
    /** An event `Page.screencastFrame`. */
    frame(params: Record<string, unknown>): void {
      const { data, sessionId } = frameSchema.parse(params)
      void send('Page.screencastFrameAck', { sessionId }).catch(() => undefined)
      seen?.(data)
    },
    /** Until two pictures differ. */
    look(limitMs: number): Promise<Drawn> {
      const next = last.then(() => lookOnce(limitMs))
      last = next.catch(() => undefined)
      return next
    },
  }
}
