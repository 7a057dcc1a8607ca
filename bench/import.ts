// A library's catalogue coming into the hub while kiosks send counts: how long a count waits for the database, and how long it all takes beside bare inserts.
// --titles N for fewer than a million.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import SQLite from 'better-sqlite3'
import { openDatabase } from '../townhall/database/open-database.ts'
import { numberOf } from './bench-arguments.ts'
import type { Bench } from './run.ts'
import { quantile } from './search-quantile.ts'

/** A count each so often: six kiosks in busy hands send fewer. */
const countEveryMs = 5
/** A changed title is written beside the former one, which is cleared away afterwards: that is more than twice the work. */
const targets = { longestWaitMs: 100, p99WaitMs: 50, ratio: { first: 3, same: 3, few: 3, all: 5 } }
const words = {
  first: 'the first list',
  same: 'the same list again',
  few: 'a list with one title in a hundred changed',
  all: 'a list with every title changed',
}

type Took = { ms: number; cpuMs: number }
type Said =
  | { is: 'begin'; round: keyof typeof words }
  | { is: 'end'; round: keyof typeof words; took: Took; bare: Took }

export const run: Bench = async (emit, args) => {
  const titles = numberOf(args, '--titles', 1_000_000)
  const dir = mkdtempSync(join(tmpdir(), 'bench-import-'))
  try {
    const { db } = await openDatabase({ dataDir: dir })
    await db.destroy()
    const sqlite = new SQLite(join(dir, 'hub.sqlite'))
    sqlite.pragma('synchronous = FULL')
    sqlite.pragma('busy_timeout = 600000')
    const count = sqlite.transaction((value: string) =>
      sqlite.prepare('insert or replace into settings (name, value) values (?, ?)').run('bench', value),
    )
    const child = fork(join(import.meta.dirname, 'import-process.ts'), [dir, String(titles)], {
      execArgv: [...process.execArgv, '--max-old-space-size=8000'],
    })
    let [importing, waits, over]: [boolean, number[], boolean] = [false, [], false]
    child.on('exit', () => {
      over = true
    })
    child.on('message', (said: Said) => {
      importing = said.is === 'begin'
      if (said.is === 'begin') {
        waits = []
        return
      }
      const of = `${words[said.round]}, ${titles} titles`
      const { took, bare } = said
      const ratio = took.ms / bare.ms
      emit({
        ...{ name: `${of}: time`, value: Math.round(took.ms), unit: 'ms', cpuMs: Math.round(took.cpuMs) },
        ...{ ratioTo: 'bare inserts of these rows in one transaction', ratio: Number(ratio.toFixed(2)) },
        ...{ bareMs: Math.round(bare.ms), bareCpuMs: Math.round(bare.cpuMs) },
        ...{ cpuRatio: Number((took.cpuMs / bare.cpuMs).toFixed(2)) },
        ...{ target: targets.ratio[said.round], met: ratio <= targets.ratio[said.round] },
      })
      const longest = Math.max(0, ...waits)
      const p99 = quantile(waits, 0.99)
      emit({
        ...{ name: `${of}: longest wait of a count`, value: Number(longest.toFixed(1)), unit: 'ms' },
        ...{ counts: waits.length, target: targets.longestWaitMs, met: longest <= targets.longestWaitMs },
      })
      emit({
        ...{ name: `${of}: wait of a count, p99`, value: Number(p99.toFixed(1)), unit: 'ms' },
        ...{ target: targets.p99WaitMs, met: p99 <= targets.p99WaitMs },
      })
      child.send('go on')
    })
    const ended = once(child, 'exit')
    for (let at = 0; !over; at += 1) {
      await setTimeout(countEveryMs)
      if (!importing) continue
      const began = performance.now()
      count.immediate(String(at))
      waits.push(performance.now() - began)
    }
    await ended
    sqlite.close()
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
