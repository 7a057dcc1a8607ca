import { enrolmentCodeId, normaliseEnrolmentCode } from '../../../contract/enrolment.ts'
import { KioskError } from '../../../contract/error-codes.ts'
import { readHubUrl } from '../hub/hub-address.ts'
import { createHubClient, type HubClient } from '../hub/hub-client.ts'
import { judgeFailure } from '../hub/hub-failure.ts'
import type { SeenCertificate } from '../hub/pinned-fetch.ts'
import { enrolmentKey, hubProofHolds, kioskProof } from './enrolment-proof.ts'
import type { Identity, IdentityStore } from './identity-store.ts'

type EnrolOptions = {
  hubUrl: string
  code: string
  store: IdentityStore
  /** For plain loopback. */
  fetchImpl: typeof fetch
  uptimeMs: () => number
  onHubTime: (answer: { hubTimeMs: number; roundTripMs: number }) => void
  nowMs: () => number
  requestTimeoutMs: number
}

/**
 * Makes the kiosk's key and lets the hub know it by a one-time code. Whatever certificate is shown is noted and made part of the proof,
 * so a machine in the middle gains nothing; the hub's own proof decides whether it becomes the pinned one.
 * Throws `bad-arguments`, `hub-unreachable`, `enrolment-code-refused`.
 */
export async function enrolKiosk(options: EnrolOptions): Promise<Identity> {
  const hubUrl = readHubUrl(options.hubUrl)
  const code = normaliseEnrolmentCode(options.code)
  if (code === null) {
    throw new KioskError('bad-arguments', 'an enrolment code has twelve characters: XXXX-XXXX-XXXX')
  }
  const line = await openLine(hubUrl, options)
  try {
    await line.client.api.time()
    const keys = options.store.makeKeyPair()
    const key = enrolmentKey(code)
    const certificateFingerprint = line.seen()?.fingerprint ?? ''
    const { publicKeyX } = keys
    const answer = await line.client.api.enrol({
      codeId: enrolmentCodeId(code),
      publicKeyX,
      certificateFingerprint,
      proof: kioskProof(key, { publicKeyX, certificateFingerprint }),
    })
    const { kioskId, facilityId, hubId, tufRoot, hubProof } = answer
    if (!hubProofHolds(key, { publicKeyX, kioskId, tufRoot }, hubProof)) {
      throw new KioskError('enrolment-code-refused', 'the answer does not come from the hub that made this code')
    }
    const seen = line.seen()
    const pins = seen === null ? [] : [seen]
    const hub = { hubUrl, hubId, kioskId, facilityId, pins, enrolledAtMs: options.nowMs() }
    return options.store.save(keys, hub, tufRoot)
  } catch (error) {
    throw inWords(error, hubUrl)
  } finally {
    await line.client.close()
  }
}

type Line = { client: HubClient; seen: () => SeenCertificate | null }

async function openLine(hubUrl: string, options: EnrolOptions): Promise<Line> {
  const common = { ...options, hubUrl, authorize: async () => null }
  if (hubUrl.startsWith('http:')) {
    return { client: createHubClient({ ...common, fetch: options.fetchImpl }), seen: () => null }
  }
  let seen: SeenCertificate | null = null
  const { createPinnedFetch } = await import('../hub/pinned-fetch.ts')
  const pinned = createPinnedFetch((shown) => {
    // The first one shown is the one that is proved; another one later in the same talk is refused.
    seen ??= shown
    return seen.fingerprint === shown.fingerprint
  }, options.requestTimeoutMs)
  return { client: createHubClient({ ...common, fetch: pinned.fetch, close: pinned.close }), seen: () => seen }
}

function inWords(error: unknown, hubUrl: string): unknown {
  if (error instanceof KioskError) return error
  const failure = judgeFailure(error)
  const detail = { hub: hubUrl }
  if (failure.kind === 'refused') {
    const message = 'the hub refused the code: it is wrong, used, or older than fifteen minutes'
    return new KioskError('enrolment-code-refused', message, detail, { cause: error })
  }
  if (failure.kind === 'busy' && failure.retryAfterMs !== null) {
    const message = 'too many tries; the hub asks to wait'
    return new KioskError('rate-limited', message, { ...detail, retryAfterMs: failure.retryAfterMs }, { cause: error })
  }
  return new KioskError('hub-unreachable', `the hub at ${hubUrl} cannot be reached`, detail, { cause: error })
}
