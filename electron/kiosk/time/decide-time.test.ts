import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  correctedMs,
  decideAnchor,
  decideJump,
  decideStamp,
  type Reading,
  type TimeState,
  unknownTime,
} from './decide-time.ts'

const dayMs = 86_400_000
const yearMs = 365 * dayMs
const nowMs = Date.UTC(2026, 10, 24, 3)
const reading = (over: Partial<Reading> = {}): Reading => ({ bootId: 'b2', uptimeMs: 60_000, wallMs: nowMs, ...over })

describe('decideStamp', () => {
  const anchored: TimeState = {
    anchor: { bootId: 'b2', uptimeMs: 10_000, trueMs: nowMs, uncertaintyMs: 5 },
    base: null,
    last: { trueMs: nowMs, wallMs: nowMs },
  }
  it('with an anchor of this boot says the anchor plus the time since, whatever the wall clock says', () => {
    for (const wallMs of [0, nowMs, nowMs + 10 * yearMs]) {
      expect(decideStamp(anchored, reading({ uptimeMs: 70_000, wallMs })).stamp).toEqual({
        atMs: nowMs + 60_000,
        clock: 'synced',
      })
    }
  })

  // Known last: the kiosk's clock was right (offset 0), or three years ahead, or three years behind; then the machine was started again.
  const knownAt = nowMs - dayMs
  const table: [string, { lastWallMs: number; wallMs: number }, number][] = [
    ['a right clock stays right', { lastWallMs: knownAt, wallMs: nowMs }, nowMs],
    ['a small offset goes on', { lastWallMs: knownAt - 90_000, wallMs: nowMs - 90_000 }, nowMs],
    ['three years ahead and still so', { lastWallMs: knownAt + 3 * yearMs, wallMs: nowMs + 3 * yearMs }, nowMs],
    ['three years ahead, set right meanwhile', { lastWallMs: knownAt + 3 * yearMs, wallMs: nowMs }, nowMs],
    ['three years behind and still so', { lastWallMs: knownAt - 3 * yearMs, wallMs: nowMs - 3 * yearMs }, nowMs],
    ['three years behind, set right meanwhile', { lastWallMs: knownAt - 3 * yearMs, wallMs: nowMs }, nowMs],
    ['the battery is empty: not before what is known', { lastWallMs: knownAt, wallMs: 0 }, knownAt + 60_000],
  ]
  it.each(table)('after a restart of the machine: %s', (_, { lastWallMs, wallMs }, expected) => {
    const state: TimeState = { ...unknownTime, last: { trueMs: knownAt, wallMs: lastWallMs } }
    const { stamp } = decideStamp(state, reading({ wallMs }))
    expect(stamp).toEqual({ atMs: expected, clock: 'unverified' })
  })

  it('counts on from the first plausible guess of a boot, so that a jump changes nothing', () => {
    const state: TimeState = { ...unknownTime, last: { trueMs: knownAt, wallMs: knownAt } }
    const { base } = decideStamp(state, reading())
    const later = decideStamp({ ...state, base }, reading({ uptimeMs: 90_000, wallMs: nowMs + yearMs }))
    expect(later.stamp.atMs).toBe(nowMs + 30_000)
  })

  it('makes an implausible guess again until it is plausible', () => {
    const state: TimeState = { ...unknownTime, last: { trueMs: knownAt, wallMs: knownAt } }
    const { base } = decideStamp(state, reading({ wallMs: 0 }))
    const later = decideStamp({ ...state, base }, reading({ uptimeMs: 90_000, wallMs: nowMs }))
    expect(later.stamp.atMs).toBe(nowMs)
  })

  it('never says a time before what was known, nor one that a UUIDv7 cannot carry', () => {
    const anyMs = fc.integer({ min: -8.64e15, max: 8.64e15 })
    const upMs = fc.integer({ min: 0, max: 10 * yearMs })
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: nowMs * 2 }),
        anyMs,
        anyMs,
        upMs,
        upMs,
        (trueMs, lastWallMs, wallMs, firstUpMs, passedMs) => {
          const state: TimeState = { ...unknownTime, last: { trueMs, wallMs: lastWallMs } }
          const first = decideStamp(state, reading({ uptimeMs: firstUpMs, wallMs }))
          const second = decideStamp(
            { ...state, base: first.base },
            reading({ uptimeMs: firstUpMs + passedMs, wallMs: lastWallMs }),
          )
          for (const { stamp } of [first, second]) {
            expect(stamp.atMs).toBeGreaterThanOrEqual(Math.min(trueMs, 2 ** 48 - 1))
            expect(stamp.atMs).toBeLessThan(2 ** 48)
            expect(stamp.clock).toBe('unverified')
          }
        },
      ),
    )
  })
})

describe('decideAnchor', () => {
  it('adds half of the round trip to the hub’s time', () => {
    const { state, outcome } = decideAnchor(unknownTime, { ...reading(), hubTimeMs: nowMs, roundTripMs: 200 })
    expect(outcome).toBe('first')
    expect(state.anchor).toEqual({ bootId: 'b2', uptimeMs: 60_000, trueMs: nowMs + 100, uncertaintyMs: 100 })
  })

  const known = decideAnchor(unknownTime, { ...reading(), hubTimeMs: nowMs, roundTripMs: 200 }).state
  const table: [string, { hubTimeMs: number; roundTripMs: number; uptimeMs: number }, string][] = [
    ['a like answer changes nothing', { hubTimeMs: nowMs + 1_000, roundTripMs: 200, uptimeMs: 61_000 }, 'kept'],
    ['a slower answer changes nothing', { hubTimeMs: nowMs + 1_000, roundTripMs: 2_000, uptimeMs: 61_000 }, 'kept'],
    ['a quicker answer is better', { hubTimeMs: nowMs + 1_000, roundTripMs: 4, uptimeMs: 61_000 }, 'refined'],
    [
      'after days the old one has drifted',
      { hubTimeMs: nowMs + 3 * dayMs, roundTripMs: 200, uptimeMs: 60_000 + 3 * dayMs },
      'refined',
    ],
    ['the hub’s clock was set', { hubTimeMs: nowMs + 600_000, roundTripMs: 200, uptimeMs: 61_000 }, 'moved'],
  ]
  it.each(table)('%s', (_, answer, outcome) => {
    const { uptimeMs, ...told } = answer
    expect(decideAnchor(known, { ...reading({ uptimeMs }), ...told }).outcome).toBe(outcome)
  })

  it('sets right what was stamped before, to within the round trip, whatever the wall clock did', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: dayMs }),
        fc.integer({ min: 0, max: dayMs }),
        fc.integer({ min: 0, max: 20_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 0, max: 2 * nowMs }),
        (stampedUpMs, laterMs, roundTripMs, share, wallMs) => {
          const bootTrueMs = nowMs - 2 * dayMs
          const heardUpMs = stampedUpMs + laterMs
          // The hub looked at its clock somewhere between question and answer.
          const hubTimeMs = Math.round(bootTrueMs + heardUpMs - roundTripMs * share)
          const { anchor } = decideAnchor(unknownTime, {
            bootId: 'b2',
            uptimeMs: heardUpMs,
            wallMs,
            hubTimeMs,
            roundTripMs,
          }).state
          const corrected = correctedMs(anchor ?? { uptimeMs: 0, trueMs: 0 }, stampedUpMs)
          expect(Math.abs(corrected - (bootTrueMs + stampedUpMs))).toBeLessThanOrEqual(roundTripMs / 2 + 1)
        },
      ),
    )
  })
})

describe('decideJump', () => {
  it.each<[string, Partial<Reading>, Partial<Reading>, number]>([
    ['only ran', { uptimeMs: 0, wallMs: 0 }, { uptimeMs: 10_000, wallMs: 10_000 }, 0],
    ['drifted a little', { uptimeMs: 0, wallMs: 0 }, { uptimeMs: 10_000, wallMs: 11_500 }, 0],
    ['was set forward', { uptimeMs: 0, wallMs: 0 }, { uptimeMs: 10_000, wallMs: 3_610_000 }, 3_600_000],
    ['was set back', { uptimeMs: 0, wallMs: nowMs }, { uptimeMs: 10_000, wallMs: nowMs - yearMs }, -yearMs - 10_000],
    ['another boot', { bootId: 'b1', uptimeMs: 0, wallMs: 0 }, { uptimeMs: 10_000, wallMs: nowMs }, 0],
  ])('%s', (_, before, now, jumpMs) => {
    expect(decideJump(reading(before), reading(now))).toBe(jumpMs)
  })
})
