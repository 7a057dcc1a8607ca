const windowMs = 60_000
const perWindow = 30

/** Thirty lines of a kind in a minute; the first of the next minute says how many were not written. Whatever fails how often, the journal is not flooded. */
export function limitLog<T extends { detail: Record<string, string | number | boolean> }>(
  kind: (entry: T) => string,
  uptimeMs: () => number,
  write: (entry: T) => void,
): (entry: T) => void {
  const kinds = new Map<string, { sinceMs: number; written: number; left: number }>()
  return (entry) => {
    const now = uptimeMs()
    const known = kinds.get(kind(entry))
    if (known !== undefined && now - known.sinceMs < windowMs) {
      if (known.written < perWindow) {
        known.written += 1
        write(entry)
      } else known.left += 1
      return
    }
    kinds.set(kind(entry), { sinceMs: now, written: 1, left: 0 })
    write(known && known.left > 0 ? { ...entry, detail: { ...entry.detail, suppressedBefore: known.left } } : entry)
  }
}
