import { useEffect, useMemo, useState } from 'react'
import type { LibraryStatus, TitleStatus } from '../../../contract/menus/library.ts'
import type { LibraryCalls } from './library-calls.ts'
import { useAnswer } from './use-answer.ts'

/** Whoever types does not wait for loans, and the library's system is not asked for every key. */
const settleMs = 400
const againMs = 60_000

export type ShownStatus = { asOfMs: number | null; of(id: string): TitleStatus | null } | null

/** Of what is on screen; null until somebody has answered. */
export function useStatus(ids: readonly string[], calls: LibraryCalls): ShownStatus {
  const wanted = ids.join('\n')
  const [settled, setSettled] = useState({ ids: '', round: 0 })
  useEffect(() => {
    const settle = setTimeout(() => setSettled({ ids: wanted, round: 0 }), settleMs)
    return () => clearTimeout(settle)
  }, [wanted])
  useEffect(() => {
    const again = setInterval(() => setSettled(({ ids, round }) => ({ ids, round: round + 1 })), againMs)
    return () => clearInterval(again)
  }, [])
  const { answer } = useAnswer<LibraryStatus>(settled.ids === '' ? null : `${settled.round}:${settled.ids}`, () =>
    calls.status(settled.ids.split('\n')),
  )
  return useMemo(
    () => answer && { asOfMs: answer.asOfMs, of: (id) => answer.titles.find((one) => one.id === id) ?? null },
    [answer],
  )
}
