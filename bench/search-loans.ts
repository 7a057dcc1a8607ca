import { libraryFilterSchema } from '../contract/menus/library.ts'
import { type LibrarySearch, openLibrarySearch } from '../electron/kiosk/library/search/library-search.ts'
import { outAtOnce } from '../electron/kiosk/library/thread/search-thread.ts'
import { quantile } from './search-quantile.ts'

const loans = 100_000
const unfiltered = libraryFilterSchema.parse({})
const filter = libraryFilterSchema.parse({ onlyIn: true })

/**
 * A list of all that is out, as the thread takes it in: what its parts keep a question waiting for (`cpuMs`: without what the machine did
 * beside), all parts together as they once were one, and the first question by the new list.
 */
export function measureLoans(file: string, titles: number) {
  const search = openLibrarySearch({ files: [file], covers: {} })
  // Somebody asked before, or nobody would wait for this list: what is measured is the list and not the waking up of the code.
  search.search({ text: '', filter: unfiltered, order: 'best' }, 0, 20)
  // All over the catalogue.
  const ids = Array.from({ length: loans }, (_, at) => `t${(at * 7_919) % titles}`)
  const anyOrder = measureList(search, ids)
  const inOrder = measureList(search, ids.toSorted())
  search.close()
  return {
    /** In no order, which a hub of another making may say. */
    anyOrder,
    /** By id, as ours says them. */
    inOrder,
  }
}

function measureList(search: LibrarySearch, ids: readonly string[]) {
  const parts: { ms: number; cpuMs: number }[] = []
  for (let from = 0; from < loans; from += outAtOnce) {
    const ends = from + outAtOnce >= loans
    parts.push(timed(() => search.takeOut({ ids: ids.slice(from, from + outAtOnce), begins: from === 0, ends })))
  }
  const after = timed(() => search.search({ text: '', filter, order: 'best' }, 0, 20))
  const p99 = (of: readonly number[]) => quantile(of, 0.99)
  return {
    p99Ms: p99(parts.map(({ ms }) => ms)),
    p99CpuMs: p99(parts.map(({ cpuMs }) => cpuMs)),
    wholeMs: parts.reduce((sum, { ms }) => sum + ms, 0),
    wholeCpuMs: parts.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    afterMs: after.ms,
  }
}

function timed(act: () => unknown): { ms: number; cpuMs: number } {
  const cpu = process.cpuUsage()
  const began = performance.now()
  act()
  const ms = performance.now() - began
  const { user, system } = process.cpuUsage(cpu)
  return { ms, cpuMs: (user + system) / 1_000 }
}
