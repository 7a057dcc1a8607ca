import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type CommonMood = 'html' | 'huge' | 'down' | 'redirect' | 'busy' | 'silent' | 'cuts-off'

/** Another's server that does what every server may do wrong; `null`: it goes on as it should. */
export async function outsideServer<Mood extends string>(
  path: string,
  answer: (query: URLSearchParams, mood: Mood | 'well', response: ServerResponse) => void,
) {
  const asked: URLSearchParams[] = []
  const server = { mood: 'well' as Mood | CommonMood | 'well' }
  const held = new Set<() => void>()
  const http = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    asked.push(url.searchParams)
    const go = (mood: Mood | 'well') => answer(url.searchParams, mood, response)
    const { mood } = server
    switch (mood) {
      case 'html':
        return response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>メンテナンス中</body></html>')
      case 'huge':
        return response.writeHead(200).end(Buffer.alloc(10_000_000, '<item id="1">'))
      case 'down':
        return response.writeHead(500).end('no')
      case 'busy':
        return response.writeHead(429, { 'retry-after': '120' }).end()
      case 'redirect':
        return response.writeHead(302, { location: `${url.pathname}?elsewhere=1` }).end()
      case 'cuts-off':
        return response
          .writeHead(200, { 'content-length': '1000' })
          .write('<?xml version="1.0"?>', () => response.destroy())
      case 'silent':
        held.add(() => go('well'))
        return undefined
      default:
        return go(mood)
    }
  })
  // It closes no line by itself: on a busy machine the next question would already be on its way.
  http.keepAliveTimeout = 0
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(http.address() as AddressInfo).port}${path}`,
    asked,
    be: (mood: Mood | CommonMood | 'well') => {
      server.mood = mood
    },
    /** The questions it was silent about are answered after all. */
    speak: () => {
      for (const go of held) go()
      held.clear()
    },
    close: () =>
      new Promise<void>((resolve) => {
        http.close(() => resolve())
        http.closeAllConnections()
      }),
  }
}
