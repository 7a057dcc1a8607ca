import { expect, it } from 'vitest'
import { createSilence, silenceTickMs } from './silence.ts'

function play(read: (atMs: number) => { waitedMs: number; waitsForDisk: boolean } | null) {
  let nowMs = 0
  const silence = createSilence({ uptimeMs: () => nowMs, pids: () => [7], read: () => read(nowMs) })
  return {
    silence,
    pass(ms: number, stepMs = silenceTickMs) {
      let verdict = silence.tick()
      for (let passed = 0; passed < ms && verdict === 'well'; passed += stepMs) {
        nowMs += stepMs
        verdict = silence.tick()
      }
      return { verdict, atMs: nowMs }
    },
  }
}

it('tells an endless loop from a busy machine by the time the process stood in line', () => {
  expect(play(() => ({ waitedMs: 0, waitsForDisk: false })).pass(20_000)).toEqual({ verdict: 'hangs', atMs: 5_500 })
  expect(play((atMs) => ({ waitedMs: atMs * 0.8, waitsForDisk: false })).pass(20_000).verdict).toBe('well')
  expect(play(() => ({ waitedMs: 0, waitsForDisk: true })).pass(20_000).verdict).toBe('well')
})

it('begins anew with every word', () => {
  const played = play(() => ({ waitedMs: 0, waitsForDisk: false }))
  expect(played.pass(4_500).verdict).toBe('well')
  played.silence.heard()
  expect(played.pass(4_500).verdict).toBe('well')
})

it('does not blame anybody for the time in which the listener itself did not run', () => {
  const played = play(() => ({ waitedMs: 0, waitsForDisk: false }))
  expect(played.pass(240_000, 60_000).verdict).toBe('well')
  expect(played.pass(120_000, 60_000).verdict).toBe('hangs')
})

it('is patient where the system tells nothing', () => {
  expect(play(() => null).pass(60_000)).toEqual({ verdict: 'hangs', atMs: 15_500 })
})
