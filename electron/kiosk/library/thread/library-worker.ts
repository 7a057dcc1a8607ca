// The thread in which the library's catalogue is searched; search-worker.ts starts it.
import { parentPort } from 'node:worker_threads'
import { serveSearch } from './serve-search.ts'

if (parentPort === null) throw new Error('this file is the start of a thread')
serveSearch(parentPort)
