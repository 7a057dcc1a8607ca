import { it } from 'vitest'
import { type BreakoutId, breakouts } from './rows.ts'

/** A test of one row; its id is in the name, so that whoever reads the report finds the row. A row may have several tests. */
export function breakout(id: BreakoutId, how: string, test: () => void | Promise<void>, timeoutMs?: number): void {
  it(`${id} ${breakouts[id].attempt}: ${how}`, test, timeoutMs)
}
