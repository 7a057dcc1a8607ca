/**
 * One question at a time: what is asked before it is answered waits, and of all that wait only the newest is asked. However fast somebody types,
 * nothing is searched that nobody wants to see any more.
 */
export function createNewestAnswer() {
  let running = false
  let next: (() => Promise<void>) | null = null
  let ended = false

  async function askAll(first: () => Promise<void>): Promise<void> {
    running = true
    try {
      for (let now: (() => Promise<void>) | null = first; now !== null && !ended; now = next) {
        next = null
        await now()
      }
    } finally {
      running = false
    }
  }

  return {
    async take<T>(ask: () => Promise<T>, onAnswer: (answer: T) => void, onFail: () => void): Promise<void> {
      async function question(): Promise<void> {
        try {
          const answer = await ask()
          if (!ended) onAnswer(answer)
        } catch {
          // Only the last question still waits for words; an earlier one has been taken over.
          if (!ended && next === null) onFail()
        }
      }
      if (running) next = question
      else await askAll(question)
    },
    /** Nobody looks any more. */
    end() {
      ended = true
    },
  }
}
