import { implement, ORPCError } from '@orpc/server'
import { hubContract } from '../../contract/hub-api.ts'
import { type HubPush, hubTimeHeader, kioskErrors } from '../../contract/kiosk-hub-api.ts'
import { usageBatchMaxEvents } from '../../contract/usage-event.ts'
import type { HubContext, RequestContext } from '../context.ts'
import type { LoanService } from '../library/loan-service.ts'
import type { UsageService } from '../usage/usage-service.ts'
import type { Enrolment } from './enrolment.ts'
import type { Kiosk, KioskRepository } from './kiosk-repository.ts'
import type { PushLines } from './push-lines.ts'
import type { createRateLimit } from './rate-limit.ts'
import { createRefusals } from './refusals.ts'
import type { createTokenJudge } from './token.ts'

type Parts = {
  context: HubContext
  kiosks: KioskRepository
  judge: ReturnType<typeof createTokenJudge>
  enrolment: Enrolment
  usage: UsageService
  certificates(): string[]
  loans: LoanService
  releases: { latestNumber(): Promise<number>; onPublished(listener: (releaseNumber: number) => void): () => void }
  lines: PushLines
  kioskLimit: ReturnType<typeof createRateLimit>
  enrolLimit: ReturnType<typeof createRateLimit>
  /** Ends every push stream, for a clean close. */
  closing: AbortSignal
}

const pingMs = 20_000

const refusal = (code: keyof typeof kioskErrors) => new ORPCError(code, { ...kioskErrors[code], defined: true })

/** What kiosks ask of the hub. Every answer carries the hub's time, refusals too. */
export function kioskRoutes(parts: Parts) {
  const { context, kiosks } = parts
  const { clock } = context
  const os = implement(hubContract.kiosk).$context<RequestContext>()
  const refusals = createRefusals(context, kiosks)

  const stampTime = (request: RequestContext) => request.answer.set(hubTimeHeader, String(clock.nowMs()))

  const signed = os.use(async ({ context: request, next }) => {
    stampTime(request)
    const authorization = request.headers.get('authorization')
    const verdict = await parts.judge({ authorization, method: request.method, path: request.path })
    if (verdict.kind === 'refused') {
      await refusals.note(verdict.why, verdict.kioskId, request.remoteAddress)
      if (verdict.why === 'revoked') throw refusal('KIOSK_REVOKED')
      throw refusal('TOKEN_REFUSED')
    }
    const waitMs = parts.kioskLimit.take(verdict.kiosk.id)
    if (waitMs > 0) {
      request.answer.set('retry-after', String(Math.ceil(waitMs / 1000)))
      throw refusal('TOO_MANY')
    }
    return next({ context: { kiosk: verdict.kiosk } })
  })

  async function* push(kiosk: Kiosk, signal: AbortSignal): AsyncGenerator<HubPush> {
    const queue: HubPush[] = [
      { kind: 'hello', releaseNumber: await parts.releases.latestNumber(), hubTimeMs: clock.nowMs() },
    ]
    let wake = () => {}
    const say = (message: HubPush) => {
      queue.push(message)
      wake()
    }
    const stopListening = parts.releases.onPublished((releaseNumber) =>
      say({ kind: 'release-published', releaseNumber }),
    )
    const closeLine = parts.lines.open(kiosk.no, say)
    const ping = setInterval(() => say({ kind: 'ping', hubTimeMs: clock.nowMs() }), pingMs)
    const end = () => wake()
    signal.addEventListener('abort', end)
    try {
      while (!signal.aborted) {
        const message = queue.shift()
        if (message) yield message
        else {
          await new Promise<void>((resolve) => {
            wake = resolve
          })
        }
      }
    } finally {
      clearInterval(ping)
      stopListening()
      closeLine()
      signal.removeEventListener('abort', end)
      context.log.debug({ kiosk: kiosk.id }, 'push stream ended')
    }
  }

  return {
    time: os.time.handler(({ context: request }) => {
      stampTime(request)
      return { hubTimeMs: clock.nowMs() }
    }),
    enrol: os.enrol.handler(async ({ input, context: request, errors }) => {
      stampTime(request)
      const waitMs = parts.enrolLimit.take(request.remoteAddress)
      const answer = waitMs > 0 ? null : await parts.enrolment.enrol(input)
      if (answer === null) {
        await refusals.note('enrolment', null, request.remoteAddress)
        throw errors.CODE_REFUSED()
      }
      return answer
    }),
    pushUsage: signed.pushUsage.handler(async ({ input, context: request, errors }) => {
      const answer = await parts.usage.take(request.kiosk.no, input)
      if ('conflict' in answer) {
        context.log.error(
          { kiosk: request.kiosk.id, sequence: answer.conflict },
          'a count contradicts one that is held; nothing of the batch was taken',
        )
        await refusals.note('sequence-conflict', request.kiosk.id, request.remoteAddress)
        throw errors.SEQUENCE_CONFLICT({ data: { sequence: answer.conflict } })
      }
      if (input.events.length < usageBatchMaxEvents) await kiosks.heard(request.kiosk.no, clock.nowMs())
      return answer
    }),
    pushHealth: signed.pushHealth.handler(async ({ input, context: request }) => ({
      acknowledgedThrough: await kiosks.keepHealth(request.kiosk.no, input.entries),
    })),
    heartbeat: signed.heartbeat.handler(async ({ input, context: request }) => {
      await kiosks.keepStatus(request.kiosk.no, input, clock.nowMs())
      return { hubTimeMs: clock.nowMs() }
    }),
    watch: signed.watch.handler(async ({ context: request, signal }) =>
      push(request.kiosk, signal ? AbortSignal.any([signal, parts.closing]) : parts.closing),
    ),
    libraryStatus: signed.libraryStatus.handler(({ input }) => parts.loans.status(input.ids)),
    libraryLoans: signed.libraryLoans.handler(({ input }) => parts.loans.loans(input)),
    certificates: signed.certificates.handler(() => ({ pem: parts.certificates() })),
  }
}
