import { expect, it } from 'vitest'
import { decideScreen, type ScreenSign } from './decide-screen.ts'

const table: [string, ScreenSign, ReturnType<typeof decideScreen>][] = [
  ['nothing heard yet', { openedForMs: 500, patienceMs: 30_000, silentMs: null }, 'opening'],
  ['a sign of the page before', { openedForMs: 500, patienceMs: 30_000, silentMs: 2_000 }, 'opening'],
  ['its first sign', { openedForMs: 500, patienceMs: 30_000, silentMs: 100 }, 'up'],
  ['a stutter', { openedForMs: 90_000, patienceMs: 30_000, silentMs: 9_000 }, 'up'],
  ['painting no longer', { openedForMs: 90_000, patienceMs: 30_000, silentMs: 15_001 }, 'lost'],
  ['never came', { openedForMs: 30_001, patienceMs: 30_000, silentMs: null }, 'lost'],
  ['only the page before ever spoke', { openedForMs: 5_001, patienceMs: 5_000, silentMs: 8_000 }, 'lost'],
]
it.each(table)('%s', (_name, sign, verdict) => {
  expect(decideScreen(sign)).toBe(verdict)
})
