/** A file as it was found; `sinceMs`: by the clock that is never set, when it was first found so long and of that time. */
export type Found = { name: string; mark: string; writtenMs: number; sinceMs: number }

/** What nobody has touched for so long is whole: a share that copies slowly still touches it every second. */
export const settledMs = 5_000

/**
 * Which dropped files are to be read now, in their order, and which are done without: of whole lists only the newest says anything.
 * @param seen marks by name of what was read before
 */
export function decideDrops(
  found: readonly Found[],
  seen: Readonly<Record<string, string>>,
  nowMs: number,
  part: boolean,
): { read: Found[]; over: Found[] } {
  const fresh = found
    .filter(({ name, mark }) => seen[name] !== mark)
    .sort((one, other) => one.writtenMs - other.writtenMs || (one.name < other.name ? -1 : 1))
  const newest = fresh.at(-1)
  const whole = (one: Found) => nowMs - one.sinceMs >= settledMs
  // Lists of changes follow each other: none is read before an older one that is still being written.
  const growing = fresh.findIndex((one) => !whole(one))
  if (part) return { read: growing === -1 ? fresh : fresh.slice(0, growing), over: [] }
  if (newest === undefined || !whole(newest)) return { read: [], over: [] }
  return { read: [newest], over: fresh.slice(0, -1) }
}

/** Not what is being written under another name, nor what systems put beside. */
export const isDrop = (name: string): boolean =>
  !/^[.~]/.test(name) && /\.(?:csv|tsv|txt|mrc|marc|iso|xml)$/i.test(name)
