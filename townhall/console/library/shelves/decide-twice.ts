/** Which corner was touched last, and when. */
export type Touched = { at: number; ms: number }
export const untouched: Touched = { at: -1, ms: Number.NEGATIVE_INFINITY }

/** Two touches of a corner within it take it away. */
const twiceMs = 500

/** A third touch begins anew: nobody who taps too often loses a second corner. */
export function decideTwice(last: Touched, at: number, ms: number): { twice: boolean; touched: Touched } {
  const twice = last.at === at && ms - last.ms < twiceMs
  return { twice, touched: twice ? untouched : { at, ms } }
}
