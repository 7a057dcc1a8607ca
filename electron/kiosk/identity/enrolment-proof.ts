import { createHash, createHmac, scryptSync, timingSafeEqual } from 'node:crypto'
import { enrolmentKeyCost, enrolmentKeySalt, hubEnrolText, kioskEnrolText } from '../../../contract/enrolment.ts'

/** `code` is normalised. */
export function enrolmentKey(code: string): Buffer {
  return scryptSync(code, enrolmentKeySalt, 32, enrolmentKeyCost)
}

export function kioskProof(key: Buffer, parts: { publicKeyX: string; certificateFingerprint: string }): string {
  return createHmac('sha256', key).update(kioskEnrolText(parts)).digest('hex')
}

/** Whether the answer comes from the hub that made the code. */
export function hubProofHolds(
  key: Buffer,
  parts: { publicKeyX: string; kioskId: string; tufRoot: string },
  hubProof: string,
): boolean {
  const tufRootSha256 = createHash('sha256').update(parts.tufRoot, 'utf8').digest('hex')
  const text = hubEnrolText({ publicKeyX: parts.publicKeyX, kioskId: parts.kioskId, tufRootSha256 })
  const expected = createHmac('sha256', key).update(text).digest()
  const given = Buffer.from(hubProof, 'hex')
  return given.length === expected.length && timingSafeEqual(given, expected)
}
