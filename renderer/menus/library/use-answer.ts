import { useEffect, useRef, useState } from 'react'
import { createNewestAnswer } from './newest-answer.ts'

export type Asked<T> = { answer: T | null /** Of which question. */; key: string | null; failed: boolean }
/** While the kiosk process is being started again. */
export const againMs = 1_500

/** Asks whenever `key` changes; what was answered last stays until the next answer. `ask` null: nothing to ask. */
export function useAnswer<T>(key: string | null, ask: () => Promise<T>): Asked<T> {
  const [asked, setAsked] = useState<Asked<T>>({ answer: null, key: null, failed: false })
  const [round, setRound] = useState(0)
  const newest = useRef<ReturnType<typeof createNewestAnswer>>(null)
  const latest = useRef(ask)
  latest.current = ask
  useEffect(() => {
    newest.current = createNewestAnswer()
    return () => newest.current?.end()
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a round is the same question again
  useEffect(() => {
    if (key === null) return
    void newest.current?.take(
      // As it is now: when its turn comes, another may be on the screen.
      latest.current,
      (answer) => setAsked({ answer, key, failed: false }),
      () => setAsked((before) => ({ ...before, failed: true })),
    )
  }, [key, round])
  useEffect(() => {
    if (!asked.failed) return
    const again = setTimeout(() => setRound((before) => before + 1), againMs)
    return () => clearTimeout(again)
  }, [asked])
  return asked
}
