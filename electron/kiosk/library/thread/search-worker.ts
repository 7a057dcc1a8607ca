import { Worker } from 'node:worker_threads'

/**
 * A catalogue's tables lie outside the heap. On it are a question's words, its page of titles and, at the opening, the day's changes: 10 MB at
 * 200,000 titles. With so much more than a million titles need, a search that gets out of hand ends its thread, and the kiosk process stays
 * below the size at which its host would begin it anew (decide-memory). What is young is kept small because Node, once the limit is reached,
 * leaves 16 MB for the collection that is under way: what survives one must fit, or it is the whole process that ends.
 */
const resourceLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 8 }

/** Beside this file, as a source or as it is bundled. */
const entry = new URL(import.meta.url.endsWith('.ts') ? 'library-worker.ts' : 'library-worker.mjs', import.meta.url)

export function startSearchWorker(of: URL = entry, workerData: unknown = null): Worker {
  return new Worker(of, { name: 'library', resourceLimits, workerData })
}
