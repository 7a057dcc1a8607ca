import type { HubClock } from '../context.ts'
import type { StaffRepository } from './staff-repository.ts'

/** After so many failures in a row each further one doubles the wait: 5 tries, then 30 s, 1 min, 2 min … 1 h. */
export function decideLock(failures: number): number {
  if (failures < 5) return 0
  return Math.min(3_600_000, 30_000 * 2 ** Math.min(failures - 5, 20))
}

/** A whole office sits behind one address, so it gets more tries than an account. */
const addressTries = 4
const lockOfAddress = (failures: number) => decideLock(Math.floor(failures / addressTries))
/** Mistakes of another day are forgotten. */
export const attemptsForgottenAfterMs = 24 * 3_600_000

export type SignInLimit = ReturnType<typeof createSignInLimit>

/** Counts tries in the database, before they are judged: twenty at once, or on two processes, do not slip through. */
export function createSignInLimit(repository: StaffRepository, clock: HubClock) {
  /** `account` null: only the address is known (the second step counts by account in better-auth). */
  const subjectsOf = (account: string | null, address: string) => [
    ...(account === null ? [] : [{ subject: `account:${account}`, lock: decideLock }]),
    { subject: `address:${address}`, lock: lockOfAddress },
  ]

  return {
    /** Takes one try. @returns milliseconds to wait before there is one; 0: go on */
    async take(account: string | null, address: string): Promise<number> {
      const nowMs = clock.nowMs()
      const subjects = subjectsOf(account, address)
      const rows = await Promise.all(subjects.map(({ subject }) => repository.attempts(subject)))
      const waitMs = Math.max(0, ...rows.map((row) => (row?.locked_until_ms ?? 0) - nowMs))
      if (waitMs > 0) return waitMs
      for (const { subject, lock } of subjects) {
        const lateMs = await repository.takeAttempt(subject, nowMs, lock, nowMs - attemptsForgottenAfterMs)
        if (lateMs > 0) return lateMs
      }
      return 0
    },
    /** The try was right: the account's count ends; the address gets this one try back, so that one good account buys no more guesses. */
    async succeeded(account: string | null, address: string): Promise<void> {
      if (account !== null) await repository.clearAttempts(`account:${account}`)
      await repository.giveBackAttempt(`address:${address}`)
    },
  }
}
