/** While an import writes, nobody else can: the counts of the kiosks wait for it. */
const writeMs = 12
/** On a disk that takes long to be sure of anything, smaller ones would only be more of them. */
const fewest = 4
const most = 40
export const firstLump = fewest

/** How many statements go into the next transaction, after one of `done` that took so long. */
export function decideLump(done: number, ms: number): number {
  const fitting = Math.floor((done * writeMs) / Math.max(0.1, ms))
  // A quick one may have been luck: twice as many, and not at once all that would fit.
  return Math.max(fewest, Math.min(most, fitting, done * 2))
}
