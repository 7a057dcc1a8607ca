import { type KeyObject, randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'

export type TokenInput = {
  privateKey: KeyObject
  kioskId: string
  hubId: string
  method: string
  /** Without the query. */
  path: string
  /** The hub's time as well as the kiosk knows it. */
  nowMs: number
}

const validForSeconds = 60

/** The value of `authorization` for one request: bound to method and path, valid for a minute, used once. */
export async function kioskToken(input: TokenInput): Promise<string> {
  const issuedAt = Math.floor(input.nowMs / 1000)
  const token = await new SignJWT({ htm: input.method, htu: input.path })
    .setProtectedHeader({ alg: 'EdDSA', kid: input.kioskId })
    .setIssuer(input.kioskId)
    .setAudience(input.hubId)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + validForSeconds)
    .setJti(randomUUID())
    .sign(input.privateKey)
  return `KioskToken ${token}`
}
