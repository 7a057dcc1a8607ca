import { expect, it } from 'vitest'
import { CertificateRefusedError, HubAnswerError, judgeFailure } from './hub-failure.ts'

const coded = (code: string) => Object.assign(new Error(code), { code })
const wrapped = (cause: unknown) => new TypeError('fetch failed', { cause })

it.each([
  ['a refused connection', wrapped(coded('ECONNREFUSED')), { kind: 'offline' }],
  ['a time-out', new DOMException('late', 'TimeoutError'), { kind: 'offline' }],
  ['a line cut in mid-answer', new TypeError('terminated', { cause: coded('UND_ERR_SOCKET') }), { kind: 'offline' }],
  ['another certificate', wrapped(new CertificateRefusedError('ab')), { kind: 'certificate', fingerprint: 'ab' }],
  ['401', new HubAnswerError(401, { code: 'TOKEN_REFUSED' }), { kind: 'token-refused' }],
  ['403 of a retired kiosk', new HubAnswerError(403, { code: 'KIOSK_REVOKED' }), { kind: 'revoked' }],
  ['403 of something in between', new HubAnswerError(403, {}), { kind: 'refused' }],
  ['409', new HubAnswerError(409, { sequence: 7 }), { kind: 'conflict', sequence: 7 }],
  ['413', new HubAnswerError(413, {}), { kind: 'too-large' }],
  ['429', new HubAnswerError(429, { retryAfterMs: 5 }), { kind: 'busy', retryAfterMs: 5 }],
  ['500', new HubAnswerError(500, {}), { kind: 'busy', retryAfterMs: null }],
  ['400', new HubAnswerError(400, {}), { kind: 'refused' }],
  ['a fault of ours', new RangeError('x'), { kind: 'unexpected' }],
])('%s', (_, error, failure) => {
  expect(judgeFailure(error)).toEqual(failure)
})
