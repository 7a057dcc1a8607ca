import { describe, expect, it } from 'vitest'
import { decideIdle } from './decide-idle.ts'

const config = { warnAfterMs: 60_000, warningMs: 30_000 }

describe('a visitor who has gone quiet', () => {
  it.each([
    { idleMs: 0, aid: false, expected: { kind: 'active' } },
    { idleMs: 59_999, aid: false, expected: { kind: 'active' } },
    { idleMs: 60_000, aid: false, expected: { kind: 'warning', secondsLeft: 30 } },
    { idleMs: 60_001, aid: false, expected: { kind: 'warning', secondsLeft: 30 } },
    { idleMs: 89_001, aid: false, expected: { kind: 'warning', secondsLeft: 1 } },
    { idleMs: 90_000, aid: false, expected: { kind: 'over' } },
    { idleMs: 90_000, aid: true, expected: { kind: 'active' } },
    { idleMs: 120_000, aid: true, expected: { kind: 'warning', secondsLeft: 60 } },
    { idleMs: 180_000, aid: true, expected: { kind: 'over' } },
    // The machine slept: nobody is warned about a visit of yesterday.
    { idleMs: 86_400_000, aid: true, expected: { kind: 'over' } },
  ])('after $idleMs ms, aid $aid', ({ idleMs, aid, expected }) => {
    expect(decideIdle({ idleMs, aid, ...config })).toEqual(expected)
  })
})
