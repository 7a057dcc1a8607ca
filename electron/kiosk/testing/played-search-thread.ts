// The library's thread, opening and searching for real, that stops or fails where a test says so.
import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { openLibrarySearch } from '../library/search/library-search.ts'
import { serveSearch } from '../library/thread/serve-search.ts'
import { playedMarks } from './played-search.ts'

if (parentPort === null) throw new Error('this file is the start of a thread')
const marks = new Int32Array(z.instanceof(SharedArrayBuffer).parse(workerData))

serveSearch(parentPort, (asked) => {
  standAt(playedMarks.opening)
  const search = openLibrarySearch(asked)
  return {
    ...search,
    search(query, from, most) {
      act(query.text)
      return search.search(query, from, most)
    },
  }
})

function standAt({ reached, held }: { reached: number; held: number }): void {
  Atomics.add(marks, reached, 1)
  Atomics.wait(marks, held, 1)
}

function act(text: string): void {
  if (text === 'held') standAt(playedMarks.searching)
  if (text === 'exits') process.exit(3)
  if (text === 'throws') throw new TypeError(`the visitor typed ${text}`)
  if (text === 'never ends') for (;;);
  if (text === 'takes all memory')
    for (const held: unknown[] = []; ; ) held.push(Array.from({ length: 10_000 }, Math.random))
}
