export type Silence = {
  /** Since it last spoke, in time during which we ourselves were listening. */
  silentMs: number
  /** Of that: it wanted to run and got no processor, or waited for a disk. Null: nobody can say. */
  excusedMs: number | null
}

const limitMs = 5_000
/** Where the system does not tell a busy machine from an endless loop. */
const blindLimitMs = 15_000
/** No excuse holds so long: a visitor stands before a dead screen all the same. */
const lastLimitMs = 30_000

export function decideHang({ silentMs, excusedMs }: Silence): 'well' | 'hangs' {
  if (silentMs > lastLimitMs) return 'hangs'
  const limit = excusedMs === null ? blindLimitMs : limitMs
  return silentMs - (excusedMs ?? 0) > limit ? 'hangs' : 'well'
}
