/**
 * Full jitter: anywhere between nothing and min(max, first × 2^failures), so that six kiosks do not come back at once.
 * A wait that the hub asked for is kept, and spread behind it.
 */
export function decideRetryMs(
  failures: number,
  random: number,
  limits: { firstMs: number; maxMs: number },
  askedMs: number | null = null,
): number {
  const spanMs = Math.min(limits.maxMs, limits.firstMs * 2 ** Math.min(Math.max(failures - 1, 0), 30))
  const spreadMs = Math.floor(random * spanMs)
  return askedMs === null ? spreadMs : Math.min(askedMs, 3_600_000) + spreadMs
}

/** `Retry-After` in seconds or as a date; null when it is neither. */
export function readRetryAfter(header: string | null, nowMs: number): number | null {
  if (header === null) return null
  if (/^\d{1,7}$/.test(header.trim())) return Number(header) * 1000
  // RFC 9110, 5.6.7: a date begins with the day of the week; Date.parse alone takes much more.
  const dateMs = /^[A-Z][a-z]{2,8}[ ,]/.test(header) ? Date.parse(header) : Number.NaN
  return Number.isNaN(dateMs) ? null : Math.max(0, dateMs - nowMs)
}
