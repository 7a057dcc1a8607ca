/** Wrong PINs in a row, and where in which boot the last of them was. Kept on the disk. */
export type PinTries = { failures: number; bootId: string; uptimeMs: number }
export const noTries: PinTries = { failures: 0, bootId: '', uptimeMs: 0 }

export type PinVerdict = { verdict: 'look' | 'wait' | 'locked-out'; waitMs: number }

/** So many wrong ones in a row lock the door for a while; each further one for twice as long. */
export const lockOutFrom = 8
const firstWaitMs = 2_000
const firstLockOutMs = 15 * 60_000
const longestMs = 12 * 3_600_000

/** 2, 4, 8 … 128 s, then a quarter of an hour, half an hour … 12 hours: about twenty tries on the first day, two on each later one. */
export function waitAfter(failures: number): number {
  if (failures === 0) return 0
  if (failures < lockOutFrom) return firstWaitMs * 2 ** (failures - 1)
  return Math.min(longestMs, firstLockOutMs * 2 ** Math.min(failures - lockOutFrom, 20))
}

/**
 * Whether a PIN is looked at now. Time is uptime only, so that no clock set forward shortens a wait and none set back lengthens it. Of an earlier
 * boot it is known that the whole of this boot has passed since; the time between the two is not, and does not count.
 */
export function decidePinAttempt(tries: PinTries, now: { bootId: string; uptimeMs: number }): PinVerdict {
  const sameBoot = tries.bootId === now.bootId && now.uptimeMs >= tries.uptimeMs
  const passedMs = sameBoot ? now.uptimeMs - tries.uptimeMs : now.uptimeMs
  const waitMs = Math.max(0, waitAfter(tries.failures) - passedMs)
  if (waitMs === 0) return { verdict: 'look', waitMs }
  return { verdict: tries.failures < lockOutFrom ? 'wait' : 'locked-out', waitMs }
}
