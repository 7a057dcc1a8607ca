export type RateLimit = { perSecond: number; burst: number }

/** A bucket of tokens per name; `take` answers 0, or how many milliseconds to wait. Time is monotonic ms. */
export function createRateLimit(limit: RateLimit, monotonicMs: () => number) {
  const buckets = new Map<string, { tokens: number; atMs: number }>()
  return {
    take(name: string): number {
      const nowMs = monotonicMs()
      if (buckets.size > 10_000) buckets.clear()
      const bucket = buckets.get(name) ?? { tokens: limit.burst, atMs: nowMs }
      bucket.tokens = Math.min(limit.burst, bucket.tokens + ((nowMs - bucket.atMs) / 1000) * limit.perSecond)
      bucket.atMs = nowMs
      buckets.set(name, bucket)
      if (bucket.tokens >= 1) {
        bucket.tokens -= 1
        return 0
      }
      return Math.ceil(((1 - bucket.tokens) / limit.perSecond) * 1000)
    },
  }
}
