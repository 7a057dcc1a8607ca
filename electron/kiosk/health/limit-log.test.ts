import { expect, it } from 'vitest'
import { limitLog } from './limit-log.ts'

it('writes a flood as thirty lines a minute and says how many it was, and nothing of one kind keeps back another', () => {
  let nowMs = 0
  const written: { code: string; detail: Record<string, string | number | boolean> }[] = []
  const log = limitLog<{ code: string; detail: Record<string, string | number | boolean> }>(
    ({ code }) => code,
    () => nowMs,
    (entry) => written.push(entry),
  )
  for (let time = 0; time < 10_000; time += 1) log({ code: 'internal', detail: { time } })
  log({ code: 'disk-full', detail: {} })
  expect(written).toHaveLength(31)
  nowMs = 60_000
  log({ code: 'internal', detail: { time: 'later' } })
  expect(written.at(-1)).toEqual({ code: 'internal', detail: { time: 'later', suppressedBefore: 9_970 } })
})
