import { describe, expect, it } from 'vitest'
import { decideSignMs, decideWell } from './decide-well.ts'

describe('whether the host can go on by itself', () => {
  it.each([
    { what: 'the screen is there', lostForMs: 0, well: true },
    { what: 'a browser is being started again', lostForMs: 60_000, well: true },
    { what: 'two openings in a row took all their time', lostForMs: 120_000, well: true },
    { what: 'no screen for three minutes', lostForMs: 180_000, well: false },
    { what: 'no screen for an hour', lostForMs: 3_600_000, well: false },
  ])('$what: $well', ({ lostForMs, well }) => {
    expect(decideWell(lostForMs)).toBe(well)
  })
})

describe('how often the service manager hears from us', () => {
  it.each([
    { watchdogUsec: '30000000', everyMs: 10_000 },
    { watchdogUsec: undefined, everyMs: null },
    { watchdogUsec: '', everyMs: null },
    { watchdogUsec: '0', everyMs: null },
    { watchdogUsec: 'soon', everyMs: null },
  ])('WATCHDOG_USEC=$watchdogUsec: $everyMs ms', ({ watchdogUsec, everyMs }) => {
    expect(decideSignMs(watchdogUsec)).toBe(everyMs)
  })
})
