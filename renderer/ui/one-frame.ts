/**
 * A frame costs a slow machine more than what is in it. What a key changes by itself (its look, the letter in the field) waits a moment for the
 * answer that it asked for, and both are drawn at once; where no answer comes in time, it is drawn without.
 */
const patienceMs = 16

let waiting: (() => void)[] = []
let patience: ReturnType<typeof setTimeout> | undefined

/** Somebody has just asked; `answerCame` is called when it is there. */
export function expectAnswer(): void {
  patience ??= setTimeout(answerCame, patienceMs)
}

/** Draws at once where nobody waits for an answer. */
export function drawWithAnswer(draw: () => void): void {
  if (patience === undefined) draw()
  else waiting.push(draw)
}

export function answerCame(): void {
  clearTimeout(patience)
  patience = undefined
  const drawn = waiting
  waiting = []
  for (const draw of drawn) draw()
}
