/** Stable codes of unexpected failures. Words for people are made from them once, at the edge (screen, console, command line). */
export const errorCodes = [
  'bad-arguments',
  'bad-config',
  'content-refused',
  'contract-mismatch',
  'data-newer-than-program',
  'disk-full',
  'disk-read-only',
  'enrolment-code-refused',
  'hub-certificate-changed',
  'hub-unreachable',
  'internal',
  'kiosk-revoked',
  'kiosk-unknown',
  'no-data',
  'not-found',
  'not-permitted',
  'not-ready',
  'not-signed-in',
  'picture-refused',
  'port-in-use',
  'rate-limited',
  'release-expired',
  'release-forged',
  'release-incomplete',
  'release-mixed',
  'release-rolled-back',
  'release-unreadable',
  'release-unhealthy',
  'request-malformed',
  'request-too-large',
  'token-expired',
  'token-refused',
  'token-replayed',
] as const
export type ErrorCode = (typeof errorCodes)[number]

/** An unexpected failure with a stable code; `detail` carries what the reader needs (file, key, expected), never secrets. */
export class KioskError extends Error {
  override readonly name = 'KioskError'
  readonly code: ErrorCode
  readonly detail: Record<string, string | number>
  constructor(code: ErrorCode, message: string, detail: Record<string, string | number> = {}, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.detail = detail
  }
}
