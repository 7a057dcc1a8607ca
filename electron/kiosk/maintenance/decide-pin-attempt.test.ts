import { describe, expect, it } from 'vitest'
import { decidePinAttempt, noTries, type PinTries } from './decide-pin-attempt.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const tries = (failures: number): PinTries => ({ failures, bootId: 'a', uptimeMs: 50_000 })

describe('whether a PIN is looked at', () => {
  const table: [string, PinTries, { bootId: string; uptimeMs: number }, ReturnType<typeof decidePinAttempt>][] = [
    ['the first of all', noTries, { bootId: 'a', uptimeMs: 10 }, { verdict: 'look', waitMs: 0 }],
    ['at once after a wrong one', tries(1), { bootId: 'a', uptimeMs: 50_000 }, { verdict: 'wait', waitMs: 2_000 }],
    ['two seconds after it', tries(1), { bootId: 'a', uptimeMs: 52_000 }, { verdict: 'look', waitMs: 0 }],
    ['after the third', tries(3), { bootId: 'a', uptimeMs: 51_000 }, { verdict: 'wait', waitMs: 7_000 }],
    ['after the seventh', tries(7), { bootId: 'a', uptimeMs: 50_000 }, { verdict: 'wait', waitMs: 128_000 }],
    [
      'after the eighth the door is locked',
      tries(8),
      { bootId: 'a', uptimeMs: 50_000 },
      { verdict: 'locked-out', waitMs: 15 * minuteMs },
    ],
    ['a quarter of an hour later', tries(8), { bootId: 'a', uptimeMs: 50_000 + 15 * minuteMs }, look()],
    [
      'the ninth locks for twice as long',
      tries(9),
      { bootId: 'a', uptimeMs: 50_000 },
      { verdict: 'locked-out', waitMs: 30 * minuteMs },
    ],
    [
      'never longer than half a day',
      tries(5_000),
      { bootId: 'a', uptimeMs: 50_000 },
      { verdict: 'locked-out', waitMs: 12 * hourMs },
    ],
    [
      'pulling the plug does not shorten it',
      tries(8),
      { bootId: 'b', uptimeMs: 30_000 },
      { verdict: 'locked-out', waitMs: 15 * minuteMs - 30_000 },
    ],
    ['nor is it for ever', tries(8), { bootId: 'b', uptimeMs: 15 * minuteMs }, look()],
    [
      'an uptime that went back is another boot',
      tries(8),
      { bootId: 'a', uptimeMs: 20_000 },
      { verdict: 'locked-out', waitMs: 15 * minuteMs - 20_000 },
    ],
  ]
  it.each(table)('%s', (_name, state, now, expected) => {
    expect(decidePinAttempt(state, now)).toEqual(expected)
  })

  it('lets through so few in a year that six digits hold', () => {
    let state = noTries
    let uptimeMs = 0
    let looked = 0
    while (uptimeMs < 365 * 24 * hourMs) {
      const { verdict, waitMs } = decidePinAttempt(state, { bootId: 'a', uptimeMs })
      if (verdict === 'look') {
        looked += 1
        state = { failures: state.failures + 1, bootId: 'a', uptimeMs }
      } else uptimeMs += waitMs
    }
    expect(looked).toBeLessThan(1_000)
  })
})

function look() {
  return { verdict: 'look' as const, waitMs: 0 }
}
