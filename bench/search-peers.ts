// Other libraries over the same catalogue, each in a process of its own with a limit of memory and of time.
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Figure } from './run.ts'
import type { PeerTimes } from './search-peer.ts'
import { type PeerName, peerNames } from './search-peer-engines.ts'
import { quantile } from './search-quantile.ts'
import type { DrawnQuery } from './search-queries.ts'

const queriesPerClass = 5
const classes = 15
const heapMb = 4_096
const limitMs = 300_000

export type EmitFigure = (name: string, value: number, unit: string, target?: number, more?: Partial<Figure>) => void
type Measured = PeerTimes | { cannot: string }
/** What was measured of each at a smaller size. */
export type Smaller = Map<PeerName, { titles: number; measured: Measured }>

type Input = {
  figure: EmitFigure
  dir: string
  titles: number
  seed: number
  queries: readonly DrawnQuery[]
  /** Of each query how many titles it finds. */
  exact: readonly number[]
  smaller: Smaller
}

export function measurePeers({ figure, dir, titles, seed, queries, exact, smaller }: Input): void {
  const step = Math.ceil(queries.length / (classes * queriesPerClass))
  const asked = queries.flatMap(({ text }, at) => (at % step === 0 ? [{ text, total: exact[at] }] : []))
  for (const name of peerNames) {
    const times = isHopeless(smaller.get(name), titles)
      ? { cannot: 'not tried: too slow or too large with fewer titles already' }
      : timesOf(name, join(dir, 'peer.sqlite'), titles, seed, asked)
    smaller.set(name, { titles, measured: times })
    if ('cannot' in times) {
      figure(`${name}: no figures`, 0, 'queries', undefined, { why: times.cannot, heapMb, seconds: limitMs / 1_000 })
      continue
    }
    const ms = times.answers.map((answer) => answer.ms)
    figure(`${name}, count only, p99`, quantile(ms, 0.99), 'ms', undefined, {
      p50: Number(quantile(ms, 0.5).toFixed(2)),
      cpuP99: Number(
        quantile(
          times.answers.map(({ cpuMs }) => cpuMs),
          0.99,
        ).toFixed(2),
      ),
      max: Number(quantile(ms, 1).toFixed(2)),
      queries: ms.length,
      countsUnlikeTheExact: asked.filter(({ total }, at) => times.answers[at]?.total !== total).length,
      buildMs: Math.round(times.buildMs),
      residentMb: Math.round(times.residentBytes / 1e6),
    })
  }
}

/** What took a part of the limit for a part of the titles would take more than all of it. */
function isHopeless(before: { titles: number; measured: Measured } | undefined, titles: number): boolean {
  if (before === undefined) return false
  return 'cannot' in before.measured || (before.measured.buildMs * titles) / before.titles > limitMs
}

function timesOf(
  name: PeerName,
  file: string,
  titles: number,
  seed: number,
  asked: readonly { text: string }[],
): Measured {
  console.error(`asking ${name} …`)
  const ended = spawnSync(
    process.execPath,
    [`--max-old-space-size=${heapMb}`, join(import.meta.dirname, 'search-peer.ts'), name, `${titles}`, `${seed}`, file],
    {
      input: JSON.stringify(asked.map(({ text }) => text)),
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      timeout: limitMs,
      killSignal: 'SIGKILL',
    },
  )
  rmSync(file, { force: true })
  if (ended.status === 0) return JSON.parse(ended.stdout) as PeerTimes
  if (ended.signal === 'SIGKILL') return { cannot: 'it took too long' }
  // Node ends itself so when the heap is full; anything else is a mistake of ours.
  if (ended.signal === 'SIGABRT') return { cannot: 'it took too much memory' }
  throw new Error(`${name}: ${ended.stderr}`)
}
