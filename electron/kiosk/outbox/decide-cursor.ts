/** One stretch of sequences that was sent, and what the hub said of it. */
export type BatchAnswer = {
  firstSequence: number
  lastSequence: number
  /** The lowest sequence the kiosk still has, before anything is deleted for this answer. */
  firstStored: number
  acknowledgedThrough: number
  /** The highest sequence ever sent under this name. */
  everSent: number
}
export type CursorDecision = {
  /** Rows up to here are deleted. */
  removeThrough: number
  /** The next batch begins above. */
  cursor: number
  /** `gap`: the hub lacks what the kiosk no longer has. `ahead`: it holds what this kiosk never made. `stuck`: no step forward. */
  trouble: 'none' | 'gap' | 'ahead' | 'stuck'
}

/**
 * Goes on where the hub's answer says. What it lacks and the kiosk still has is sent again; what it lacks and the kiosk no longer has
 * cannot be, so the kiosk says so and goes on behind it, once, instead of sending the same rows for ever.
 */
export function decideCursor(answer: BatchAnswer): CursorDecision {
  const { firstSequence, lastSequence, firstStored, acknowledgedThrough, everSent } = answer
  if (acknowledgedThrough > everSent) return { removeThrough: everSent, cursor: everSent, trouble: 'ahead' }
  if (acknowledgedThrough + 1 < firstStored) {
    return { removeThrough: 0, cursor: lastSequence, trouble: 'gap' }
  }
  const advanced = acknowledgedThrough >= firstSequence
  return { removeThrough: acknowledgedThrough, cursor: acknowledgedThrough, trouble: advanced ? 'none' : 'stuck' }
}
