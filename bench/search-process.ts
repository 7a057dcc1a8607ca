// A process that only searches, so that its memory is that of the search: files as arguments, queries as JSON on stdin, times and answers as JSON on stdout.
import { readFileSync } from 'node:fs'
import { libraryFilterSchema } from '../contract/menus/library.ts'
import { openLibrarySearch } from '../electron/kiosk/library/search/library-search.ts'

export type SearchTimes = {
  openMs: number
  answers: { ms: number; cpuMs: number; total: number; first: string[] }[]
  suggestions: { ms: number; cpuMs: number }[]
  residentBytes: number
}

const mostSuggestions = 150
const texts = JSON.parse(readFileSync(0, 'utf8')) as string[]
const started = performance.now()
const search = openLibrarySearch({ files: process.argv.slice(2), covers: {} })
const openMs = performance.now() - started
const filter = libraryFilterSchema.parse({})
// The code itself warms up on texts that are in no query.
for (let at = 0; at < 300; at += 1) {
  search.search({ text: `${String.fromCharCode(0x4e00 + at * 7)}か`, filter, order: 'best' }, 0, 20)
  search.search({ text: '', filter, order: 'best' }, at * 20, 20)
}
const answers = texts.map((text) => {
  const { ms, cpuMs, result } = timed(() => search.search({ text, filter, order: 'best' }, 0, 20))
  return { ms, cpuMs, total: result.total, first: result.titles.map(({ id }) => id) }
})
// Of every class of queries some: what is short has many likenesses, what is long is looked up often.
const step = Math.max(1, Math.floor(texts.length / mostSuggestions))
const suggestions = texts.flatMap((text, at) => (at % step === 0 ? [timed(() => search.suggest(text))] : []))
const times: SearchTimes = { openMs, answers, suggestions, residentBytes: process.memoryUsage().rss }
process.stdout.write(JSON.stringify(times))

function timed<Result>(act: () => Result): { ms: number; cpuMs: number; result: Result } {
  const cpu = process.cpuUsage()
  const began = performance.now()
  const result = act()
  const ms = performance.now() - began
  const used = process.cpuUsage(cpu)
  return { ms, cpuMs: (used.user + used.system) / 1_000, result }
}
