import { createHash, createHmac, randomInt, scryptSync, timingSafeEqual } from 'node:crypto'
import type { z } from 'zod'
import {
  enrolmentCodeAlphabet,
  enrolmentCodeId,
  enrolmentCodeLength,
  enrolmentKeyCost,
  enrolmentKeySalt,
  hubEnrolText,
  kioskEnrolText,
  showEnrolmentCode,
} from '../../contract/enrolment.ts'
import type { enrolInputSchema, enrolOutputSchema } from '../../contract/kiosk-hub-api.ts'
import type { HubContext } from '../context.ts'
import type { Facility } from './facilities.ts'
import type { KioskRepository } from './kiosk-repository.ts'

const codeValidMs = 15 * 60_000
const attemptsPerCode = 5

export type Enrolment = ReturnType<typeof createEnrolment>

export function createEnrolment(
  context: Pick<HubContext, 'clock' | 'hubId' | 'audit'>,
  kiosks: KioskRepository,
  facilities: readonly Facility[],
  trust: { tufRoot(): Promise<string>; certificateFingerprints(): string[] },
) {
  /** A code to be typed at the kiosk, good for fifteen minutes and one machine. The hub keeps only what is derived from it. */
  async function createCode(facility: Facility, actor: string): Promise<{ code: string; expiresAtMs: number }> {
    const nowMs = context.clock.nowMs()
    await kiosks.forgetCodes(nowMs - codeValidMs)
    for (;;) {
      const code = Array.from(
        { length: enrolmentCodeLength },
        () => enrolmentCodeAlphabet[randomInt(enrolmentCodeAlphabet.length)],
      ).join('')
      const keyHex = scryptSync(code, enrolmentKeySalt, 32, enrolmentKeyCost).toString('hex')
      const expiresAtMs = nowMs + codeValidMs
      if (!(await kiosks.addCode({ codeId: enrolmentCodeId(code), facilityId: facility.id, keyHex, expiresAtMs })))
        continue
      await context.audit({ actor, act: 'kiosk-code-created', subject: facility.id })
      return { code: showEnrolmentCode(code), expiresAtMs }
    }
  }

  /** @returns null when code or proof is refused; which of them is not said */
  async function enrol(input: z.infer<typeof enrolInputSchema>): Promise<z.infer<typeof enrolOutputSchema> | null> {
    const code = await kiosks.attemptCode(input.codeId, context.clock.nowMs(), attemptsPerCode)
    const fingerprints = trust.certificateFingerprints()
    // A fingerprint that is not ours means that somebody stands in the middle.
    const expectedFingerprint =
      fingerprints.length === 0 ? '' : (fingerprints.find((one) => one === input.certificateFingerprint) ?? null)
    if (code === null || expectedFingerprint === null || input.certificateFingerprint !== expectedFingerprint)
      return null
    const expected = createHmac('sha256', code.key).update(kioskEnrolText(input)).digest()
    if (!timingSafeEqual(expected, Buffer.from(input.proof, 'hex'))) return null
    const facility = facilities.find((one) => one.id === code.facilityId)
    if (!facility) return null
    const kiosk = await kiosks.enrol({
      facilityId: facility.id,
      name: facility.name,
      publicKeyX: input.publicKeyX,
      codeId: input.codeId,
      nowMs: context.clock.nowMs(),
    })
    if (!kiosk) return null
    await context.audit({ actor: `kiosk:${kiosk.id}`, act: 'kiosk-enrolled', subject: kiosk.id, detail: facility.name })
    const tufRoot = await trust.tufRoot()
    const tufRootSha256 = createHash('sha256').update(tufRoot, 'utf8').digest('hex')
    const hubProof = createHmac('sha256', code.key)
      .update(hubEnrolText({ publicKeyX: input.publicKeyX, kioskId: kiosk.id, tufRootSha256 }))
      .digest('hex')
    return { kioskId: kiosk.id, facilityId: facility.id, hubId: context.hubId, tufRoot, hubProof }
  }

  return { createCode, enrol }
}
