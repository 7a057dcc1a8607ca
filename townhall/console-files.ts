import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

/** Mantine writes its sizes as style attributes and one style element; scripts come from files of ours alone. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"

/** The staff's pages: one page whose addresses are its own business. */
export function registerConsole(app: FastifyInstance, consoleDir: string): void {
  if (!existsSync(join(consoleDir, 'index.html'))) {
    app.get('/', async (_, reply) =>
      reply.type('text/plain; charset=utf-8').send('管理画面はまだ作られていません（npm run build:console）。'),
    )
    return
  }
  app.register(fastifyStatic, {
    root: consoleDir,
    wildcard: true,
    cacheControl: false,
    setHeaders(reply, path) {
      reply.header('content-security-policy', policy)
      reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-store')
    },
  })
  app.setNotFoundHandler((request, reply) => {
    const page =
      request.method === 'GET' &&
      !/^\/(?:api|auth|releases)\//.test(request.url) &&
      !/\.[a-z0-9]+$/i.test(request.url.split('?')[0] ?? '')
    if (!page) return reply.code(404).send({ code: 'not-found', message: 'ありません。' })
    return reply.sendFile('index.html')
  })
}
