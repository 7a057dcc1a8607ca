/** What is known of true time (the hub's). `anchor` holds within its boot only; `last` outlives boots. All in ms. */
export type TimeState = {
  anchor: { bootId: string; uptimeMs: number; trueMs: number; uncertaintyMs: number } | null
  /** Where this boot began to count while the hub was not heard. */
  base: { bootId: string; uptimeMs: number; trueMs: number; plausible: boolean } | null
  /** The latest moment at which true time was known, and what the machine's own clock said then. */
  last: { trueMs: number; wallMs: number } | null
}
export const unknownTime: TimeState = { anchor: null, base: null, last: null }

export type Reading = { bootId: string; uptimeMs: number; wallMs: number }
export type Stamp = { atMs: number; clock: 'synced' | 'unverified' }

/** Largest time a UUIDv7 can carry (48 bits). */
const largestMs = 2 ** 48 - 1
const dayMs = 86_400_000
/** A machine's clock runs off by so much while it is switched off, and no guess is thrown away for it. */
const slackMs = 60_000
const clamp = (ms: number) => Math.min(largestMs, Math.max(0, Math.round(ms)))

/**
 * With an anchor of this boot, time is the anchor plus what has passed since: a jump of the machine's clock changes nothing.
 * Without one it is a guess, begun once per boot and counted on by uptime, so that a jump in mid-boot changes nothing either;
 * a guess that was not plausible is made again until it is.
 */
export function decideStamp(state: TimeState, reading: Reading): { stamp: Stamp; base: TimeState['base'] } {
  const { anchor, base } = state
  if (anchor !== null && anchor.bootId === reading.bootId) {
    return { stamp: { atMs: clamp(anchor.trueMs + reading.uptimeMs - anchor.uptimeMs), clock: 'synced' }, base }
  }
  if (base !== null && base.bootId === reading.bootId && base.plausible) {
    return { stamp: { atMs: clamp(base.trueMs + reading.uptimeMs - base.uptimeMs), clock: 'unverified' }, base }
  }
  const guess = guessTrue(state.last, reading)
  return {
    stamp: { atMs: clamp(guess.trueMs), clock: 'unverified' },
    base: { bootId: reading.bootId, uptimeMs: reading.uptimeMs, ...guess },
  }
}

/**
 * After a restart of the machine: its clock with the last known offset, or its clock as it is (someone may have set it right), but never before
 * the last moment known plus the age of this boot. Where both are possible and far apart, the earlier: it claims less.
 */
function guessTrue(last: TimeState['last'], reading: Reading): { trueMs: number; plausible: boolean } {
  if (last === null) return { trueMs: reading.wallMs, plausible: false }
  const floorMs = last.trueMs + reading.uptimeMs
  const shiftedMs = reading.wallMs + last.trueMs - last.wallMs
  const possible = (ms: number) => ms >= floorMs - slackMs
  const guess = (ms: number) => ({ trueMs: Math.max(ms, last.trueMs), plausible: true })
  if (possible(shiftedMs) && shiftedMs - reading.wallMs <= dayMs) return guess(shiftedMs)
  if (possible(reading.wallMs)) return guess(reading.wallMs)
  if (possible(shiftedMs)) return guess(shiftedMs)
  return { trueMs: floorMs, plausible: false }
}

/** The hub's answer: its time, and how long the question took. */
export type TimeSample = Reading & { hubTimeMs: number; roundTripMs: number }
export type AnchorDecision = {
  state: TimeState
  outcome: 'first' | 'moved' | 'refined' | 'kept'
  /** New true time minus what would have been said before. */
  shiftMs: number
}

/** A crystal runs off by less than this, so an old anchor's uncertainty grows by it. */
const driftPerMs = 100e-6
const tolerableMs = 2_000
/** A better answer than this much is worth a write. */
const worthwhileMs = 20

/** Half of the round trip is added to the hub's time, and the other half is the uncertainty. */
export function decideAnchor(state: TimeState, sample: TimeSample): AnchorDecision {
  const trueMs = sample.hubTimeMs + Math.round(sample.roundTripMs / 2)
  const uncertaintyMs = Math.ceil(sample.roundTripMs / 2)
  const expectedMs = decideStamp(state, sample).stamp.atMs
  const shiftMs = trueMs - expectedMs
  const { bootId, uptimeMs, wallMs } = sample
  const anchored: TimeState = {
    anchor: { bootId, uptimeMs, trueMs, uncertaintyMs },
    base: null,
    last: { trueMs, wallMs },
  }
  const { anchor } = state
  if (anchor === null || anchor.bootId !== bootId) return { state: anchored, outcome: 'first', shiftMs }
  const ageMs = Math.max(0, uptimeMs - anchor.uptimeMs)
  const knownWithinMs = anchor.uncertaintyMs + Math.ceil(ageMs * driftPerMs)
  if (Math.abs(shiftMs) > knownWithinMs + uncertaintyMs + tolerableMs) {
    return { state: anchored, outcome: 'moved', shiftMs }
  }
  if (uncertaintyMs + worthwhileMs < knownWithinMs) return { state: anchored, outcome: 'refined', shiftMs }
  return { state, outcome: 'kept', shiftMs }
}

/** The true time of something stamped earlier in the same boot, now that the boot has an anchor. */
export function correctedMs(anchor: { uptimeMs: number; trueMs: number }, uptimeMs: number): number {
  return clamp(anchor.trueMs + uptimeMs - anchor.uptimeMs)
}

/** How far the machine's clock has moved against the uptime since the last look; 0 when it only ran. */
export function decideJump(before: Reading, now: Reading): number {
  if (before.bootId !== now.bootId) return 0
  const movedMs = now.wallMs - before.wallMs - (now.uptimeMs - before.uptimeMs)
  return Math.abs(movedMs) > tolerableMs ? movedMs : 0
}
