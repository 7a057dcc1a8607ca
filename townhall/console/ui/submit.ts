import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { meQuery, sessionQuery } from '../api/queries.ts'
import { isSignedOut } from '../api/words.ts'

/** One form sent once at a time, with its failure kept beside it. */
export function useSubmit(act: () => Promise<void>) {
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  async function submit(event?: FormEvent) {
    event?.preventDefault()
    if (busy) return
    setBusy(true)
    setError(null)
    try {
      await act()
    } catch (failure) {
      const wasHere = queries.getQueryData(meQuery.queryKey) !== undefined
      // The sign-in over the page says it; the form is as it was.
      if (wasHere && isSignedOut(failure)) queries.setQueryData(sessionQuery.queryKey, 'over')
      else setError(failure)
    } finally {
      setBusy(false)
    }
  }
  return { busy, error, setError, submit: (event?: FormEvent) => void submit(event) }
}
