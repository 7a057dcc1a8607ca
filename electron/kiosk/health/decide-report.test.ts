import { expect, it } from 'vitest'
import { decideReport, type ReportMemory } from './decide-report.ts'

it('lets five of a kind through in ten minutes, and says with the next how many it kept', () => {
  let memory: ReportMemory = new Map()
  const at = (uptimeMs: number) => {
    const decision = decideReport(memory, 'bridge-refused', uptimeMs)
    memory = decision.memory
    return decision.told ? decision.suppressedBefore : 'kept'
  }
  expect([0, 1, 2, 3, 4, 5, 6, 7].map(at)).toEqual([0, 0, 0, 0, 0, 'kept', 'kept', 'kept'])
  expect(decideReport(memory, 'disk-full', 8)).toMatchObject({ told: true })
  expect(at(600_000)).toBe(3)
  expect(at(600_001)).toBe(0)
})
