import { expect, it } from 'vitest'
import { createAttemptReports } from './attempt-reports.ts'

it('tells the first of a kind at once, and a flood once a minute with its number', () => {
  let nowMs = 0
  const told: unknown[] = []
  const attempt = createAttemptReports(
    () => nowMs,
    (detail) => told.push(detail),
  )
  for (let time = 0; time < 500; time += 1) attempt('second-window', { address: 'about:' })
  attempt('download', { address: 'blob:' })
  expect(told).toEqual([
    { attempt: 'second-window', address: 'about:', times: 1 },
    { attempt: 'download', address: 'blob:', times: 1 },
  ])
  nowMs = 60_000
  attempt('second-window', { address: 'about:' })
  expect(told.at(-1)).toEqual({ attempt: 'second-window', address: 'about:', times: 500 })
})
