import { type FormEvent, useState } from 'react'

/** One form sent once at a time, with its failure kept beside it. */
export function useSubmit(act: () => Promise<void>) {
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
      setError(failure)
    } finally {
      setBusy(false)
    }
  }
  return { busy, error, setError, submit: (event?: FormEvent) => void submit(event) }
}
