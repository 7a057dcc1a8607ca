import type { HubContext } from '../context.ts'
import type { KioskRepository } from './kiosk-repository.ts'

const logEveryMs = 60_000

/** Logs and counts what was refused; a flood of the same refusal is one line a minute with its number. */
export function createRefusals(context: Pick<HubContext, 'log' | 'clock'>, kiosks: KioskRepository) {
  const last = new Map<string, { atMs: number; since: number }>()
  return {
    async note(why: string, kioskId: string | null, remoteAddress: string): Promise<void> {
      const name = kioskId ?? 'unknown'
      if (kioskId !== null) await kiosks.countRefusal(kioskId)
      if (last.size > 5_000) last.clear()
      const key = `${name}|${why}|${remoteAddress}`
      const before = last.get(key)
      const nowMs = context.clock.nowMs()
      if (before && nowMs - before.atMs < logEveryMs) {
        before.since += 1
        return
      }
      last.set(key, { atMs: nowMs, since: 0 })
      context.log.warn({ kiosk: name, why, remoteAddress, alsoSince: before?.since ?? 0 }, 'kiosk request refused')
    },
  }
}
