import type { Worker } from 'node:worker_threads'
import { startSearchWorker } from '../library/thread/search-worker.ts'

/** Where the thread stands still while it is held (1), and how often it came there. */
export const playedMarks = { opening: { reached: 0, held: 1 }, searching: { reached: 2, held: 3 } }
type Place = keyof typeof playedMarks

const entry = new URL('played-search-thread.ts', import.meta.url)

/** The library's thread in the hands of a test. A search for `held`, `exits`, `throws`, `never ends` or `takes all memory` does so. */
export function playedSearch() {
  const marks = new Int32Array(new SharedArrayBuffer(16))
  const workers: Worker[] = []
  return {
    workers,
    startWorker(): Worker {
      const worker = startSearchWorker(entry, marks.buffer)
      workers.push(worker)
      return worker
    },
    hold: (place: Place) => void Atomics.store(marks, playedMarks[place].held, 1),
    release(place: Place): void {
      Atomics.store(marks, playedMarks[place].held, 0)
      Atomics.notify(marks, playedMarks[place].held)
    },
    /** How often a thread came to the place. */
    reached: (place: Place) => Atomics.load(marks, playedMarks[place].reached),
  }
}
export type PlayedSearch = ReturnType<typeof playedSearch>
