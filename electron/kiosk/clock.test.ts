import { expect, it } from 'vitest'
import { systemClock } from './clock.ts'

it('says the same boot every time, an uptime that only grows, and the time of the machine', () => {
  const [one, two] = [systemClock(), systemClock()]
  if (process.platform === 'linux') expect(one.bootId).toBe(two.bootId)
  const before = one.uptimeMs()
  expect(before).toBeGreaterThanOrEqual(0)
  expect(one.uptimeMs()).toBeGreaterThanOrEqual(before)
  expect(Math.abs(one.wallMs() - Date.now())).toBeLessThan(60_000)
})
