import type { WebSocket } from 'ws'
import { z } from 'zod'
import { guardedTouchSchema } from '../../../contract/menus/internet.ts'
import type { GuardedPicture } from '../internet/guarded-browser.ts'

const heardSchema = z.union([z.strictObject({ drawn: z.literal(true) }), guardedTouchSchema])

/** The guarded page on a socket of its own: pictures out, fingers in. What is not understood is dropped. */
export function serveGuardedPicture(socket: WebSocket, picture: GuardedPicture): void {
  const stop = picture.watch((jpeg) => socket.send(jpeg))
  socket.on('close', stop)
  socket.on('message', (data, isBinary) => {
    if (isBinary) return
    const heard = heardSchema.safeParse(parsed(String(data)))
    if (!heard.success) return
    if ('drawn' in heard.data) picture.drawn()
    else picture.touch(heard.data)
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
