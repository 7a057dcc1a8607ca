type Kind = 'damage' | 'death'

/** What went wrong with a set of search files, until it has served well for a while. Times are uptime. */
export type Trouble = { told: readonly Kind[]; sinceMs: number; deaths: number; untilMs: number }

/** After each death in a row; the last one for all that follow. */
const deathWaitsMs = [200, 1_000, 5_000, 30_000]
const longestWaitMs = 300_000
/** Meanwhile the release may have fetched the file anew. */
const damageWaitMs = 30_000
const goodServiceMs = 300_000

/** Not opened again before `untilMs`. `tell`: this is news; the same again and again is not. */
export function decideTrouble(before: Trouble | null, kind: Kind, nowMs: number): { trouble: Trouble; tell: boolean } {
  const deaths = (before?.deaths ?? 0) + (kind === 'death' ? 1 : 0)
  const waitMs = kind === 'damage' ? damageWaitMs : (deathWaitsMs[deaths - 1] ?? longestWaitMs)
  const told = before?.told ?? []
  const tell = !told.includes(kind)
  const trouble = {
    told: tell ? [...told, kind] : told,
    sinceMs: before?.sinceMs ?? nowMs,
    deaths,
    untilMs: nowMs + waitMs,
  }
  return { trouble, tell }
}

/** Whether a trouble is over: it has answered for so long that the next one is another. */
export const servesWell = (readySinceMs: number, nowMs: number): boolean => nowMs - readySinceMs >= goodServiceMs
