import type { InternetContent } from '../../../contract/menus/internet.ts'

export type Turn = {
  /** By the uptime: a clock set back makes no turn longer. */
  beganMs: number
  extended: boolean
  /** Somebody said that he is next. */
  waiting: boolean
}
export type TurnVerdict = { leftMs: number; warning: boolean; canExtend: boolean; over: boolean }

/** How long a visitor's turn still is. It can be made longer once, from the warning on, when nobody waits. */
export function decideTurn(turn: Turn, nowMs: number, rules: InternetContent['turn']): TurnVerdict {
  const wholeMs = rules.limitMs + (turn.extended ? rules.extensionMs : 0)
  const leftMs = Math.max(0, wholeMs - Math.max(0, nowMs - turn.beganMs))
  const warning = leftMs > 0 && leftMs <= rules.warnBeforeMs
  return { leftMs, warning, canExtend: warning && !turn.extended && !turn.waiting, over: leftMs === 0 }
}
