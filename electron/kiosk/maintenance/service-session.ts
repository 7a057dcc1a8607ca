import { randomBytes, timingSafeEqual } from 'node:crypto'

/** Longer than this nobody stays, whatever is touched. */
export const serviceMs = 5 * 60_000

export type SessionEnd = 'locked' | 'idle' | 'time' | 'visitor' | 'opened-again' | 'left'

type Options = {
  uptimeMs: () => number
  /** Without a touch for so long it locks. */
  idleMs: number
  onEnd: (why: SessionEnd) => void
}

/** At most one open session, by the uptime; its token is unguessable and lives in memory only, so that no restart finds it open. */
export function createServiceSession({ uptimeMs, idleMs, onEnd }: Options) {
  let last: Buffer | null = null
  let open: { token: Buffer; endsAtMs: number; touchedAtMs: number } | null = null

  function end(why: SessionEnd): void {
    if (open === null) return
    last = open.token
    open = null
    onEnd(why)
  }

  function look(): void {
    if (open === null) return
    if (uptimeMs() >= open.endsAtMs) end('time')
    else if (uptimeMs() - open.touchedAtMs >= idleMs) end('idle')
  }

  const locksInMs = () => (open === null ? 0 : Math.max(0, open.endsAtMs - uptimeMs()))

  return {
    begin(): { token: string; locksInMs: number } {
      end('opened-again')
      const token = randomBytes(32).toString('base64url')
      open = { token: Buffer.from(token), endsAtMs: uptimeMs() + serviceMs, touchedAtMs: uptimeMs() }
      return { token, locksInMs: locksInMs() }
    },
    /** Ends what is over; to be called every second, so that the end is noted when it happens. */
    look,
    /** `over`: it was good until a moment ago, as a screen may not know yet. */
    judge(token: string): 'open' | 'over' | 'strange' {
      look()
      if (same(token, open?.token)) return 'open'
      return same(token, last) ? 'over' : 'strange'
    },
    touch(): void {
      if (open !== null) open.touchedAtMs = uptimeMs()
    },
    locksInMs,
    end,
  }
}

function same(given: string, token: Buffer | null | undefined): boolean {
  const bytes = Buffer.from(given)
  return token?.length === bytes.length && timingSafeEqual(bytes, token)
}
