import type { IncomingMessage, ServerResponse } from 'node:http'
import { OpenAPIGenerator } from '@orpc/openapi'
import { OpenAPIHandler } from '@orpc/openapi/node'
import { ORPCError, onError } from '@orpc/server'
import { BodyLimitPlugin } from '@orpc/server/node'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import type { FastifyInstance } from 'fastify'
import { hubContract } from '../contract/hub-api.ts'
import { softwareVersion } from '../contract/version.ts'
import type { HubContext, RequestContext } from './context.ts'

export const apiPrefix = '/api/v1'
const bodyLimitBytes = 1_048_576

type ApiRouter = ConstructorParameters<typeof OpenAPIHandler<RequestContext>>[0]

/** Every call of contract/hub-api.ts under one prefix, and its OpenAPI document. */
export function registerApi(app: FastifyInstance, context: HubContext, router: ApiRouter): void {
  const handler = new OpenAPIHandler<RequestContext>(router, {
    plugins: [new BodyLimitPlugin({ maxBodySize: bodyLimitBytes })],
    interceptors: [
      onError((error) => {
        // A body that is no JSON is the sender's fault, as is what the contract refuses.
        if (error instanceof SyntaxError || (error instanceof ORPCError && error.status < 500)) return
        context.log.error({ err: error }, 'a call failed')
      }),
    ],
  })
  const document = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] }).generate(hubContract, {
    info: { title: 'Memuro kiosk hub', version: softwareVersion },
    servers: [{ url: apiPrefix }],
  })
  app.get(`${apiPrefix}/openapi.json`, async () => document)

  app.register(async (scope) => {
    // The handler reads the stream itself.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null, undefined))
    scope.all(`${apiPrefix}/*`, async (request, reply) => {
      reply.hijack()
      await answer(handler, request.raw, reply.raw, request.ip)
    })
  })
}

async function answer(
  handler: OpenAPIHandler<RequestContext>,
  request: IncomingMessage,
  response: ServerResponse,
  remoteAddress: string,
): Promise<void> {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) if (typeof value === 'string') headers.set(name, value)
  const toSet = new Map<string, string>()
  const context: RequestContext = {
    headers,
    method: request.method ?? 'GET',
    path: (request.url ?? '').split('?')[0] ?? '',
    remoteAddress,
    answer: toSet,
  }
  // Headers that a procedure sets must be there whichever way the answer is written, errors included.
  const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => ServerResponse
  response.writeHead = ((...args: unknown[]) => {
    for (const [name, value] of toSet) response.setHeader(name, value)
    return writeHead(...args)
  }) as typeof response.writeHead
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('cache-control', 'no-store')
  const { matched } = await handler.handle(request, response, { prefix: apiPrefix, context })
  if (matched) return
  response.writeHead(404, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ code: 'not-found', message: 'この入り口はありません。' }))
}
