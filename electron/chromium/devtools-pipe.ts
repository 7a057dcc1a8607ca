import type { Readable, Writable } from 'node:stream'
import { z } from 'zod'

const messageSchema = z.object({
  id: z.number().optional(),
  method: z.string().optional(),
  params: z.record(z.string(), z.unknown()).optional(),
  sessionId: z.string().optional(),
  result: z.record(z.string(), z.unknown()).optional(),
  error: z.object({ message: z.string() }).optional(),
})

export type DevtoolsEvent = { method: string; params: Record<string, unknown>; sessionId: string | null }
export type DevtoolsAnswer = Record<string, unknown>
export type Devtools = ReturnType<typeof devtoolsOver>

/** The DevTools protocol over a pipe: JSON messages parted by NUL. No port is open that somebody else could knock at. */
export function devtoolsOver(pipe: { toBrowser: Writable; fromBrowser: Readable }) {
  const waiting = new Map<number, { resolve: (answer: DevtoolsAnswer) => void; reject: (error: Error) => void }>()
  const listeners = new Set<(event: DevtoolsEvent) => void>()
  const closed = Promise.withResolvers<void>()
  let lastId = 0
  let begun: Buffer[] = []

  pipe.fromBrowser.on('data', (chunk: Buffer) => {
    let rest = chunk
    for (let end = rest.indexOf(0); end !== -1; end = rest.indexOf(0)) {
      const text = Buffer.concat([...begun, rest.subarray(0, end)]).toString('utf8')
      begun = []
      rest = rest.subarray(end + 1)
      take(messageSchema.parse(JSON.parse(text)))
    }
    if (rest.length > 0) begun.push(rest)
  })
  pipe.fromBrowser.on('close', close)
  pipe.fromBrowser.on('error', close)
  pipe.toBrowser.on('error', close)

  function take(message: z.infer<typeof messageSchema>): void {
    if (message.method !== undefined) {
      const event = { method: message.method, params: message.params ?? {}, sessionId: message.sessionId ?? null }
      for (const listener of [...listeners]) listener(event)
      return
    }
    const asker = waiting.get(message.id ?? -1)
    waiting.delete(message.id ?? -1)
    if (message.error) asker?.reject(new Error(message.error.message))
    else asker?.resolve(message.result ?? {})
  }

  function close(): void {
    for (const { reject } of waiting.values()) reject(new Error('the browser is gone'))
    waiting.clear()
    closed.resolve()
  }

  return {
    /**
     * Without a session the browser itself is meant. Rejects with the browser's own words, or when it is gone. `answered` is called at the
     * answer's very place among the events, where the promise is later than those that came in one piece with it.
     */
    send(
      method: string,
      params: Record<string, unknown> = {},
      sessionId: string | null = null,
      answered: () => void = () => undefined,
    ): Promise<DevtoolsAnswer> {
      lastId += 1
      const id = lastId
      const answer = new Promise<DevtoolsAnswer>((resolve, reject) =>
        waiting.set(id, {
          resolve(found) {
            answered()
            resolve(found)
          },
          reject(error) {
            answered()
            reject(error)
          },
        }),
      )
      if (pipe.toBrowser.writable) {
        pipe.toBrowser.write(
          `${JSON.stringify({ id, method, params, ...(sessionId === null ? {} : { sessionId }) })}\0`,
        )
      } else close()
      return answer
    },
    onEvent(listener: (event: DevtoolsEvent) => void): void {
      listeners.add(listener)
    },
    closed: closed.promise,
  }
}
