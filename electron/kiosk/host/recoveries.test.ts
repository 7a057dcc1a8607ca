import { expect, it } from 'vitest'
import { createRecoveries } from './recoveries.ts'

it('measures from the first loss to the return, each part by itself, and once', () => {
  let nowMs = 1_000
  const told: unknown[] = []
  const recoveries = createRecoveries({ uptimeMs: () => nowMs, report: (...entry) => told.push(entry) })
  recoveries.back('screen')
  recoveries.lost('screen', 'crashed')
  nowMs = 1_400
  recoveries.lost('screen', 'did not come up')
  recoveries.lost('gpu', 'killed')
  nowMs = 2_200
  recoveries.back('screen')
  recoveries.back('screen')
  expect(told).toEqual([['recovered', 'warning', { part: 'screen', ms: 1_200, reason: 'crashed' }]])
  recoveries.back('gpu')
  expect(told).toHaveLength(2)
})
