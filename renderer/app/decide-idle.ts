export type IdleState = { kind: 'active' } | { kind: 'warning'; secondsLeft: number } | { kind: 'over' }

/** Longer when an aid is on (ACCESSIBILITY 24). */
const aidFactor = 2

/** What to do when nobody has touched for so long. Pure; times in ms. */
export function decideIdle(input: { idleMs: number; warnAfterMs: number; warningMs: number; aid: boolean }): IdleState {
  const warnAfterMs = input.warnAfterMs * (input.aid ? aidFactor : 1)
  const warningMs = input.warningMs * (input.aid ? aidFactor : 1)
  if (input.idleMs < warnAfterMs) return { kind: 'active' }
  const leftMs = warnAfterMs + warningMs - input.idleMs
  return leftMs > 0 ? { kind: 'warning', secondsLeft: Math.ceil(leftMs / 1_000) } : { kind: 'over' }
}
