/** One screen asks some five things at once: titles, numbers for the filters, suggestions, a title, its loans. */
const mostWaiting = 8

/** Which of those who wait for an answer (the oldest first) still get one: not who has gone, and of too many the newest. */
export function decideWaiting<Asker>(waiting: readonly Asker[], isGone: (asker: Asker) => boolean) {
  const there = waiting.filter((asker) => !isGone(asker))
  const kept = there.slice(-mostWaiting)
  return { kept, dropped: waiting.filter((asker) => !kept.includes(asker)) }
}
