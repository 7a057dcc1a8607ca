import { useEffect, useRef, useState } from 'react'

export type Work<T> = { kind: 'idle' } | { kind: 'under-way'; seconds: number } | { kind: 'done'; result: T }

/** One piece of work at a time, with the seconds it has taken so far; what comes after the screen went away is dropped. */
export function useWork<T>(): [Work<T>, (work: () => Promise<T>) => void] {
  const [state, setState] = useState<Work<T>>({ kind: 'idle' })
  const there = useRef(true)
  useEffect(() => {
    there.current = true
    return () => {
      there.current = false
    }
  }, [])
  const underWay = state.kind === 'under-way'
  useEffect(() => {
    if (!underWay) return
    const timer = setInterval(
      () => setState((before) => (before.kind === 'under-way' ? { ...before, seconds: before.seconds + 1 } : before)),
      1_000,
    )
    return () => clearInterval(timer)
  }, [underWay])
  const begin = (work: () => Promise<T>) => {
    if (underWay) return
    setState({ kind: 'under-way', seconds: 0 })
    void work().then((result) => {
      if (there.current) setState({ kind: 'done', result })
    })
  }
  return [state, begin]
}
