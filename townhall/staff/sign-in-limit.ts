import type { HubClock } from '../context.ts'
import type { StaffRepository } from './staff-repository.ts'

/** After so many failures in a row each further one doubles the wait: 5 tries, then 30 s, 1 min, 2 min … 1 h. */
export function decideLock(failures: number): number {
  if (failures < 5) return 0
  return Math.min(3_600_000, 30_000 * 2 ** (failures - 5))
}

/** Addresses are shared by a whole office behind one router, so they get more tries than an account. */
const addressTries = 4

export function createSignInLimit(repository: StaffRepository, clock: HubClock) {
  const subjects = (email: string, address: string) => [`account:${email.trim().toLowerCase()}`, `address:${address}`]

  return {
    /** Milliseconds to wait before the next try; 0: go on. */
    async waitMs(email: string, address: string): Promise<number> {
      const rows = await Promise.all(subjects(email, address).map((subject) => repository.attempts(subject)))
      return Math.max(0, ...rows.map((row) => (row?.locked_until_ms ?? 0) - clock.nowMs()))
    },
    async failed(email: string, address: string): Promise<void> {
      for (const subject of subjects(email, address)) {
        const failures = ((await repository.attempts(subject))?.failures ?? 0) + 1
        const counted = subject.startsWith('address:') ? Math.floor(failures / addressTries) : failures
        await repository.keepAttempts({ subject, failures, locked_until_ms: clock.nowMs() + decideLock(counted) })
      }
    },
    async succeeded(email: string, address: string): Promise<void> {
      for (const subject of subjects(email, address)) await repository.clearAttempts(subject)
    },
  }
}
