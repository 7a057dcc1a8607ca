export type MemoryUse = {
  kioskMb: number
  browserMb: number
  /** What the machine could still give, and what it has; null: the system does not say. */
  availableMb: number | null
  totalMb: number | null
}

export type MemoryVerdict = {
  part: 'kiosk-process' | 'screen'
  when: 'between-visitors' | 'now'
  usedMb: number
} | null

const kioskLimitMb = 600
/** A browser at rest needs 400 MB or so; a map or a film three times that. */
const browserLimitMb = 1_800
/** Less than that, and the system itself ends processes, and not those that we would choose. */
const lastMb = 100
const lastShare = 0.03

/** Whether something has grown too far. It waits for the visitor to go, except where the machine has nothing left. */
export function decideMemory({ kioskMb, browserMb, availableMb, totalMb }: MemoryUse): MemoryVerdict {
  if (availableMb !== null && availableMb < Math.max(lastMb, (totalMb ?? 0) * lastShare)) {
    return kioskMb > browserMb
      ? { part: 'kiosk-process', when: 'now', usedMb: kioskMb }
      : { part: 'screen', when: 'now', usedMb: browserMb }
  }
  if (kioskMb > kioskLimitMb) return { part: 'kiosk-process', when: 'between-visitors', usedMb: kioskMb }
  if (browserMb > browserLimitMb) return { part: 'screen', when: 'between-visitors', usedMb: browserMb }
  return null
}
