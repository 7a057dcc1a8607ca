import { decodeProtectedHeader, errors, importJWK, type JWTPayload, jwtVerify } from 'jose'
import type { HubClock } from '../context.ts'
import type { Kiosk } from './kiosk-repository.ts'
import type { TokenMemory } from './token-memory.ts'

/** The kiosk's clock may differ from ours by so much. */
const toleranceSeconds = 60
const longestValidSeconds = 120

export type TokenRefusal =
  | 'missing'
  | 'malformed'
  | 'unknown-kiosk'
  | 'revoked'
  | 'bad-signature'
  | 'other-name'
  | 'other-request'
  | 'expired'
  | 'replayed'
  | 'before-start'
export type TokenVerdict =
  | { kind: 'accepted'; kiosk: Kiosk }
  | { kind: 'refused'; why: TokenRefusal; kioskId: string | null }

/**
 * Judges the token of one request: who sent it, whether it was made for this request and this hub, lately, and never seen before.
 * JSON Web Token with EdDSA (RFC 7519, RFC 8037); bound to method and path as in RFC 9449.
 */
export function createTokenJudge(options: {
  hubId: string
  clock: HubClock
  findKiosk(id: string): Promise<Kiosk | null>
  memory: TokenMemory
}) {
  const keys = new Map<string, Awaited<ReturnType<typeof importJWK>>>()

  async function keyOf(kiosk: Kiosk) {
    const known = keys.get(kiosk.publicKeyX)
    if (known) return known
    const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x: kiosk.publicKeyX }, 'EdDSA')
    keys.set(kiosk.publicKeyX, key)
    return key
  }

  return async function judge(request: {
    authorization: string | null
    method: string
    path: string
  }): Promise<TokenVerdict> {
    const token = /^KioskToken (\S+)$/.exec(request.authorization ?? '')?.[1]
    if (!token) return { kind: 'refused', why: request.authorization ? 'malformed' : 'missing', kioskId: null }
    const kioskId = nameIn(token)
    if (kioskId === null) return { kind: 'refused', why: 'malformed', kioskId: null }
    const kiosk = await options.findKiosk(kioskId)
    if (!kiosk) return { kind: 'refused', why: 'unknown-kiosk', kioskId: null }
    const refuse = (why: TokenRefusal): TokenVerdict => ({ kind: 'refused', why, kioskId: kiosk.id })

    const nowMs = options.clock.nowMs()
    let claims: JWTPayload
    try {
      const verified = await jwtVerify(token, await keyOf(kiosk), {
        algorithms: ['EdDSA'],
        audience: options.hubId,
        issuer: kiosk.id,
        requiredClaims: ['jti', 'iat', 'exp', 'htm', 'htu'],
        clockTolerance: toleranceSeconds,
        currentDate: new Date(nowMs),
      })
      claims = verified.payload
    } catch (error) {
      if (error instanceof errors.JWTExpired) return refuse('expired')
      if (error instanceof errors.JWTClaimValidationFailed)
        return refuse(error.claim === 'iss' ? 'other-name' : 'malformed')
      return refuse('bad-signature')
    }
    // Only a kiosk that proved its name learns that it was retired.
    if (kiosk.state === 'revoked') return refuse('revoked')
    const { iat = 0, exp = 0, jti = '', htm, htu } = claims
    if (htm !== request.method || htu !== request.path) return refuse('other-request')
    if (exp - iat > longestValidSeconds || iat > nowMs / 1000 + toleranceSeconds) return refuse('expired')
    const seen = await options.memory.remember({
      jti,
      issuedAtMs: iat * 1000,
      expiresAtMs: (exp + toleranceSeconds) * 1000,
    })
    if (seen !== 'new') return refuse(seen)
    return { kind: 'accepted', kiosk }
  }
}

function nameIn(token: string): string | null {
  try {
    const { kid } = decodeProtectedHeader(token)
    return typeof kid === 'string' && /^[a-z][a-z0-9-]{1,39}$/.test(kid) ? kid : null
  } catch {
    return null
  }
}
