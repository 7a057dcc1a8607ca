/** The hub answered, and not with what was asked for. */
export class HubAnswerError extends Error {
  override readonly name = 'HubAnswerError'
  readonly status: number
  readonly code: string | null
  readonly retryAfterMs: number | null
  /** Which event the hub finds at odds with one that it holds. */
  readonly sequence: number | null
  constructor(status: number, told: { code?: string; retryAfterMs?: number | null; sequence?: number }) {
    super(`hub answered ${status}${told.code === undefined ? '' : ` ${told.code}`}`)
    this.status = status
    this.code = told.code ?? null
    this.retryAfterMs = told.retryAfterMs ?? null
    this.sequence = told.sequence ?? null
  }
}

/** The machine at the hub's address showed a certificate that is not pinned. */
export class CertificateRefusedError extends Error {
  override readonly name = 'CertificateRefusedError'
  readonly fingerprint: string
  constructor(fingerprint: string) {
    super(`certificate ${fingerprint} is not the hub's`)
    this.fingerprint = fingerprint
  }
}

export type HubFailure =
  | { kind: 'offline' | 'token-refused' | 'revoked' | 'too-large' | 'refused' | 'unexpected' }
  | { kind: 'busy'; retryAfterMs: number | null }
  | { kind: 'conflict'; sequence: number | null }
  | { kind: 'certificate'; fingerprint: string }

/** Sorts what came back by what there is to do about it. */
export function judgeFailure(error: unknown): HubFailure {
  const chain = causes(error)
  const certificate = chain.find((one) => one instanceof CertificateRefusedError)
  if (certificate !== undefined) return { kind: 'certificate', fingerprint: certificate.fingerprint }
  const answer = chain.find((one) => one instanceof HubAnswerError)
  if (answer === undefined) return { kind: chain.some(isOffline) ? 'offline' : 'unexpected' }
  if (answer.status === 401) return { kind: 'token-refused' }
  if (answer.status === 403 && answer.code === 'KIOSK_REVOKED') return { kind: 'revoked' }
  if (answer.status === 409) return { kind: 'conflict', sequence: answer.sequence }
  if (answer.status === 413) return { kind: 'too-large' }
  if (answer.status === 429 || answer.status >= 500) return { kind: 'busy', retryAfterMs: answer.retryAfterMs }
  return { kind: 'refused' }
}

function causes(error: unknown): unknown[] {
  const chain: unknown[] = []
  for (let one = error; one !== undefined && one !== null && chain.length < 8; ) {
    chain.push(one)
    one = one instanceof Error ? one.cause : null
  }
  return chain
}

/** fetch says a cut line as TypeError, a time-out as TimeoutError, an end of ours as AbortError, and system errors by code. */
function isOffline(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return true
  if (error instanceof TypeError && /fetch failed|terminated/.test(error.message)) return true
  return 'code' in error && typeof error.code === 'string' && /^(?:E[A-Z]+|UND_ERR_.*)$/.test(error.code)
}
