import type { HubClock } from '../context.ts'
import type { KioskRepository } from './kiosk-repository.ts'

/** Remembers which tokens were used, for as long as they would be valid. */
export type TokenMemory = {
  remember(token: {
    jti: string
    issuedAtMs: number
    expiresAtMs: number
  }): Promise<'new' | 'replayed' | 'before-start'>
}

/**
 * For a hub that is one process. What it knew is gone with a restart, so tokens made before its start are refused:
 * the kiosk makes a new one and asks again.
 */
export function tokensInMemory(clock: HubClock): TokenMemory {
  const seen = new Map<string, number>()
  const startedSeconds = Math.floor(clock.nowMs() / 1000)
  let nextCleaningMs = 0
  return {
    async remember({ jti, issuedAtMs, expiresAtMs }) {
      if (issuedAtMs / 1000 < startedSeconds) return 'before-start'
      const nowMs = clock.nowMs()
      if (nowMs > nextCleaningMs) {
        for (const [old, until] of seen) if (until < nowMs) seen.delete(old)
        nextCleaningMs = nowMs + 30_000
      }
      if (seen.has(jti)) return 'replayed'
      seen.set(jti, expiresAtMs)
      return 'new'
    },
  }
}

/** For several hub processes on one PostgreSQL: a token used at one is used at all. */
export function tokensInDatabase(repository: KioskRepository, clock: HubClock): TokenMemory {
  let nextCleaningMs = 0
  return {
    async remember({ jti, expiresAtMs }) {
      const nowMs = clock.nowMs()
      if (nowMs > nextCleaningMs) {
        nextCleaningMs = nowMs + 60_000
        await repository.forgetTokens(nowMs)
      }
      return (await repository.rememberToken(jti, expiresAtMs)) ? 'new' : 'replayed'
    },
  }
}
