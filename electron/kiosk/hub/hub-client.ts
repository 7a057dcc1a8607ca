import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import { z } from 'zod'
import { type HubContract, hubContract } from '../../../contract/hub-api.ts'
import { hubTimeHeader } from '../../../contract/kiosk-hub-api.ts'
import { readRetryAfter } from './decide-retry.ts'
import { HubAnswerError } from './hub-failure.ts'

type HubApi = ContractRouterClient<Pick<HubContract, 'kiosk'>>['kiosk']
export type HubClient = { api: HubApi; close(): Promise<void> }

export type HubClientOptions = {
  /** Origin. */
  hubUrl: string
  fetch: typeof fetch
  close?: () => Promise<void>
  /** The value of `authorization`; null sends none (time, enrolment). */
  authorize: (request: { method: string; path: string }) => Promise<string | null>
  uptimeMs: () => number
  onHubTime: (answer: { hubTimeMs: number; roundTripMs: number }) => void
  requestTimeoutMs: number
}

const largestAnswerBytes = 8 * 1024 * 1024

/** The hub's kiosk API by its contract. Rejects with `HubAnswerError`, or with what fetch rejects with; every answer's time is learned. */
export function createHubClient(options: HubClientOptions): HubClient {
  const link = new OpenAPILink(
    { kiosk: hubContract.kiosk },
    { url: `${options.hubUrl}/api/v1`, fetch: (request, _init, { signal }) => ask(request, signal, options) },
  )
  const client: ContractRouterClient<Pick<HubContract, 'kiosk'>> = createORPCClient(link)
  return { api: client.kiosk, close: async () => options.close?.() }
}

async function ask(request: Request, signal: AbortSignal | undefined, options: HubClientOptions): Promise<Response> {
  const path = new URL(request.url).pathname
  const authorization = await options.authorize({ method: request.method, path })
  const headers = new Headers(request.headers)
  if (authorization !== null) headers.set('authorization', authorization)
  const body = request.body === null ? null : new Uint8Array(await request.arrayBuffer())
  const late = new AbortController()
  const timer = setTimeout(
    () => late.abort(new DOMException('no answer in time', 'TimeoutError')),
    options.requestTimeoutMs,
  )
  const askedAtMs = options.uptimeMs()
  try {
    const answer = await options.fetch(request.url, {
      method: request.method,
      headers,
      body,
      signal: AbortSignal.any([request.signal, late.signal]),
    })
    learn(answer, options.uptimeMs() - askedAtMs, options)
    const streams = answer.headers.get('content-type')?.startsWith('text/event-stream') === true
    if (answer.ok && streams) return endedBy(signal, answer)
    const bytes = await readWithin(answer, largestAnswerBytes)
    if (!answer.ok) throw refusal(answer, bytes)
    return new Response(bytes.byteLength === 0 ? null : bytes, { status: answer.status, headers: answer.headers })
  } finally {
    clearTimeout(timer)
  }
}

/** Fetch holds the one who may end it weakly: after the next sweep of the memory a stream that is silent or unwanted would go on for ever. */
function endedBy(signal: AbortSignal | undefined, answer: Response): Response {
  if (signal === undefined || answer.body === null) return answer
  const { status, headers } = answer
  return new Response(answer.body.pipeThrough(new TransformStream(), { signal }), { status, headers })
}

function learn(answer: Response, roundTripMs: number, options: HubClientOptions): void {
  const text = answer.headers.get(hubTimeHeader)
  if (text !== null && /^\d{1,16}$/.test(text)) options.onHubTime({ hubTimeMs: Number(text), roundTripMs })
}

async function readWithin(answer: Response, mostBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = []
  let sizeBytes = 0
  for await (const part of answer.body ?? []) {
    sizeBytes += part.byteLength
    if (sizeBytes > mostBytes) throw new HubAnswerError(answer.status, { code: 'ANSWER_TOO_LARGE' })
    parts.push(part)
  }
  const whole = new Uint8Array(sizeBytes)
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.byteLength
  }
  return whole
}

const problemSchema = z.object({
  code: z.string().max(60).optional().catch(undefined),
  data: z.object({ sequence: z.number().optional() }).optional().catch(undefined),
})

function refusal(answer: Response, bytes: Uint8Array): HubAnswerError {
  const problem = problemSchema.safeParse(jsonIn(bytes)).data
  return new HubAnswerError(answer.status, {
    code: problem?.code,
    retryAfterMs: readRetryAfter(answer.headers.get('retry-after'), Date.now()),
    sequence: problem?.data?.sequence,
  })
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return null
  }
}
