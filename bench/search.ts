// The search over the library's catalogue (PERFORMANCE.md 1): times, exactness and memory at 100,000 and a million titles, beside other libraries in the same run.
// --full: 5,000 queries against the scan, and 3 million titles. --exact: only those 5,000 at a million, no times.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LibraryRecord } from '../contract/library/record.ts'
import { openLibrarySearch } from '../electron/kiosk/library/search/library-search.ts'
import { buildSegment } from '../townhall/library/segment/build-segment.ts'
import type { Bench, Figure } from './run.ts'
import { madeRecords } from './search-catalogue.ts'
import { measureLoans } from './search-loans.ts'
import { type EmitFigure, measurePeers, type Smaller } from './search-peers.ts'
import type { SearchTimes } from './search-process.ts'
import { quantile } from './search-quantile.ts'
import { type DrawnQuery, drawQueries } from './search-queries.ts'
import { openScan } from './search-scan.ts'

const seed = 20
const queriesPerClass = 40
/** There are not so many single kana, nor kanji: of all classes together 5,000 and more. */
const queriesPerClassInFull = 370
const mostShown = 20
/** At a million titles one query in so many is compared with the scan, all with --full. */
const scanEvery = 4
const million = 1_000_000
const targets = { warmMs: 10, coldMs: 50, loansMs: 10, residentMb: 300, deltaMs: 1_000, buildMs: 180_000 }

export const run: Bench = async (emit, args) => {
  const exactOnly = args.includes('--exact')
  const full = exactOnly || args.includes('--full')
  const dir = mkdtempSync(join(tmpdir(), 'bench-search-'))
  const smaller: Smaller = new Map()
  try {
    for (const titles of exactOnly ? [million] : [million / 10, million, ...(full ? [3 * million] : [])]) {
      const size = titles < million ? `${titles / 1000} k titles` : `${titles / million} M titles`
      // Up to a million the target holds, three million may take twice as much.
      const allowance = titles > million ? 2 : 1
      const figure = (name: string, value: number, unit: string, target?: number, more: Partial<Figure> = {}) =>
        emit({
          name: `${name}, ${size}`,
          value: Number(value.toFixed(2)),
          unit,
          ...(target !== undefined && { target: target * allowance, met: value <= target * allowance }),
          ...more,
        })
      const file = join(dir, `${titles}.base`)
      console.error(`building ${size} …`)
      const started = performance.now()
      const { sizeBytes } = await buildSegment({ records: madeRecords(titles, seed), gone: [], file })
      figure('build', performance.now() - started, 'ms', titles === million ? targets.buildMs : undefined)
      figure('size of the file', sizeBytes / 2 ** 20, 'MiB')

      const queries = drawQueries(
        sampleOf(titles),
        full && titles === million ? queriesPerClassInFull : queriesPerClass,
        seed,
      )
      const texts = queries.map(({ text }) => text)
      if (!exactOnly) measureFirstTouch(figure, file, sizeBytes, queries)
      const warm = timesOf([file], texts)
      if (!exactOnly) {
        report(figure, 'first execution, warm', queries, warm, targets.warmMs)
        const suggested = (of: (one: SearchTimes['suggestions'][number]) => number) =>
          quantile(warm.suggestions.map(of), 0.99)
        figure(
          'suggestion p99',
          suggested(({ ms }) => ms),
          'ms',
          30,
          {
            cpuP99: Number(suggested(({ cpuMs }) => cpuMs).toFixed(2)),
            suggestions: warm.suggestions.length,
          },
        )
        figure('resident memory of a process that searches', warm.residentBytes / 1e6, 'MB', targets.residentMb)
        figure('open', warm.openMs, 'ms')
        figure('load of the machine, last minute', loadavg()[0] ?? 0, 'processes')
        for (const [order, loans] of Object.entries(measureLoans(file, titles))) {
          const of = `100,000 loans ${order === 'inOrder' ? 'by id' : 'in no order'}`
          figure(`${of}: a part keeps a question waiting, p99`, loans.p99Ms, 'ms', targets.loansMs, {
            ...{ cpuP99: Number(loans.p99CpuMs.toFixed(2)), allTogetherMs: Math.round(loans.wholeMs) },
          })
          figure(`${of}: the first question after`, loans.afterMs, 'ms', targets.loansMs)
        }
        await measureDelta(figure, dir, file, titles)
      }

      if (titles > million) continue
      console.error('comparing with the scan …')
      const scan = openScan(madeRecords(titles, seed), mostShown)
      let wrong = 0
      const scanMs: number[] = []
      const step = full || titles < million ? 1 : scanEvery
      for (const [at, text] of texts.entries()) {
        if (at % step !== 0) continue
        const began = performance.now()
        const expected = scan.search(text)
        scanMs.push(performance.now() - began)
        const answer = warm.answers[at]
        if (answer?.total !== expected.total || answer.first.join() !== expected.first.join()) {
          wrong += 1
          console.error(`unlike the scan: ${text} ${answer?.total} ${expected.total}`)
        }
      }
      figure(`answers unlike the scan (count or first 20) of ${scanMs.length}`, wrong, 'answers', 0)
      figure('scan p50', quantile(scanMs, 0.5), 'ms')
      const exact = warm.answers.map(({ total }) => total)
      if (!exactOnly) measurePeers({ figure, dir, titles, seed, queries, exact, smaller })
    }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

function measureFirstTouch(figure: EmitFigure, file: string, sizeBytes: number, queries: DrawnQuery[]): void {
  spawnSync('sync')
  const dropped = dropCaches(sizeBytes)
  if (!dropped)
    console.error(
      'the caches of the machine cannot be dropped here: the first touch is measured with the file in memory',
    )
  const cold = timesOf(
    [file],
    queries.map(({ text }) => text),
  )
  report(figure, dropped ? 'first touch' : 'first execution (caches not dropped)', queries, cold, targets.coldMs)
}

function report(
  figure: EmitFigure,
  name: string,
  queries: DrawnQuery[],
  { answers }: SearchTimes,
  targetMs: number,
): void {
  const ms = answers.map((answer) => answer.ms)
  const cpuMs = answers.map((answer) => answer.cpuMs)
  const worst = [...queries.entries()].sort(([one], [other]) => (ms[other] ?? 0) - (ms[one] ?? 0))[0]?.[1]
  figure(`${name} p99`, quantile(ms, 0.99), 'ms', targetMs, {
    p50: Number(quantile(ms, 0.5).toFixed(2)),
    p95: Number(quantile(ms, 0.95).toFixed(2)),
    max: Number(quantile(ms, 1).toFixed(2)),
    cpuP99: Number(quantile(cpuMs, 0.99).toFixed(2)),
    slowest: worst?.kind,
    queries: queries.length,
  })
}

function timesOf(files: readonly string[], texts: readonly string[]): SearchTimes {
  const ended = spawnSync(process.execPath, [join(import.meta.dirname, 'search-process.ts'), ...files], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  if (ended.status !== 0) throw new Error(`the searching process: ${ended.stderr}`)
  return JSON.parse(ended.stdout) as SearchTimes
}

async function measureDelta(figure: EmitFigure, dir: string, base: string, titles: number): Promise<void> {
  const delta = join(dir, `${titles}.delta`)
  await buildSegment({ records: madeRecords(1_000, seed + 1, titles - 500), gone: ['t1', 't2'], file: delta })
  openLibrarySearch({ files: [base], covers: {} }).close()
  const cpu = process.cpuUsage()
  const started = performance.now()
  const search = openLibrarySearch({ files: [base, delta], covers: {} })
  const ms = performance.now() - started
  const used = process.cpuUsage(cpu)
  figure('base with a delta of 1,000 open', ms, 'ms', targets.deltaMs, {
    cpuMs: Math.round((used.user + used.system) / 1_000),
    titlesNow: search.titles,
    deltaBytes: statSync(delta).size,
  })
  search.close()
}

function* samplesOf(titles: number): Generator<LibraryRecord> {
  let at = 0
  for (const record of madeRecords(titles, seed)) {
    at += 1
    if (at % Math.ceil(titles / 20_000) === 0) yield record
  }
}
const sampleOf = (titles: number): LibraryRecord[] => [...samplesOf(titles)]

/** Only a machine of one's own lets go of what it has read; whether it did is seen by the memory it holds files in. */
function dropCaches(fileBytes: number): boolean {
  try {
    const before = cachedBytes()
    writeFileSync('/proc/sys/vm/drop_caches', '3')
    return cachedBytes() < before - fileBytes / 2
  } catch {
    return false
  }
}

function cachedBytes(): number {
  return Number(/^Cached:\s+(\d+) kB/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1] ?? 0) * 1024
}
