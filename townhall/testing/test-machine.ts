import { createHash, createHmac, generateKeyPairSync, randomUUID, scryptSync, timingSafeEqual } from 'node:crypto'
import { SignJWT } from 'jose'
import {
  enrolmentCodeId,
  enrolmentKeyCost,
  enrolmentKeySalt,
  hubEnrolText,
  kioskEnrolText,
  normaliseEnrolmentCode,
} from '../../contract/enrolment.ts'
import { menuIds } from '../../contract/menu-ids.ts'
import type { UsageEvent } from '../../contract/usage-event.ts'
import { fingerprintOf } from '../kiosks/certificate.ts'
import type { TestHub } from './test-hub.ts'

export type TokenClaims = {
  kid?: string
  issuer?: string
  audience?: string
  method?: string
  path?: string
  atMs?: number
  validSeconds?: number
  jti?: string
}

/** A machine with a key pair of its own, that speaks to the hub as a kiosk does. */
export function machineAt(town: TestHub) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const publicKeyX = publicKey.export({ format: 'jwk' }).x ?? ''
  const certificate = town.hub.parts.certificates.current()?.certPem
  const certificateFingerprint = certificate === undefined ? '' : fingerprintOf(certificate)
  let kioskId = ''

  async function enrol(code: string, seenFingerprint = certificateFingerprint) {
    const plain = normaliseEnrolmentCode(code) ?? ''
    const key = scryptSync(plain, enrolmentKeySalt, 32, enrolmentKeyCost)
    const said = { publicKeyX, certificateFingerprint: seenFingerprint }
    const answer = await town.ask('/api/v1/kiosk/enrol', {
      body: {
        ...said,
        codeId: enrolmentCodeId(plain),
        proof: createHmac('sha256', key).update(kioskEnrolText(said)).digest('hex'),
      },
    })
    if (answer.status === 200) {
      const admitted = answer.json() as { kioskId: string; tufRoot: string; hubProof: string }
      kioskId = admitted.kioskId
      const tufRootSha256 = createHash('sha256').update(admitted.tufRoot).digest('hex')
      const expected = createHmac('sha256', key).update(hubEnrolText({ publicKeyX, kioskId, tufRootSha256 })).digest()
      if (!timingSafeEqual(expected, Buffer.from(admitted.hubProof, 'hex')))
        throw new Error('the hub did not prove itself')
    }
    return answer
  }

  async function token(method: string, path: string, claims: TokenClaims = {}): Promise<string> {
    const issuedAt = Math.floor((claims.atMs ?? town.clock.nowMs()) / 1000)
    const jwt = await new SignJWT({ htm: claims.method ?? method, htu: claims.path ?? path })
      .setProtectedHeader({ alg: 'EdDSA', kid: claims.kid ?? kioskId })
      .setIssuer(claims.issuer ?? claims.kid ?? kioskId)
      .setAudience(claims.audience ?? town.hub.context.hubId)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + (claims.validSeconds ?? 60))
      .setJti(claims.jti ?? randomUUID())
      .sign(privateKey)
    return `KioskToken ${jwt}`
  }

  async function post(path: string, body: unknown, claims?: TokenClaims) {
    return town.ask(path, { body, headers: { authorization: await token('POST', path, claims) } })
  }

  return {
    publicKeyX,
    enrol,
    token,
    post,
    id: () => kioskId,
    pushUsage: (events: readonly UsageEvent[], claims?: TokenClaims) => post('/api/v1/kiosk/usage', { events }, claims),
  }
}
export type TestMachine = ReturnType<typeof machineAt>

/** A machine that the hub knows, at a facility of kiosk-config. */
export async function enrolledAt(town: TestHub, facilityId = 'kenko-plaza'): Promise<TestMachine> {
  const facility = town.hub.parts.facilities.find((one) => one.id === facilityId)
  if (!facility) throw new Error(`no facility ${facilityId}`)
  const machine = machineAt(town)
  const answer = await machine.enrol((await town.hub.parts.enrolment.createCode(facility, 'test')).code)
  if (answer.status !== 200) throw new Error(answer.body)
  return machine
}

export const access = (sequence: number, more: Partial<UsageEvent> = {}): UsageEvent => ({
  sequence,
  id: `019a0000-0000-7000-8000-${sequence.toString(16).padStart(12, '0')}`,
  menu: menuIds[0],
  atMs: Date.UTC(2026, 10, 1),
  clock: 'synced',
  ...more,
})
